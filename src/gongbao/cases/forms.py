"""Forms for moves, made from the fields that the table of the process lists."""

from typing import Any

from django import forms

from gongbao.cases.models import Step
from gongbao.cases.rules.process import Field, Move, Process
from gongbao.cases.selectors import organisations_for
from gongbao.kernel.text import Text
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said


class MoveForm(Form):
    """version: of the track, as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, process: Process, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in (*move.takes, *move.may):
            self.fields[code] = _field(process, process.field(code), required=code in move.takes)
        self.fields["file"] = _file()

    def given(self) -> dict[str, object]:
        """What was filled in, for the engine."""
        return {code: value for code, value in self.cleaned_data.items() if code not in ("version", "file")}


AUDIENCES = {
    Step.Audience.ALL: Text("本事项各方", "every party of the case"),
    Step.Audience.OFFICES: Text(
        "仅办理机关内部,企业等当事人看不到", "the offices alone; enterprises and firms do not see it"
    ),
}


class CommentForm(Form):
    """internal: the person may also speak to the offices alone."""

    def __init__(self, *args: Any, internal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = Text("本事项各方都能看到", "read by every party of the case")
        self.fields["text"] = forms.CharField(
            label=said(Text("留言", "Comment")),
            help_text="" if internal else said(everybody),
            widget=forms.Textarea({"rows": 3}),
            required=False,
        )
        self.fields["file"] = _file()
        if internal:
            self.fields["audience"] = forms.ChoiceField(
                label=said(Text("谁能看到", "Who reads it")),
                choices=[(code.value, said(text)) for code, text in AUDIENCES.items()],
                widget=forms.RadioSelect,
                initial=Step.Audience.ALL,
                required=False,
            )

    @property
    def audience(self) -> str:
        return str(self.cleaned_data.get("audience") or Step.Audience.ALL)


class CalendarForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form = '每个假期一行,如 [years.2027] "元旦" = { from = 2027-01-01, to = 2027-01-03 };新假期在 [names] 写英文名'
        form_en = "a line for each holiday; a new one needs an English name in [names]"
        self.fields["file"] = forms.FileField(
            label=said(Text("节假日文件(TOML)", "File of holidays (TOML)")), help_text=said(Text(form, form_en))
        )


def _file() -> forms.FileField:
    kinds = Text("PDF、图片、Word、Excel 或文本,不超过 20 MB", "PDF, picture, Word, Excel or text, 20 MB at most")
    return forms.FileField(label=said(Text("附件", "File")), help_text=said(kinds), required=False)


def _field(process: Process, wanted: Field, *, required: bool) -> forms.Field:
    options: dict[str, Any] = {"label": said(wanted.name), "required": required}
    match wanted.kind:
        case "choice":
            choices = [(value, said(name)) for value, name in wanted.offered]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
        case "date":
            return forms.DateField(widget=DayInput(), **options)
        case "organisation":
            fitting = organisations_for(process.party(wanted.code))
            return forms.ChoiceField(choices=[("", "—"), *((o.code, said(o.text)) for o in fitting)], **options)
        case "amount":
            note = said(Text("元,至多两位小数", "yuan, with two decimals at most"))
            return forms.CharField(widget=forms.TextInput({"inputmode": "decimal"}), help_text=note, **options)
        case _:
            return forms.CharField(widget=forms.Textarea({"rows": 5}), **options)
