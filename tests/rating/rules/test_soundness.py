"""The checker of standards: every fault is told, with its place; the packaged standard has none."""

from collections.abc import Callable

import pytest

from gongbao.gazette.tables.skeletons import find_place
from gongbao.kernel.citation import parse
from gongbao.kernel.entries import Entry
from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.rules.editions import Change, compare
from gongbao.rating.rules.soundness import prove
from gongbao.rating.rules.standard import Standard, _indicator, load_standard
from gongbao.rating.tables.standards import packaged_ids, read_standard, standard_text

Edit = Callable[[str, str], str]


@pytest.fixture(scope="session")
def edit() -> Edit:
    """The text of the standard with one piece replaced; the piece must be there once."""

    def replace(old: str, new: str) -> str:
        text = standard_text()
        assert text.count(old) == 1, text.count(old)
        return text.replace(old, new)

    return replace


def faults(text: str) -> list[tuple[str, str]]:
    return [(problem.table, problem.expected_en) for problem in prove(load_standard(text))]


def refusals(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as refused:
        load_standard(text)
    return [(problem.table, problem.column) for problem in refused.value.problems]


@pytest.mark.parametrize("name", packaged_ids())
def test_a_packaged_standard_is_sound_and_all_its_citations_resolve(name: str) -> None:
    assert prove(read_standard(name), lambda cite: find_place(parse(cite))) == []


def test_the_scale_bands_as_printed_are_refused_and_the_two_that_collide_are_named(edit: Edit) -> None:
    printed = edit('{ up_to = "10", points = 5 }', '{ above = "10", up_to = "50", points = 5 }')
    assert faults(printed) == [
        ("indicator scale", "there is a gap before the band “above 10 up to 50”"),
        ("indicator scale", "two bands collide: above 10 up to 50 gives 5, above 10 up to 50 gives 8"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('code = "media"', 'code = "staff"', "indicator staff", "the code is there 2 times"),
        (
            '{ grade = "B", up_to = "0.50" }',
            '{ grade = "B", up_to = "0.10" }',
            "ranking",
            "the shares of grades must rise",
        ),
        (
            '{ grade = "D", up_to = "1" }',
            '{ grade = "D", up_to = "0.99" }',
            "ranking",
            "the share of the last grade must be 1",
        ),
        (
            '{ grade = "D", up_to = "1" }',
            '{ grade = "C", up_to = "1" }',
            "ranking",
            "the grade is there more than once",
        ),
        ('cycles = { from = "2026H1" }', 'cycles = { from = "2026H2" }', "standard", "outside the cycles it holds for"),
        (
            'cycles = { from = "2026H1" }',
            'cycles = { from = "2026H1", to = "2025H2" }',
            "cycles",
            "ends before it begins",
        ),
        ('readings = ["I-26"]', 'readings = ["I-99", "I-26"]', "indicator fee", "not among the readings of the file"),
        ('readings = ["I-26"]', "readings = []", "readings", "no indicator uses this reading"),
        ('source = ["economy"]', "source = []", "indicator credit", "nobody supplies it"),
        ('source = ["economy"]', 'source = ["nobody"]', "indicator credit", "not among the parties of the file"),
        ('authorities = ["urban_management"]', "authorities = []", "indicator waste", "no authority, or no such level"),
        (
            'authorities = ["urban_management"]',
            'authorities = ["nobody"]',
            "indicator waste",
            "not among the authorities of the file",
        ),
        (
            "附件 党员发展",
            "附件　党员发展",
            "indicator party_member",
            "the official form is “京建法〔2025〕2号 附件 党员发展”",
        ),
        ("cap = -10", "cap = 10", "indicator community_fault", "cap and points point in opposite directions"),
        ('share = "0.50"', "share = 0", "indicator credit", "share and cap must be greater than nothing"),
        ('from = "101"', 'from = "102"', "indicator complaint_rank", "there is a gap before the band “from 102”"),
        (
            '{ level = "general_branch", points = 8 }',
            '{ level = "branch", points = 8 }',
            "indicator party_org",
            "the level “branch” is there more than once",
        ),
        (
            '{ level = "general_branch", points = 8 }',
            '{ level = "general_branch", points = 0 }',
            "indicator party_org",
            "the level “general_branch” gives nothing",
        ),
        (
            '{ level = "general_branch", points = 8 }',
            '{ level = "general_branch", points = -8 }',
            "indicator party_org",
            "one indicator both gives and deducts",
        ),
        ("[credit_grades]", "[credit_grades]\nbest = 101", "credit_grades", "between 0 and 100 is due"),
        ("yields = true", "yields = true\nmanaged = true", "", ""),
    ],
)
def test_a_fault_is_told_with_its_place(edit: Edit, old: str, new: str, where: str, what: str) -> None:
    found = faults(edit(old, new))
    assert ((where, what) in found) if where else (found == [])


def test_points_against_the_group_are_a_fault(edit: Edit) -> None:
    text = edit('kind = "first_filings"\npoints = 1', 'kind = "first_filings"\npoints = -1')
    assert ("indicator new_filing", "the sign of points contradicts the group") in faults(text)


def test_a_kind_in_a_scope_that_it_cannot_work_for_is_a_fault(edit: Edit) -> None:
    text = edit(
        'scope = "project"\ncite = "京建法〔2025〕2号 附件 12345诉求"',
        'scope = "enterprise"\ncite = "京建法〔2025〕2号 附件 12345诉求"',
    )
    assert faults(text) == [("indicator zero_complaint", "not a scope of this kind")]


def test_a_citation_that_leads_nowhere_is_a_fault(edit: Edit) -> None:
    text = edit("附件 党员发展", "附件 党员发")
    found = prove(load_standard(text), lambda cite: find_place(parse(cite)))
    assert [(problem.table, problem.value) for problem in found] == [
        ("indicator party_member", "京建法〔2025〕2号 附件 党员发")
    ]


def test_a_citation_that_is_none_is_a_fault(edit: Edit) -> None:
    assert [where for where, _ in faults(edit("京建法〔2025〕2号 附件 党员发展", "附件 党员发展"))] == [
        "indicator party_member"
    ]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (
            'proof = { zh = "公共信用综合评价结果", en = "result of the public-credit evaluation" }',
            "",
            ("indicator credit", "proof"),
        ),
        ('source = ["economy"]\nreview = []', 'source = ["economy"]', ("indicator credit", "review")),
        ('source = ["economy"]', "", ("indicator credit", "source")),
        ('cite = "京建法〔2025〕2号 附件 党员发展"', "", ("indicator party_member", "cite")),
        ('share = "0.50"', "share = 0.50", ("indicator credit", "share")),
        ('share = "0.50"', 'share = "0.505"', ("indicator credit", "share")),
        ("cap = 50", "cap = true", ("indicator credit", "cap")),
        ("cap = 50", "cap = 50\nkap = 50", ("indicator credit", "kap")),
        ("months = [1, 3]", "months = [3, 1]", ("indicator fee", "months")),
        ("months = [1, 3]", "months = [1, 13]", ("indicator fee", "months")),
        ("delivered_until = 2000-12-31", 'delivered_until = "2000"', ("indicator old_estate", "delivered_until")),
        ('kind = "taken_on"', 'kind = "taken"', ("indicator old_estate", "kind")),
        ("decimals = 4", "decimals = 3", ("standard · score", "decimals")),
        ('cycles = { from = "2026H1" }', 'cycles = { from = "2026" }', ("standard · cycles", "from")),
        ("yields = true", 'yields = "yes"', ("indicator other_penalty", "yields")),
    ],
)
def test_what_a_standard_cannot_be_read_without_is_refused_with_its_place(
    edit: Edit, old: str, new: str, where: tuple[str, str]
) -> None:
    assert where in refusals(edit(old, new))


