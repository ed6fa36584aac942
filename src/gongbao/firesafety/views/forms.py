"""Forms of an application. Each part can be kept half filled in (`later`); what is missing is said before sending."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from gongbao.documents.forms import files_field
from gongbao.firesafety.models import Application, Offer, Place
from gongbao.firesafety.rules.check import Question
from gongbao.firesafety.selectors.drafts import districts_all
from gongbao.firesafety.selectors.visits import FORM
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.selectors import organisation_by_uscc
from gongbao.web.forms import Form
from gongbao.web.words import both, day, said

WAYS = {
    "ordinary": Text("普通方式", "the ordinary way"),
    "completion": Text("联合验收方式", "joint completion acceptance"),
}


class PartForm(Form):
    """A part of the draft. later: keep it as it is, though fields are empty."""

    def __init__(self, *args: Any, later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare()
        if later:
            for field in self.fields.values():
                field.required = False

    def prepare(self) -> None:
        """Choices that come from the database."""


class ProjectForm(PartForm):
    project = forms.CharField(label=both("建设工程名称", "Name of the construction project"), max_length=200)
    address = forms.CharField(label=both("工程地址", "Address of the project"), max_length=300)
    district = forms.ChoiceField(
        label=both("所在区", "District"),
        help_text=both("由所在区确定负责的两个部门", "it decides which two authorities are competent"),
    )
    permit = forms.CharField(label=both("施工许可证号", "Number of the building permit"), max_length=60, required=False)
    way = forms.ChoiceField(
        label=both("消防验收或备案的申请方式", "How acceptance or filing is applied for"), widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        self.fields["district"].choices = [("", "—"), *((one.code, said(one.text)) for one in districts_all())]  # type: ignore[attr-defined]
        self.fields["way"].choices = [(code, said(name)) for code, name in WAYS.items()]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        chosen = next((one for one in districts_all() if one.code == self.cleaned_data["district"]), None)
        return {**self.cleaned_data, "district": chosen, "way": self.cleaned_data["way"] or Application.Way.ORDINARY}

    @staticmethod
    def initial_of(application: Application) -> dict[str, Any]:
        names = ("project", "address", "permit", "way")
        district = application.district.code if application.district else ""
        return {**{name: getattr(application, name) for name in names}, "district": district}


class DeliveryForm(PartForm):
    delivery_address = forms.CharField(
        label=both("送达地址", "Delivery address"),
        help_text=both(
            "文书送到这里;地址不准确、拒收或变更后不告知的,退回之日视为送达",
            "papers go here; if wrong, refused or changed without notice, it counts as delivered when they come back",
        ),
        max_length=300,
    )
    delivery_to = forms.CharField(label=both("收件人和电话", "Addressee and telephone"), max_length=100)
    address_confirmed = forms.BooleanField(
        label=both("我确认以上送达地址,并知道它的法律后果", "I confirm this delivery address and know its legal effect")
    )
    electronic = forms.BooleanField(
        label=both("同意电子送达", "I consent to electronic delivery"),
        help_text=both(
            f"文书放进本账号之日即为送达;不同意的,决定后 {settings().hand_workdays} 个工作日内当面送达",
            f"a paper counts on the day it is placed here; else by hand within {settings().hand_workdays} working days",
        ),
        required=False,
    )
    agent = forms.CharField(
        label=both("代理人", "Agent"),
        help_text=both(
            "由代理人办理的填写姓名,并在材料中上传授权委托书",
            "where an agent acts: the name; the power of attorney goes with the materials",
        ),
        max_length=60,
        required=False,
    )

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(application: Application) -> dict[str, Any]:
        return {name: getattr(application, name) for name in DeliveryForm.base_fields}


class DrawForm(PartForm):
    draw_part = forms.CharField(
        label=both("您为抽取确定的数字或文字", "Your part of the draw"),
        help_text=both(
            "可以改成任意一串,提交后不能再改。它和部门事先承诺的数合在一起决定是否抽中,任何一方都不能左右",
            "write anything you like. Joined with what the authority committed to, it decides: neither steers",
        ),
        max_length=60,
    )

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(application: Application) -> dict[str, Any]:
        return {"draw_part": application.draw_part}


class PlaceForm(PartForm):
    name = forms.CharField(label=both("场所名称", "Name of the place"), max_length=200)
    kind = forms.ChoiceField(label=both("场所类型", "Kind of place"))
    address = forms.CharField(
        label=both("场所地址", "Address of the place"),
        help_text=both("写到楼层、门牌", "with floor and number"),
        max_length=300,
    )
    area = forms.IntegerField(label=both("建筑面积(平方米)", "Floor area (m²)"), min_value=1, max_value=9_999_999)
    operator = forms.CharField(label=both("经营者", "Operator"), max_length=200)
    uscc = forms.CharField(
        label=both("经营者统一社会信用代码", "Operator's unified social credit code"),
        help_text=both("填写后,经营者也能看到进度和决定", "with it the operator, too, sees how things stand"),
        max_length=18,
        required=False,
    )

    def prepare(self) -> None:
        self.fields["kind"].choices = [("", "—"), *((code, said(name)) for code, name in kinds().items())]  # type: ignore[attr-defined]

    def clean_uscc(self) -> str:
        code = str(self.cleaned_data["uscc"]).strip().upper()
        if code and organisation_by_uscc(code) is None:
            raise forms.ValidationError(
                said(Text("系统中没有这个单位;可以留空", "no such organisation here; leave it empty"))
            )
        return code

    def given(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        operator = organisation_by_uscc(given.pop("uscc"))
        return {**given, "operator_organisation": operator}

    @staticmethod
    def initial_of(place: Place, address: str) -> dict[str, Any]:
        """address: of the project, where the place has none yet."""
        operator = place.operator_organisation
        names = ("name", "kind", "area", "operator")
        held = {name: getattr(place, name) for name in names}
        return {**held, "address": place.address or address, "uscc": operator.uscc if operator else ""}


def kinds() -> dict[str, Text]:
    """The kinds of public gathering places."""
    found: Question = next(one for one in packaged_guide().questions if one.code == "kind")
    return {option.code: option.name for option in found.options if option.fits}


class SendForm(Form):
    """token: of this form, so that it is sent once. Only joint handling has something to declare."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    declared = forms.BooleanField(
        label=both(
            "我确认:场所具备投入使用、营业条件;自愿选择协同办理;两项都没有采用告知承诺方式",
            "I confirm: the place is ready to open, joint handling is chosen freely, neither matter is by commitment",
        )
    )

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scope != Application.Scope.BOTH:
            self.fields["declared"] = forms.BooleanField(required=False, widget=forms.HiddenInput)


