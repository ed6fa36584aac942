"""Forms about organisations and people."""

from datetime import date
from typing import Any

from django import forms

from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.selectors import memberships_in
from gongbao.organisations.services.clients import TOKEN_DAYS
from gongbao.organisations.tables.catalogue import roles
from gongbao.web.forms import DayInput, Form
from gongbao.web.scopes import personal_scopes, scopes
from gongbao.web.words import both, said


class InvitationForm(Form):
    name = forms.CharField(label=both("姓名", "Name"), max_length=60)
    email = forms.EmailField(
        label=both("电子邮箱", "E-mail"),
        help_text=both("邀请链接将发到这个邮箱", "The link goes to this address"),
    )
    role = forms.ChoiceField(label=both("角色", "Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [role for role in roles().values() if role.fits(organisation.kind)]
        choices = [(role.code, f"{said(role.name)} — {said(role.does)}") for role in fitting]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class LastDayForm(Form):
    last_day = forms.DateField(
        label=both("最后一天", "Last day"),
        help_text=both("当天仍有权限,次日起没有", "The role still holds on that day, and no longer from the next"),
        widget=DayInput,
    )
    leaves = forms.BooleanField(
        label=both("此人离开本单位", "The person leaves the organisation"),
        help_text=both(
            "勾选后,此人在本单位的全部角色和代理同时结束",
            "If ticked, all roles of the person here, and standing in for others, end on that day",
        ),
        required=False,
    )


class DeputyForm(Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=both("代理人", "Deputy"))
    first_day = forms.DateField(label=both("第一天", "First day"), widget=DayInput)
    last_day = forms.DateField(label=both("最后一天", "Last day"), widget=DayInput)

    def __init__(self, *args: Any, membership: Membership, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = memberships_in(membership.organisation, on).exclude(person=membership.person)
        people = Person.objects.filter(pk__in=colleagues.values("person"), is_active=True)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class JoinForm(Form):
    username = forms.CharField(
        label=both("登录名", "Login name"),
        help_text=both("2 至 60 个字母、数字、. _ -", "2 to 60 letters, digits, . _ -"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=both("密码", "Password"),
        help_text=both("至少 12 个字符,不要用常见密码", "At least 12 characters, and not a common one"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


class ClientForm(Form):
    name = forms.CharField(label=both("系统名称", "Name of the system"), max_length=100)
    organisation = forms.CharField(
        label=both("所属单位代码", "Code of its organisation"),
        help_text=both("系统以这个单位的名义提供或读取数据", "It brings and takes data on behalf of this organisation"),
        max_length=32,
    )
    scope = forms.MultipleChoiceField(label=both("权限范围", "Scopes"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, f"{code} — {said(text)}") for code, text in sorted(scopes().items())]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]


class NameForm(Form):
    name = forms.CharField(label=both("姓名", "Name"), max_length=60)


class EmailForm(Form):
    email = forms.EmailField(
        label=both("新的电子邮箱", "New e-mail address"),
        help_text=both("确认链接将发到这个邮箱", "A link to confirm it goes to this address"),
    )


class ReasonForm(Form):
    because = forms.CharField(label=both("理由", "Reason"), widget=forms.Textarea({"rows": 2}), max_length=300)


class TokenForm(Form):
    name = forms.CharField(
        label=both("用途", "What for"), help_text=both("如:导出待办事项的脚本", "such as: script that lists my cases")
    )
    organisation = forms.ChoiceField(label=both("以哪个单位的身份", "As somebody of"), widget=forms.RadioSelect)
    scope = forms.MultipleChoiceField(label=both("可以做什么", "What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label=both("有效天数", "Days that it is valid"), min_value=1, max_value=TOKEN_DAYS, initial=30
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = [(one.code, said(one.text)) for one in organisations]
        may = [(code, f"{code} — {said(text)}") for code, text in sorted(personal_scopes().items())]
        self.fields["organisation"].choices = where  # type: ignore[attr-defined]
        self.fields["scope"].choices = may  # type: ignore[attr-defined]
