"""Two made-up editions differ in every way there is."""

from collections.abc import Callable

import pytest

from gongbao.permits.rules.diff import ALIKE, ALIKE_WITH_BASIS, Change, diff, related
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.writing import likeness
from gongbao.permits.tables.packaged import modes

MakeEdition = Callable[..., Edition]


def told(changes: tuple[Change, ...]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(change.kind, change.before, change.after) for change in changes]


def test_two_editions_differ_correctly(edition_of: MakeEdition) -> None:
    old = edition_of(
        {"name": "灯塔建设许可"},
        {"name": "放烟花许可"},
        {"name": "灯塔夜间照明设置许可"},
        {"name": "守塔人登记、变更、注销核准"},
        {"name": "码头设立许可"},
        {"name": "码头迁移许可"},
        {"name": "养海鸥许可", "implementing_bodies": "审批局"},
        {"name": "拆灯塔许可", "implementing_bodies": "审批局（初审）"},
        {"name": "画灯塔许可", "legal_bases": "《灯塔条例》 《画法》"},
        {"name": "卖鱼许可", "zone_departments": "渔业局"},
        {"name": "游泳许可", "remark": "仅限夏季"},
    )
    new = edition_of(
        {"name": "游泳许可", "remark": "仅限冬季"},
        {"name": "灯塔建设许可"},
        {"name": "灯塔夜间灯光照明设置许可"},
        {"name": "守塔人登记核准"},
        {"name": "守塔人注销核准"},
        {"name": "码头设立、迁移许可"},
        {"name": "养海鸥许可", "implementing_bodies": "海鸥局"},
        {"name": "拆灯塔许可", "implementing_bodies": "审批局"},
        {"name": "画灯塔许可", "legal_bases": "《灯塔条例》 《色法》"},
        {"name": "卖鱼许可", "zone_departments": "灯塔局"},
        {"name": "开潜艇许可", "legal_bases": "《潜艇法》"},
    )
    changes = diff(old, new, modes())
    assert told(changes) == [
        ("added", (), (11,)),
        ("removed", (2,), ()),
        ("renamed", (3,), (3,)),
        ("split", (4,), (4, 5)),
        ("merged", (5, 6), (6,)),
        ("moved", (7,), (7,)),
        ("mode", (8,), (8,)),
        ("basis", (9,), (9,)),
        ("department", (10,), (10,)),
        ("scope", (11,), (1,)),
    ]
    by_kind = {change.kind: change for change in changes}
    assert (by_kind["basis"].was, by_kind["basis"].now) == (("《画法》",), ("《色法》",))
    assert (by_kind["mode"].was, by_kind["mode"].now) == (("审批局：初审",), ("审批局：审批",))
    assert not any(change.doubtful for change in changes)


def test_an_edition_does_not_differ_from_itself(edition_2025: Edition) -> None:
    assert diff(edition_2025, edition_2025, modes()) == ()


def test_back_again_what_was_added_is_removed_and_what_was_split_is_merged(edition_of: MakeEdition) -> None:
    one = edition_of({"name": "守塔人登记、注销核准"}, {"name": "放烟花许可"})
    two = edition_of({"name": "守塔人登记核准"}, {"name": "守塔人注销核准"}, {"name": "开潜艇许可"})
    assert [kind for kind, *_ in told(diff(one, two, modes()))] == ["added", "removed", "split"]
    assert [kind for kind, *_ in told(diff(two, one, modes()))] == ["added", "removed", "merged"]


def test_a_renamed_item_that_also_moved_is_told_twice(edition_of: MakeEdition) -> None:
    old = edition_of({"name": "灯塔夜间照明设置许可"})
    new = edition_of({"name": "灯塔夜间灯光照明设置许可", "implementing_bodies": "海鸥局"})
    assert told(diff(old, new, modes())) == [("renamed", (1,), (1,)), ("moved", (1,), (1,))]


def test_namesakes_are_told_apart_by_their_laws(edition_of: MakeEdition) -> None:
    old = edition_of({"name": "安全审查", "legal_bases": "《甲法》"}, {"name": "安全审查", "legal_bases": "《乙法》"})
    new = edition_of({"name": "安全审查", "legal_bases": "《乙法》"}, {"name": "安全审查", "legal_bases": "《甲法》"})
    assert diff(old, new, modes()) == ()


def test_what_may_stand_among_unread_rows_is_doubtful(edition_of: MakeEdition) -> None:
    whole, torn = edition_of({"name": "放烟花许可"}), edition_of({"name": "开潜艇许可", "no": "2"}, count=2)
    assert {change.kind: change.doubtful for change in diff(torn, whole, modes())} == {"added": True, "removed": False}
    assert {change.kind: change.doubtful for change in diff(whole, torn, modes())} == {"added": False, "removed": True}


# names of which `alike` of the pairs of characters are common
COMMON = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"


def names(common: int, of: int) -> tuple[str, str]:
    """Two names of `of` pairs each with `common` pairs in common."""
    return COMMON[: of + 1], COMMON[: common + 1] + "风雨雷电云雾冰雪霜露虹"[: of - common]


@pytest.mark.parametrize(
    ("law", "threshold", "of"),
    [("《灯塔条例》", ALIKE_WITH_BASIS, 10), ("《别法》", ALIKE, 10)],
)
def test_names_are_related_from_the_threshold_on(edition_of: MakeEdition, law: str, threshold: int, of: int) -> None:
    for step, expected in ((-1, False), (0, True), (1, True)):
        common = threshold * of // 1000 + step
        before, after = names(common, of)
        assert likeness(before, after) == 1000 * common // of
        (old,), (new,) = edition_of({"name": before}).items, edition_of({"name": after, "legal_bases": law}).items
        assert bool(related(old, new)) is expected, (common, of)
