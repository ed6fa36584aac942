"""The workbook that is handed out can be filled in, and comes back marked where it is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongbao.kernel.problem import Problem
from gongbao.rating.tables.columns import contract
from gongbao.rating.tables.intake import Intake
from gongbao.rating.tables.marked import marked_path, write_marked
from gongbao.rating.tables.template import write_template
from gongbao.rating.tables.vocabulary import Vocabulary

Town = dict[str, list[dict[str, str]]]
Problems = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def filled(town: Town, vocabulary: Vocabulary, tmp_path: Path) -> Path:
    """The template, filled in as a person would: words from the lists, days as days, numbers as numbers."""
    path = tmp_path / "filled.xlsx"
    write_template(path, vocabulary, "示例标准")
    book = openpyxl.load_workbook(path)
    for table in contract():
        for row, values in enumerate(town[table.name], start=2):
            for place, column in enumerate(table.columns, start=1):
                book[table.zh].cell(row, place, _typed(values[column.name], column.kind, vocabulary))
    book.save(path)
    return path


def _typed(text: str, kind: str, vocabulary: Vocabulary) -> Any:
    import datetime as dt

    if not text:
        return None
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind == "decimal":
        return float(text)
    return vocabulary.shown(text) if kind in ("word", "any") else text


def test_a_filled_template_gives_the_same_tables_as_csv(
    filled: Path, town: Town, read: Callable[..., Intake], write: Callable[..., Path], tmp_path: Path
) -> None:
    expected, got = read(write(town, tmp_path / "csv")).tables, read(filled).tables
    for name in ("enterprises", "projects", "complaints", "facts"):
        assert getattr(got, name).equals(getattr(expected, name)), name


def test_the_empty_template_lacks_nothing_but_rows(vocabulary: Vocabulary, problems: Problems, tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", vocabulary, "示例标准")
    assert problems(tmp_path / "empty.xlsx") == ()


def test_every_head_has_a_note_and_every_word_a_list(vocabulary: Vocabulary, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", vocabulary, "示例标准")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for table in contract():
        sheet = book[table.zh]
        assert sheet.freeze_panes == "A2"
        for place, column in enumerate(table.columns, start=1):
            note = sheet.cell(1, place).comment
            assert note is not None
            assert column.about.en in note.text
        lists = {str(validation.sqref).split(":")[0] for validation in sheet.data_validations.dataValidation}
        words = {f"{chr(64 + place)}2" for place, c in enumerate(table.columns, 1) if vocabulary.of(c)}
        assert words <= lists
    readme = {cell.value for row in book["说明"].iter_rows() for cell in row}
    assert set(vocabulary.facts) <= readme


def test_a_name_that_means_two_indicators_is_offered_by_its_code(vocabulary: Vocabulary) -> None:
    names = [vocabulary.names[code] for code in vocabulary.facts]
    for code in vocabulary.facts:
        shown = vocabulary.shown(code)
        assert (shown == code) == (names.count(vocabulary.names[code]) > 1 or vocabulary.names[code] == code)
        assert vocabulary.spellings(tuple(vocabulary.facts))[shown] == code


def test_the_copy_has_the_wrong_cells_coloured_and_explained(filled: Path, problems: Problems, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["项目"]["G3"] = -5
    book["企业"]["A2"] = "=1+1"
    book.save(filled)
    before = filled.read_bytes()
    found = problems(filled)
    copy = marked_path(filled)
    assert copy.name == "filled-marked.xlsx"
    assert write_marked(filled, copy, found)
    assert filled.read_bytes() == before
    marked = openpyxl.load_workbook(copy)
    cell = marked["项目"]["G3"]
    assert cell.fill.start_color.rgb == "00FFC7CE"
    assert cell.comment is not None
    assert "平方米" not in cell.comment.text
    assert "0.01" in cell.comment.text
    assert marked["项目"]["G4"].fill.fill_type is None
    assert marked.worksheets[0].max_row == 1 + len(found)
    assert all(cell.data_type != "f" for row in marked.worksheets[0].iter_rows() for cell in row)


def test_the_copy_takes_the_place_of_an_earlier_copy_but_of_nothing_else(
    filled: Path, problems: Problems, tmp_path: Path
) -> None:
    wrong = (Problem("项目", 2, "项目编号", "P1", "示例", "example"),)
    assert write_marked(filled, marked_path(filled), wrong)
    assert marked_path(filled).name == "filled-marked.xlsx"
    (tmp_path / "filled-marked.xlsx").write_bytes(filled.read_bytes())
    assert marked_path(filled).name == "filled-marked-2.xlsx"


def test_no_copy_is_made_of_a_workbook_that_may_not_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK torn")
    assert not write_marked(path, tmp_path / "b.xlsx", ())
    assert not (tmp_path / "b.xlsx").exists()