def test_everything_wrong_is_told_at_once(edit: Edit) -> None:
    text = edit("months = [1, 3]", "months = []").replace("cap = 50", "cap = 0.5")
    assert refusals(text) == [("indicator credit", "cap"), ("indicator fee", "months")]


def test_a_text_that_is_no_toml_is_refused() -> None:
    assert refusals("id = ") == [("standard", "")]


def test_an_indicator_loads_what_it_prints(standard: Standard) -> None:
    problems: list[Problem] = []
    again = [_indicator(Entry(indicator.table(), "", problems)) for indicator in standard.indicators]
    assert again == list(standard.indicators)
    assert problems == []


def test_a_penalty_is_accepted_only_from_the_authorities_that_the_text_names(standard: Standard) -> None:
    by_code = standard.by_code
    assert by_code["waste"].accepts("urban_management")
    assert not by_code["waste"].accepts("housing")
    assert by_code["safety"].accepts("housing", "ordered")
    assert by_code["safety"].accepts("emergency", "accident")
    assert not by_code["safety"].accepts("housing", "accident")
    assert not by_code["media"].accepts("housing")


def test_a_standard_knows_its_cycles(edit: Edit) -> None:
    from gongbao.kernel.cycles import Cycle

    held = load_standard(edit('cycles = { from = "2026H1" }', 'cycles = { from = "2026H1", to = "2026H2" }'))
    answers = [held.holds_for(Cycle.parse(word)) for word in ("2025H2", "2026H1", "2026H2", "2027H1")]
    assert answers == [False, True, True, False]


def test_editions_are_compared_place_by_place(edit: Edit, standard: Standard) -> None:
    text = edit('{ grade = "A", up_to = "0.10" }', '{ grade = "A", up_to = "0.15" }').replace('"media"', '"press"')
    assert compare(standard, load_standard(text)) == [
        Change("ranking · grades · A · up_to", "0.1", "0.15"),
        Change("media", "正面宣传报道 / Good reports in the media", None),
        Change("press", None, "正面宣传报道 / Good reports in the media"),
    ]


def test_an_edition_does_not_differ_from_itself(standard: Standard) -> None:
    assert compare(standard, load_standard(standard_text())) == []
