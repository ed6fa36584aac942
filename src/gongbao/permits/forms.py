"""Forms of the permit list."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongbao.kernel.citation import official_number, parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.permits.rules.editions import build, headed
from gongbao.permits.rules.guides import Demand, Guide
from gongbao.permits.rules.items import CONFIDENCES, Edition
from gongbao.permits.rules.printed import PrintedList
from gongbao.permits.tables.files import read_edition
from gongbao.permits.tables.folders import corrections_csv
from gongbao.permits.tables.names import read_names
from gongbao.permits.tables.packaged import corrections_in, modes
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import both, said

MOST = 1000  # names in one list: answered while a person waits
LAST_ROW = 20_000


@contextmanager
def on_disk(file: "UploadedFile[bytes]") -> Iterator[Path]:
    """An upload as a file for those who read files, named by its column in problems."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file{PurePath(file.name or '').suffix[:8].lower()}"
        path.write_bytes(file.read())
        yield path


def _demands_help(example: str) -> Any:
    quoted = f'<span lang="zh-Hans">{example}</span>'  # hints are shown as they stand
    return both(f"每行一项,竖线后写依据,如:{example}", f"one a line, its basis behind a bar, such as: {quoted}")


class NamesForm(Form):
    file = forms.FileField(
        label=both("文件", "File"),
        help_text=both(
            "xlsx、csv 或 txt;名称在标题为“事项名称”的一列,或只有一列。最多 1000 个名称",
            "xlsx, csv or txt; the names in a column headed “name”, or the only column. 1000 names at most",
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        required=False,
    )
    names = forms.CharField(
        label=both("或逐行填写名称", "Or the names, one a line"),
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not str(cleaned.get("names", "")).strip():
            self.add_error(
                "file", both("请选择文件,或在下面逐行填写名称", "Choose a file, or write names below, one a line")
            )
        return cleaned

    def asked(self) -> list[tuple[int | None, str]]:
        """Row and name of everything that was handed in. Raises BadInput."""
        found: list[tuple[int | None, str]] = []
        if self.cleaned_data["file"]:
            with _at_field(), on_disk(self.cleaned_data["file"]) as path:
                found += read_names(path)
        lines = self.cleaned_data["names"].splitlines()
        found += [(row, name.strip()) for row, name in enumerate(lines, start=1) if name.strip()]
        if len(found) > MOST or any((row or 0) > LAST_ROW for row, _ in found):
            zh, en = f"最多 {MOST} 个名称,第 {LAST_ROW} 行以内", f"{MOST} names at most, within {LAST_ROW} rows"
            raise BadInput([Problem("names", None, "file", str(len(found)), zh, en)])
        return found


class EditionForm(Form):
    file = forms.FileField(
        label=both("清单文件", "File of the list"),
        help_text=both(
            "本系统导出的 json;或表格 csv、xlsx,列与导出的相同",
            "JSON as exported here; or a table, csv or xlsx, with the columns of the export",
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )
    cite = forms.CharField(
        label=both("文号", "Document number"),
        help_text=both("表格须填以下各项;json 已有,不用填", "For a table, fill in what follows; JSON tells it already"),
        required=False,
        max_length=100,
    )
    title = forms.CharField(label=both("清单标题", "Title, Chinese"), required=False, max_length=200)
    title_en = forms.CharField(label=both("英文标题", "Title, English"), required=False, max_length=200)
    in_force = forms.DateField(
        label=both("施行日期", "In force from"),
        required=False,
        widget=DayInput(),
    )
    replaces = forms.CharField(
        label=both("代替的文号", "Number of the document it replaces"), required=False, max_length=100
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and not file.name.lower().endswith(".json"):
            for column in ("cite", "title", "title_en", "in_force"):
                if not cleaned.get(column) and column not in self.errors:
                    self.add_error(
                        column, both("表格没有这一项,请填写", "The table does not tell it: please fill it in")
                    )
        for column in ("cite", "replaces"):
            try:
                cleaned[column] = cleaned.get(column) and official_number(cleaned[column])
            except ValueError:
                self.add_error(
                    column, both("文号,如 京技管发〔2025〕31号", "A document number such as 京技管发〔2025〕31号")
                )
        return cleaned

    def edition(self) -> Edition:
        """What was handed in. Raises BadInput."""
        told = self.cleaned_data
        with _at_field(), on_disk(told["file"]) as path:
            edition = read_edition(path)
        if path.suffix == ".json":
            return edition
        title = Text(told["title"], told["title_en"])
        return headed(
            edition, cite=told["cite"], title=title, in_force=told["in_force"], replaces=told["replaces"] or ""
        )


class ReadForm(Form):
    """What an editor adds to a list that was read from the gazette: what it does not tell, and corrections as data."""

    edition = forms.CharField(
        label=both("版本名", "Name of the edition"),
        help_text=both("如 2025,成为网址的一部分", "such as 2025; a part of its address"),
        max_length=40,
    )
    title_en = forms.CharField(label=both("英文标题", "Title, English"), max_length=200)
    in_force = forms.DateField(
        label=both("施行日期", "In force from"),
        help_text=both("没有这一天的版本不会成为现行清单", "an edition without it never becomes the list in force"),
        widget=DayInput(),
        required=False,
    )
    count = forms.IntegerField(
        label=both("清单的行数", "Rows that the list has"),
        help_text=both(
            "印在末尾而没有读出的行要算上;其余缺的行已列出", "with rows lost at the end; those lost between are known"
        ),
        min_value=1,
        max_value=10_000,
    )
    corrections = forms.CharField(
        label=both("更正", "Corrections"),
        help_text=both(
            "CSV:no,field,printed,corrected,confidence,reason,reason_en;printed 须与印出的一致",
            "CSV: no,field,printed,corrected,confidence,reason,reason_en; printed as it is in print",
        ),
        widget=forms.Textarea(
            attrs={"rows": 10, "class": "form-control source", "lang": "zh-Hans", "spellcheck": "false"}
        ),
        required=False,
    )
    apply = forms.MultipleChoiceField(
        label=both("采用哪些更正", "Corrections that are used"),
        help_text=both("其余只作提示", "the others are hints"),
        choices=[(code, both(name.zh, name.en)) for code, name in CONFIDENCES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @staticmethod
    def begin(printed: PrintedList, known: Edition | None) -> dict[str, Any]:
        """What the form begins with: what the print tells; where the edition is known, its corrections."""
        head = printed.head
        corrections = [one for item in known.items for one in item.corrections] if known else []
        return {
            "edition": head.edition,
            "title_en": known.title.en if known else head.title.en,
            "in_force": head.in_force,
            "count": known.count if known else head.count,
            "corrections": corrections_csv(corrections) if corrections else "",
            "apply": ["high"],
        }

    def made(self, printed: PrintedList, known: Edition | None) -> Edition:
        """The edition. Raises BadInput, at the corrections, for rows and corrections that do not fit."""
        told, problems = self.cleaned_data, list[Problem]()
        with _at_field("corrections"):
            corrections = list(corrections_in(told["corrections"], problems)) if told["corrections"].strip() else []
            if problems:
                raise BadInput(problems)
            head = replace(
                printed.head,
                edition=told["edition"],
                title=Text(printed.head.title.zh, told["title_en"]),
                in_force=told["in_force"],
                count=told["count"],
                apply=frozenset(told["apply"]),
                services=known.services if known else (),
            )
            return build(head, printed.rows, corrections, modes(), "items")


class GuideForm(Form):
    """The guide of an item: conditions and materials one a line, each with its basis behind a bar."""

    conditions = forms.CharField(
        label=both("条件", "Conditions"),
        help_text=_demands_help("年满十八周岁 | 《灯塔条例》 第三条"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        strip=False,
        required=False,
    )
    materials = forms.CharField(
        label=both("材料", "Materials"),
        help_text=_demands_help("申请表 | 《灯塔条例》"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
        strip=False,
        required=False,
    )
    time_limit = forms.CharField(label=both("办理时限", "Time limit"), required=False, max_length=200)
    fee = forms.CharField(label=both("收费", "Fee"), required=False, max_length=200)
    place = forms.CharField(label=both("办理地点", "Place"), required=False, max_length=200)
    updated = forms.DateField(
        label=both("更新日期", "Day of the last change"),
        widget=DayInput(),
    )

    @staticmethod
    def told(guide: Guide | None, today: date) -> dict[str, Any]:
        """What the form begins with: the guide as it is, to be changed today."""
        if guide is None:
            return {"updated": today}
        words = {part: getattr(guide, part) for part in ("time_limit", "fee", "place")}
        lines = {
            part: "\n".join(f"{one.text} | {one.basis}" for one in getattr(guide, part))
            for part in ("conditions", "materials")
        }
        return words | lines | {"updated": today}

    def clean_conditions(self) -> tuple[Demand, ...]:
        return _demands(self.cleaned_data["conditions"])

    def clean_materials(self) -> tuple[Demand, ...]:
        return _demands(self.cleaned_data["materials"])

    def guide(self, number: int) -> Guide:
        return Guide(item=number, **self.cleaned_data)


def _demands(text: str) -> tuple[Demand, ...]:
    """Lines as demands. A basis that is no citation is told with its line; one that is missing the service refuses."""
    found, wrong = [], []
    for row, line in enumerate(text.splitlines(), start=1):
        what, _, basis = (part.strip() for part in line.replace("｜", "|").partition("|"))
        try:
            if what or basis:
                found.append(Demand(what, basis and str(parse(basis))))
        except ValueError as error:
            zh, _, en = str(error).rpartition(" / ")
            wrong.append(said(Text(f"第 {row} 行的依据:{zh}", f"the basis in line {row}: {en}")))
        if basis and not what:
            wrong.append(said(Text(f"第 {row} 行没有写明要求什么", f"line {row} does not say what is asked for")))
    if wrong:
        raise forms.ValidationError(wrong)
    return tuple(found)


class ReturnForm(Form):
    because = forms.CharField(label=both("退回的理由", "Why it is returned"), max_length=300)


@contextmanager
def _at_field(field: str = "file") -> Iterator[None]:
    """Problems of a file are shown at its field, each with its row and column."""
    try:
        yield
    except BadInput as bad:
        raise BadInput([_at(problem, field) for problem in bad.problems]) from bad


def _at(problem: Problem, field: str) -> Problem:
    zh = "、".join(filter(None, [f"第 {problem.row} 行" if problem.row else "", problem.column]))
    en = ", ".join(filter(None, [f"row {problem.row}" if problem.row else "", problem.column]))
    value = f"“{problem.value[:60]}”" if problem.value else ""
    return Problem(
        problem.table,
        problem.row,
        field,
        problem.value,
        f"{zh}{value}:应为{problem.expected}" if zh or value else problem.expected,
        f"{en} {value}: expected {problem.expected_en}".strip() if en or value else problem.expected_en,
    )
