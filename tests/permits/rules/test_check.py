"""Loose about writing, strict about the answer."""

from collections.abc import Callable

import pytest

from gongbao.kernel.text import Text
from gongbao.permits.rules.check import LIKE, check
from gongbao.permits.rules.diff import diff
from gongbao.permits.rules.items import Correction, Edition
from gongbao.permits.rules.writing import likeness
from gongbao.permits.tables.packaged import modes

MakeEdition = Callable[..., Edition]


@pytest.mark.parametrize(
    ("name", "kind", "items"),
    [
        ("建设工程消防验收", "listed", (59,)),
        ("清真食品生产，加工，经营 场所登记", "listed", (17,)),
        ("确有专长的中医师执业注册", "listed", (179,)),  # as it is printed
        ("确有专长的中医医师执业注册", "listed", (179,)),  # as it is corrected
        ("危险项目设计、储存、生产、化学安全审查", "listed", (134, 135)),
        ("特殊建设工程消防验收", "renamed", (59,)),  # a hint
        ("律师事务所变更许可", "split", (32,)),
        ("食品生产许可证", "not_found", ()),
        ("养老机构设立许可", "not_found", ()),
    ],
)
def test_a_name_is_answered(edition_2025: Edition, name: str, kind: str, items: tuple[int, ...]) -> None:
    verdict = check(name, edition_2025)
    assert (verdict.kind, verdict.items, verdict.found) == (kind, items, bool(items))
    assert verdict.reason.zh
    assert verdict.reason.en
    assert verdict.cite


def test_every_item_of_the_list_is_on_it(edition_2025: Edition) -> None:
    for item in edition_2025.items:
        for name in (item.name, item.printed_name):
            assert item.no in check(name, edition_2025).items


def test_as_long_as_rows_are_unread_nothing_is_said_to_be_outside(edition_2025: Edition) -> None:
    verdict = check("养老机构设立许可", edition_2025)
    assert verdict.kind == "not_found"
    assert "14 项未能读出（4–8、28–30、62–67）" in verdict.reason.zh
    assert "14 rows are unread (4–8, 28–30, 62–67)" in verdict.reason.en


def test_outside_a_whole_list_it_must_not_be_handled_as_a_permit(edition_of: MakeEdition) -> None:
    whole = edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"})
    verdict = check("养老机构设立许可", whole)
    assert (verdict.kind, verdict.cite) == ("not_listed", "灯发〔2030〕1号 说明 1")
    assert "不得作为行政许可实施" in verdict.reason.zh
    assert "must not be handled as a permit" in verdict.reason.en
    assert check("养老机构设立许可", edition_of({"name": "放烟花许可"}, count=2)).kind == "not_found"


def test_a_name_of_an_earlier_edition_is_told_what_it_became(edition_of: MakeEdition) -> None:
    old = edition_of(
        {"name": "灯塔夜间照明设置许可"},
        {"name": "守塔人登记、变更核准"},
        {"name": "码头设立许可"},
        {"name": "码头迁移许可"},
    )
    new = edition_of(
        {"name": "灯塔夜间灯光照明设置许可"},
        {"name": "守塔人登记核准"},
        {"name": "守塔人变更核准"},
        {"name": "码头设立、迁移许可"},
    )
    changes = diff(old, new, modes())
    answers = [check(item.name, new, changes) for item in old.items]
    assert [(answer.kind, answer.items) for answer in answers] == [
        ("renamed", (1,)),
        ("split", (2, 3)),
        ("split", (4,)),
        ("split", (4,)),
    ]
    assert answers[0].reason.zh == "现称第1项 灯塔夜间灯光照明设置许可"
    assert check(old.items[0].name, new).kind == "not_listed", "without the earlier edition nobody knows"


def test_what_is_written_on_the_list_comes_before_what_a_hint_says(edition_of: MakeEdition) -> None:
    hint = Correction(1, "name", "放烟花许可", "开潜艇许可", "low", Text("理由", "reason"))
    edition = edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"}, corrections=[hint])
    assert check("开潜艇许可", edition).items == (2,)


def test_similar_names_are_shown_from_a_likeness_on_and_decide_nothing(edition_of: MakeEdition) -> None:
    asked = "甲乙丙丁戊己"
    for name, shown in (("甲乙风雨雷电", False), ("甲乙丙风雨雷", True), ("甲乙丙丁风雨", True)):
        assert (likeness(asked, name) >= LIKE) is shown
        verdict = check(asked, edition_of({"name": name}))
        assert verdict.similar == ((1,) if shown else ())
        assert (verdict.kind, verdict.items) == ("not_listed", ())
    assert likeness(asked, "甲乙丙风雨雷") == LIKE, "just on the threshold"
