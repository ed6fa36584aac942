"""Forms of an enterprise: declaring an item, objecting, asking to be taken in."""

from typing import Any

from django import forms

from gongbao.documents.forms import files_field
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.rating.models import RatingCycle
from gongbao.rating.rules.standard import Indicator
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.rows import spells_of
from gongbao.rating.views.phrases import COMPARED, NUMBER, REFERENCE, VALUE
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said


class WithFiles(Form):
    """A form with a token, so that it is sent once, and files. kept: how many are there already."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40)
    FILES = "proofs"

    def take(self, bad: BadInput) -> None:
        """What is wrong with a file stands at the field of files."""
        files = [problem for problem in bad.problems if problem.column == "file"]
        for problem in files:
            words = said(Text(problem.expected, problem.expected_en))
            self.add_error(self.FILES, f"{problem.table}{said(Text(':', ': '))}{words}")
        super().take(BadInput(problem for problem in bad.problems if problem not in files))

    def given(self) -> dict[str, Any]:
        """What was filled in, as it can be kept: dates as text, no files."""
        held = {name: value for name, value in self.cleaned_data.items() if name not in ("token", self.FILES)}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in held.items()}


class DeclareForm(WithFiles):
    """The fields that the standard asks for this item."""

    def __init__(
        self, *args: Any, cycle: RatingCycle, uscc: str, indicator: Indicator, kept: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        shape, standard = indicator.facts, edition_of(cycle)
        if shape is None or shape.levels:
            levels = indicator.kind.levels if shape is None else shape.levels
            self.fields["value"] = forms.ChoiceField(
                label=said(Text("档次", "Level")),
                choices=[(level, said(standard.level_name(level))) for level in levels],
                widget=forms.RadioSelect,
            )
        if shape and (shape.project or indicator.by_project):
            spells = spells_of(cycle, uscc).order_by("name")
            names = {spell.project_id: f"{spell.name}({spell.street})" for spell in spells}
            self.fields["project_id"] = forms.ChoiceField(
                label=said(Text("项目", "Project")), choices=[("", "—"), *names.items()]
            )
        if shape and shape.value:
            self.fields["value"] = _number(VALUE.get(indicator.code, NUMBER), shape.value.decimals)
        if shape and shape.reference:
            self.fields["reference"] = _number(REFERENCE.get(indicator.code, COMPARED), shape.reference.decimals)
        self.fields["occurred_on"] = forms.DateField(
            label=said(Text("日期", "Day")),
            help_text=said(Text("证明文件上的日期", "The day on the document that proves it")),
            widget=DayInput(),
        )
        self.fields["document_no"] = forms.CharField(
            label=said(Text("文号", "Number of the document")), max_length=200, required=bool(shape and shape.document)
        )
        self.fields["note"] = forms.CharField(
            label=said(Text("说明", "Remarks")), widget=forms.Textarea({"rows": 3}), required=False
        )
        zh, en = indicator.proof.zh, indicator.proof.en
        self.fields["proofs"] = files_field(Text(f"证明材料:{zh}", f"Proof: {en}"), required=not kept)


def _number(label: Text, decimals: int) -> forms.CharField:
    """Kept as text: the service reads it exactly, and says what is wrong."""
    mode = "decimal" if decimals else "numeric"
    return forms.CharField(label=said(label), max_length=20, widget=forms.TextInput({"inputmode": mode}))


class ObjectForm(WithFiles):
    """indicators: those that can be contested, as (code, words)."""

    FILES = "files"

    def __init__(self, *args: Any, indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"] = forms.MultipleChoiceField(
            label=said(Text("对哪些指标有异议", "Which indicators you contest")),
            choices=indicators,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["contested"] = _words(
            Text("有异议的内容", "What you contest"),
            Text("哪一分、哪一项事实不对", "Which points, which facts are wrong"),
        )
        self.fields["grounds"] = _words(
            Text("理由", "Grounds"), Text("为什么不对,应当是什么", "Why, and what should stand there instead")
        )
        self.fields["files"] = files_field(Text("证明材料", "Proof"), required=False)


class LeftOutForm(WithFiles):
    FILES = "files"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"] = _words(
            Text("理由", "Grounds"),
            Text("哪些住宅项目在周期内由本企业管理", "Which residential projects you managed in the cycle"),
        )
        self.fields["files"] = files_field(Text("证明材料", "Proof"), required=False)


def _words(label: Text, hint: Text) -> forms.CharField:
    return forms.CharField(label=said(label), help_text=said(hint), widget=forms.Textarea({"rows": 4}), max_length=4000)
