"""The first page of the simulator: which projects there are, or a profile that was saved before."""

from typing import Any

from django import forms

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.tables.answers import MOST_PROJECTS, answers_json
from gongbao.web.forms import Form
from gongbao.web.words import both, in_chinese

SHOWN = 20  # problems of a file


class StartForm(Form):
    projects = forms.CharField(
        label=both("您有哪些项目?", "Which projects do you have?"),
        help_text=both(
            "每行写一个名称,自己认得出就行。没有项目就留空,只测按单位申报的措施",
            "One name a line, as you like to call them. Leave it empty to check measures for the entity alone",
        ),
        widget=forms.Textarea({"rows": 3}),
        max_length=20_000,
        required=False,
    )
    file = forms.FileField(
        label=both("以前保存的答案", "Answers saved before"),
        help_text=both("JSON 文件,与 gongbao support match 所读的相同", "A JSON file, as gongbao support match reads"),
        widget=forms.FileInput({"accept": ".json,application/json"}),
        required=False,
    )

    def clean_projects(self) -> list[str]:
        names = [line.strip()[:200] for line in self.cleaned_data["projects"].splitlines() if line.strip()]
        if len(names) > MOST_PROJECTS:
            raise forms.ValidationError(str(both(f"最多 {MOST_PROJECTS} 个项目", f"{MOST_PROJECTS} projects at most")))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.data.get("go") == "load" and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", both("请选择文件", "Choose a file"))
        return cleaned

    def loaded(self) -> object:
        """The document of the file, None without one. Raises BadInput."""
        file = self.cleaned_data["file"]
        return answers_json(file.read()) if file else None


def problem_words(bad: BadInput) -> list[str]:
    """Everything that is wrong, a line each, in the language of the page."""
    return [_line(problem) for problem in bad.problems[:SHOWN]]


def _line(problem: Problem) -> str:
    words = problem.expected if in_chinese() else problem.expected_en
    row = f" {problem.row}" if problem.row is not None else ""
    place = f"{problem.table}{row} {problem.column}".strip() if problem.table != "answers" else ""
    value = f"“{problem.value[:60]}”" if problem.value else ""
    return ": ".join(filter(None, [f"{place} {value}".strip(), words]))
