"""What holds for any list, on lists made by chance."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.permits.rules.cells import body_text, read_bases, read_bodies
from gongbao.permits.rules.check import check
from gongbao.permits.rules.diff import diff
from gongbao.permits.rules.forms import from_json, from_table, table, to_json
from gongbao.permits.rules.items import Act, Basis, Body, Edition
from gongbao.permits.tables.packaged import modes

MakeEdition = Callable[..., Edition]

WORDS = st.text("海塔灯鸥鱼船港湾岛礁", min_size=2, max_size=6)
NAMES = st.lists(st.builds(lambda word: f"{word}许可", WORDS), min_size=1, max_size=6, unique=True)
BASES = st.builds(
    lambda word, number: Basis(f"《{word}条例》", f"灯发〔2029〕{number}号" if number else ""),
    WORDS,
    st.integers(0, 99),
)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    decides = modes()[-1].code
    chosen = draw(st.lists(st.sampled_from(modes()[:-1]), max_size=2, unique=True))
    acts = tuple(Act(m.code, draw(WORDS) + "局" if "{other}" in m.words[0] else "") for m in chosen)
    share = "part" if any(mode.share == "part" for mode in chosen) else "whole"
    scope = draw(st.sampled_from(["", "仅限夏季", "负责（灯塔）部分"]))
    return Body(draw(WORDS) + "部", acts or (Act(decides),), share, scope)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "legal_bases": " ".join(map(str, draw(st.lists(BASES, min_size=1, max_size=3)))),
            "implementing_bodies": "；".join(
                body_text(b, modes()) for b in draw(st.lists(bodies(), min_size=1, max_size=2))
            ),
            "remark": draw(st.sampled_from(["", "仅限冬季"])),
        }
        for name in draw(NAMES)
    ]


@given(st.lists(bodies(), min_size=1, max_size=3))
def test_bodies_that_are_printed_read_back(some: list[Body]) -> None:
    assert list(read_bodies("、".join(body_text(body, modes()) for body in some), modes())) == some


@given(st.lists(BASES, min_size=1, max_size=4))
def test_laws_that_are_printed_read_back(some: list[Basis]) -> None:
    assert list(read_bases("、".join(map(str, some)))) == some


@settings(deadline=None)
@given(rows())
def test_an_edition_reads_back_from_json_and_from_its_table(
    edition_of: MakeEdition, some: list[dict[str, str]]
) -> None:
    edition = edition_of(*some)
    assert from_json(to_json(edition, modes()), modes(), "x") == edition
    lines = list(enumerate(table(edition, modes()), start=2))
    again = from_table(lines, modes(), "x")
    assert diff(again, edition, modes()) == ()
    assert [(i.name, i.legal_bases, i.implementing_bodies) for i in again.items] == [
        (i.name, i.legal_bases, i.implementing_bodies) for i in edition.items
    ]


@settings(deadline=None)
@given(rows(), st.randoms(use_true_random=False))
def test_another_order_is_no_change_and_every_name_stays_on_the_list(
    edition_of: MakeEdition, some: list[dict[str, str]], chance
) -> None:
    shuffled = chance.sample(some, len(some))
    old, new = edition_of(*some), edition_of(*shuffled)
    assert diff(old, new, modes()) == ()
    assert all(check(item.name, new).kind == "listed" for item in old.items)


@settings(deadline=None)
@given(rows(), rows())
def test_every_item_that_did_not_stay_is_told_once(
    edition_of: MakeEdition, some: list[dict[str, str]], others: list[dict[str, str]]
) -> None:
    old, new = edition_of(*some), edition_of(*others)
    changes = [c for c in diff(old, new, modes()) if c.kind in ("added", "removed", "renamed", "split", "merged")]
    stayed = {item.name for item in old.items} & {item.name for item in new.items}
    gone = sorted(number for change in changes for number in change.before)
    come = sorted(number for change in changes for number in change.after)
    assert gone == [item.no for item in old.items if item.name not in stayed]
    assert come == [item.no for item in new.items if item.name not in stayed]
