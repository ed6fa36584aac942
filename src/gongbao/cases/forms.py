"""Forms for moves, made from the fields that the table of the process lists."""

from typing import Any

from django import forms

from gongbao.cases.rules.process import Field, Move, Process
from gongbao.cases.selectors import organisations_for
from gongbao.kernel.text import Text
from gongbao.web.forms import Form
from gongbao.web.words import said

FILE = Text("附件", "File")
KINDS = Text("PDF、图片、Word、Excel 或文本,不超过 20 MB", "PDF, picture, Word, Excel or text, 20 MB at most")


class MoveForm(Form):
    """version: of the track, as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, process: Process, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in (*move.takes, *move.may):
            self.fields[code] = _field(process, process.field(code), required=code in move.takes)
        self.fields["file"] = forms.FileField(label=said(FILE), help_text=said(KINDS), required=False)

    def given(self) -> dict[str, object]:
        """What was filled in, for the engine."""
        return {code: value for code, value in self.cleaned_data.items() if code not in ("version", "file")}


class CommentForm(Form):
    text = forms.CharField(
        label=Text("留言", "Comment"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=Text("本事项各方都能看到", "read by every party of the case"),
    )  # fmt: skip
    file = forms.FileField(label=FILE, help_text=KINDS, required=False)


class CalendarForm(Form):
    file = forms.FileField(
        label=Text("节假日文件(TOML)", "File of holidays (TOML)"),
        help_text=Text(
            "每个假期一行,如 [years.2027] 元旦 = { from = 2027-01-01, to = 2027-01-03 };新假期在 [names] 写英文名",
            "a line for each holiday; a new one needs an English name in [names]",
        ),
    )


def _field(process: Process, wanted: Field, *, required: bool) -> forms.Field:
    options: dict[str, Any] = {"label": said(wanted.name), "required": required}
    match wanted.kind:
        case "choice":
            choices = [(value, said(name)) for value, name in wanted.offered]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
        case "date":
            return forms.DateField(widget=forms.DateInput({"type": "date"}), **options)
        case "organisation":
            fitting = organisations_for(process.party(wanted.code))
            return forms.ChoiceField(choices=[("", "—"), *((o.code, said(o.text)) for o in fitting)], **options)
        case _:
            return forms.CharField(widget=forms.Textarea({"rows": 5}), **options)
