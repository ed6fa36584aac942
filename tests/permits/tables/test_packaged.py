"""The packaged edition of 2025, and folders of the same form."""

from datetime import date
from pathlib import Path

import pytest

import gongbao.permits
from gongbao.kernel.problem import BadInput
from gongbao.permits.rules.items import CONFIDENCES, FIELDS, Edition
from gongbao.permits.rules.writing import folded, wide
from gongbao.permits.tables.packaged import read_folder

HERE = Path(gongbao.permits.__file__).parent / "editions" / "2025"
TOML = (HERE / "edition.toml").read_text(encoding="utf-8")


def test_the_edition_of_2025_has_193_rows_of_which_14_are_unread(edition_2025: Edition) -> None:
    assert (edition_2025.count, len(edition_2025.items)) == (193, 179)
    assert edition_2025.missing == (4, 5, 6, 7, 8, 28, 29, 30, 62, 63, 64, 65, 66, 67)
    assert (edition_2025.in_force, edition_2025.replaces) == (date(2025, 12, 2), "京技管发〔2024〕4号")


def test_every_correction_stands_beside_its_item_with_what_was_printed_and_why(edition_2025: Edition) -> None:
    corrections = [one for item in edition_2025.items for one in item.corrections]
    assert len(corrections) == 90
    assert {one.applied for one in corrections if one.confidence == "high"} == {True}
    assert {one.applied for one in corrections if one.confidence != "high"} == {False}
    for item in edition_2025.items:
        for one in item.corrections:
            assert folded(one.printed) in folded(item.printed[FIELDS.index(one.field)])
            assert one.reason.zh
            assert one.reason.en
            assert one.corrected or one.field == "remark"
    assert {one.confidence for one in corrections} == set(CONFIDENCES)


def test_what_no_sure_correction_touches_is_shown_as_printed(edition_2025: Edition) -> None:
    for item in edition_2025.items:
        touched = {one.field for one in item.corrections if one.applied}
        shown = {
            "city_departments": "".join(item.city_departments),
            "name": item.name,
            "legal_bases": "".join(map(str, item.legal_bases)),
            "zone_departments": "".join(item.zone_departments),
            "remark": item.remark,
        }
        for field, text in shown.items():
            if field not in touched:
                printed = wide(item.printed[FIELDS.index(field)]).replace("、", "")
                assert folded(text.replace("、", "")) == folded(printed)


def test_services_lead_into_items_that_were_read(edition_2025: Edition) -> None:
    assert [service.item for service in edition_2025.services] == [59, 191]
    assert {service.item for service in edition_2025.services} <= {item.no for item in edition_2025.items}


def folder(path: Path, toml: str = TOML, items: str | None = None, corrections: str | None = None) -> Path:
    path.mkdir()
    (path / "edition.toml").write_text(toml, encoding="utf-8")
    text = (HERE / "items.csv").read_text(encoding="utf-8") if items is None else items
    (path / "items.csv").write_text(text, encoding="utf-8")
    if corrections is not None:
        (path / "corrections.csv").write_text(corrections, encoding="utf-8")
    return path


def test_a_folder_without_corrections_shows_what_is_printed(tmp_path: Path) -> None:
    edition = read_folder(folder(tmp_path / "printed"))
    assert len(edition.items) == 179
    assert all(item.corrections == () for item in edition.items)


WRONG_HEADS = [
    (TOML.replace('edition = "2025"\n', ""), "edition"),
    (TOML.replace("in_force = 2025-12-02", 'in_force = "2025"'), "in_force"),
    (TOML.replace("count = 193", "count = 0"), "count"),
    (TOML.replace('cite = "京技管发〔2025〕31号"', 'cite = "某号"', 1), "cite"),
    (TOML.replace('apply = ["high"]', 'apply = ["sure"]'), "apply"),
    (TOML.replace("item = 59", 'item = "59"'), "item"),
    (TOML.replace("item = 59", "item = 194"), "service.item"),
    (TOML.replace("count = 193", "count = 193\nmore = 1"), "more"),
]


@pytest.mark.parametrize(("toml", "column"), WRONG_HEADS, ids=lambda value: value if len(value) < 20 else "")
def test_a_wrong_head_is_refused_by_name(tmp_path: Path, toml: str, column: str) -> None:
    assert toml != TOML
    with pytest.raises(BadInput) as refused:
        read_folder(folder(tmp_path / "wrong", toml))
    assert [problem.column for problem in refused.value.problems] == [column]
    assert all(problem.expected and problem.expected_en for problem in refused.value.problems)


HEAD = "no,city_departments,name,legal_bases,zone_departments,implementing_bodies,remark\n"


@pytest.mark.parametrize(
    ("items", "rows"),
    [
        ("no,name\n1,甲\n", [1]),
        (HEAD + "1,甲\nx,局,名,《法》,局,局,\n", [2, 3]),
        (HEAD + "\n1,局,名,法,局,局,\n", [3]),
        (HEAD + '1,"局\n', [2]),
    ],
)
def test_wrong_rows_are_told_with_their_lines(tmp_path: Path, items: str, rows: list[int]) -> None:
    with pytest.raises(BadInput) as refused:
        read_folder(folder(tmp_path / "wrong", items=items))
    assert [problem.row for problem in refused.value.problems] == rows


def test_wrong_corrections_are_told_with_their_lines(tmp_path: Path) -> None:
    corrections = "no,field,printed,corrected,confidence,reason,reason_en\n59,nome,甲,乙,sure,因,why\n"
    with pytest.raises(BadInput) as refused:
        read_folder(folder(tmp_path / "wrong", corrections=corrections))
    assert [(p.table, p.row, p.column) for p in refused.value.problems] == [
        ("corrections.csv", 2, "field"),
        ("corrections.csv", 2, "confidence"),
    ]


def test_a_folder_without_its_files_names_both(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_folder(tmp_path)
    assert [problem.table for problem in refused.value.problems] == ["edition.toml", "items.csv"]