class MaterialForm(Form):
    def __init__(self, *args: Any, label: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = files_field(label, required=True)


class SupplyForm(Form):
    """The answer to a request to complete. version: of the track, as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    supplied = forms.CharField(
        label=both("补正说明", "What you supply"),
        help_text=both("对照补正告知逐项说明", "point by point, as the request lists it"),
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = files_field(Text("补正材料", "Files"), required=False)

    def take(self, bad: BadInput) -> None:
        """What is wrong with a file stands at the field of files."""
        super().take(BadInput(replace(one, column="files") if one.column == "file" else one for one in bad.problems))


class AgreeForm(Form):
    """One of the dates that the authorities propose."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{timezone.localtime(one.at):{FORM}}", moment(one.at)) for one in offers]
        self.fields["at"] = forms.ChoiceField(
            label=said(Text("选一个时间", "Choose a date")), choices=choices, widget=forms.RadioSelect
        )


class MoveDateForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=both("新的时间", "New date"),
        help_text=both("工作日,会通知两个部门和经营者", "a working day; both authorities and the operator are told"),
        widget=forms.DateTimeInput({"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    reasons = forms.CharField(label=both("原因", "Why"), widget=forms.Textarea({"rows": 2}), max_length=500)


def moment(value: datetime) -> str:
    """A day and the time on it, in Beijing."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"
