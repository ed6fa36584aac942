"""Guides are read from a file, or every problem in it is told."""

from datetime import date
from pathlib import Path

import pytest

from gongbao.kernel.problem import BadInput
from gongbao.permits.rules.guides import Demand, Guide
from gongbao.permits.tables.guides import read_guides

GUIDE = """
[[guide]]
item = 17
updated = 2026-01-15
conditions = [{ text = "场所符合要求", basis = "《北京市少数民族权益保障条例》第10条" }]
materials = [{ text = "申请表" }]
fee = "不收费"
"""


def test_a_guide_is_read_with_what_it_tells_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "guides.toml"
    path.write_text(GUIDE, encoding="utf-8")
    (guide,) = read_guides(path)
    assert guide == Guide(
        item=17,
        updated=date(2026, 1, 15),
        conditions=(Demand("场所符合要求", "《北京市少数民族权益保障条例》 第十条"),),
        materials=(Demand("申请表"),),
        fee="不收费",
    )


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("item = 17", 'item = "17"', "item"),
        ("item = 17", "", "item"),
        ("updated = 2026-01-15", 'updated = "2026"', "updated"),
        ("updated = 2026-01-15", "updated = 2026-01-15T08:00:00", "updated"),
        ('fee = "不收费"', "fee = 0", "fee"),
        ('fee = "不收费"', "more = 1", "more"),
        ('{ text = "申请表" }', '"申请表"', "materials"),
        ('{ text = "申请表" }', '{ text = "" }', "materials.text"),
        ('{ text = "申请表" }', '{ text = "申请表", why = "x" }', "materials.why"),
        ("《北京市少数民族权益保障条例》第10条", "某条例", "conditions.basis"),
    ],
)
def test_a_wrong_guide_is_refused_by_its_field(tmp_path: Path, old: str, new: str, column: str) -> None:
    assert old in GUIDE
    path = tmp_path / "guides.toml"
    path.write_text(GUIDE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_guides(path)
    assert [(p.table, p.row, p.column) for p in refused.value.problems] == [("guides.toml", 1, column)]
    assert refused.value.problems[0].expected_en


@pytest.mark.parametrize("content", [b"", b"[", b"guide = 1", "# 甲".encode("gbk")])
def test_a_file_without_guides_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "guides.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read_guides(path)
