"""Matching in columns: three-valued, the same for one subject and for many, and never undone by knowing more."""

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.support.rules.answers import Match, Profile, Project, match_profile, match_subjects
from gongbao.support.rules.facts import Fact, Value
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.catalogue import catalogue as packaged

ON = date(2026, 8, 1)


def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Values of a fact, near what documents ask for."""
    options = sorted(fact.options)
    match fact.type:
        case "bool":
            return st.booleans()
        case "date":
            return st.dates(date(2024, 9, 29), date(2027, 7, 2))
        case "choice":
            return st.sampled_from(options)
        case "choices" | "codes":
            return st.frozensets(st.sampled_from(options), max_size=3)
        case "text":
            return st.sampled_from(["甲", "乙"])
        case _:
            limits = [0, 5, 10, 50_000, 500_000_000, 10 ** min(fact.decimals, 15)]
            return st.sampled_from(limits)


def profiles(names: list[str]) -> st.SearchStrategy[dict[str, Value]]:
    facts = [packaged().vocabulary[name] for name in names]
    return st.fixed_dictionaries({}, optional={fact.name: values(fact) for fact in facts})


THREE = tuple(packaged().by_code[code] for code in ("debut_centre", "first_store", "ip_scene"))
FUND = sorted({fact.name for measure in THREE for fact in measure.facts})


@settings(max_examples=60, deadline=None)
@given(known=profiles(FUND), more=profiles(FUND))
def test_knowing_more_never_undoes_an_answer(known: dict[str, Value], more: dict[str, Value]) -> None:
    before = match_subjects([("p", known)], THREE, ON)
    after = match_subjects([("p", {**more, **known})], THREE, ON)
    for one, other in zip(before, after, strict=True):
        if one.status != "needs":
            assert other.status == one.status
            assert other.value == one.value
        else:
            assert one.needs


@settings(max_examples=30, deadline=None)
@given(subjects=st.lists(profiles(FUND), min_size=1, max_size=5))
def test_many_subjects_get_what_each_gets_alone(subjects: list[dict[str, Value]]) -> None:
    together = match_subjects([(str(at), facts) for at, facts in enumerate(subjects)], THREE, ON)
    alone = [match_subjects([(str(at), facts)], THREE, ON) for at, facts in enumerate(subjects)]
    assert together == [matches[place] for place in range(len(THREE)) for matches in alone]


def test_rows_come_in_the_order_of_the_table_and_of_the_file(catalogue: Catalogue) -> None:
    profile = Profile({}, (Project("b", "", {}), Project("a", "", {})))
    keys = [match.key for match in match_profile(profile, catalogue, ON)]
    expected: list[tuple[str | None, str]] = []
    for measure in catalogue.measures:
        expected += [(None, measure.code)] if measure.scope == "entity" else [("b", measure.code), ("a", measure.code)]
    assert keys == expected
    assert len(keys) == 4 + 2 * 46


def test_without_a_project_only_measures_for_entities_are_answered(catalogue: Catalogue) -> None:
    matches = match_profile(Profile({}, ()), catalogue, ON)
    assert [match.measure.code for match in matches] == ["auto-1a", "energy-9", "synbio-11", "synbio-12"]


def test_an_application_is_possible_when_the_waiting_period_is_over(ask: Callable[..., Match]) -> None:
    assert ask("debut_event", {"project.held_on": "2026-03-15"}).first_day == date(2026, 6, 15)
    assert ask("debut_event", {"project.held_on": "2025-11-30"}).first_day == date(2026, 2, 28)
    assert ask("debut_event", {"project.held_on": "2025-10-01"}).first_day == date(2026, 2, 11)
    assert ask("ip_product", {"project.launched_on": "2026-04-30"}).first_day == date(2026, 7, 30)
    assert ask("first_store", {"project.opened_on": "2026-02-28"}).first_day == date(2026, 8, 28)
    assert ask("ip_store", {"project.opened_on": None}).first_day == date(2026, 2, 11)
    assert ask("debut_centre").first_day == date(2026, 2, 11)


def test_a_reason_says_what_was_asked_and_what_was_stated(ask: Callable[..., Match]) -> None:
    match = ask("debut_centre", {"project.launch_area_m2": "499.99"})
    against = next(because for because in match.because if because.met is False)
    assert against.text.zh == "首发空间面积不低于500平方米(填报:499.99平方米)"
    assert against.text.en == "launch space: at least 500 m² (stated: 499.99 m²)"
    unknown = ask("debut_centre", {"project.launch_area_m2": None})
    assert "首发空间面积不低于500平方米(尚未填报)" in [because.text.zh for because in unknown.because]


def test_steps_lead_to_the_value(ask: Callable[..., Match]) -> None:
    match = ask("mixed_scene", {"project.audited_investment": "40000000.03"})
    assert match.value == 2_000_000_000
    assert [step.zh for step in match.steps] == [
        "审定实际投资额40,000,000.03元 × 50% = 20,000,000.01元(不足一分舍去)",
        "超过上限,按上限20,000,000.00元",
    ]
    added = ask("energy-8", {"project.recognitions": ["zone", "state"]})
    assert [step.en for step in added.steps] == [
        "Zone level: 500,000.00 yuan",
        "state level: 500,000.00 yuan",
        "together 1,000,000.00 yuan",
        "within the limit of 1,500,000.00 yuan",
    ]


def test_measures_without_a_figure_are_matched_and_promise_nothing(ask: Callable[..., Match]) -> None:
    for code, promise in (("auto-3", "unset"), ("auto-6", "none"), ("synbio-12", "none")):
        match = ask(code)
        assert (match.status, match.value, match.steps, match.measure.promise) == ("eligible", None, (), promise)
