"""Forms about dossiers."""

from typing import Any

from django import forms

from gongbao.web.forms import Form
from gongbao.web.words import both


class EraseForm(Form):
    """Which of the values of an entry go, and why."""

    going = forms.MultipleChoiceField(label=both("删除哪些", "What goes"), widget=forms.CheckboxSelectMultiple)
    because = forms.CharField(
        label=both("理由", "Reason"),
        help_text=both(
            "永久留在档案中,请勿写入姓名等个人信息;如:本人申请、保存期满",
            "stays in the dossier for good, so name nobody; such as: asked for by the person, time is over",
        ),
        max_length=300,
    )

    def __init__(self, *args: Any, kept: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["going"].choices = [(field, field) for field in kept]  # type: ignore[attr-defined]
