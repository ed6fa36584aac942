"""The rules in columns against the standard written out a second time, row by row, in plain Python and fractions.

The numbers stand here as the standard prints them, and are not read from the file of the standard.
"""

import calendar
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.rules.standard import Standard
from gongbao.rating.tables.schema import RatingTables

Row = Mapping[str, Any]
City = Mapping[str, list[dict[str, Any]]]
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
MONTHS = [date(2026, month, calendar.monthrange(2026, month)[1]) for month in range(1, 7)]
MATTERS = {
    "exit_notice_90": {None: 5},
    "exit_notice_60": {None: 5},
    "handover": {"ordered": 5, "penalised": 10},
    "refuse_exit": {"ordered": 10, "penalised": 15},
    "repair_fund": {"ordered": 5, "penalised": 10},
    "safety": {"ordered": 3, "penalised": 5, "accident": 10},
    "contract_filing": {"ordered": 3, "warned": 3, "fined": 5},
    "report_in": {"ordered": 3, "fined": 5},
    "disclosure_fault": {"ordered": 2, "warned": 2, "fined": 5},
    "archives_fault": {"ordered": 3, "fined": 5},
    "article_65": {"ordered": 3, "warned": 5, "fined": 5},
    "public_revenue": {"ordered": 3, "fined": 5},
    "common_parts": {"ordered": 3, "warned": 5, "fined": 5},
    "waste": {None: 2},
    "other_penalty": {None: 2},
}
FAULTS = {
    "no_mediation": 2,
    "obstruct_assembly": 3,
    "cut_utilities": 3,
    "refuse_charging": 2,
    "no_hearing": 1,
    "refuse_guidance": 2,
}
ONCE = {"media": 3, "disclosure": 2, "party_cross": 2}
HONOR = {"district": 2, "municipal": 3}


def covers(spell: Row, day: date) -> bool:
    return spell["managed_from"] <= day and (spell["managed_until"] is None or spell["managed_until"] >= day)


def in_cycle(fact: Row) -> bool:
    return FIRST <= fact["occurred_on"] <= LAST


class Oracle:
    """One enterprise, row by row."""

    def __init__(self, city: City, uscc: str) -> None:
        self.city, self.uscc = city, uscc
        self.enterprise = next(row for row in city["enterprises"] if row["uscc"] == uscc)
        self.spells = [row for row in city["projects"] if row["uscc"] == uscc]
        inside = [
            s
            for s in self.spells
            if s["managed_from"] <= LAST and (s["managed_until"] is None or s["managed_until"] >= FIRST)
        ]
        self.managed = {s["project_id"]: s for s in sorted(inside, key=lambda s: s["managed_from"])}
        self.facts = [row for row in city["facts"] if row["uscc"] == uscc]

    def of(self, indicator: str, project: str | None = None) -> list[Row]:
        facts = [f for f in self.facts if f["indicator"] == indicator and in_cycle(f)]
        return [f for f in facts if project is None or f["project_id"] == project]

    def score(self) -> Fraction:
        shared = sum((self.project(project) for project in self.managed), Fraction(0))
        return self.own() + shared / len(self.managed)

    def own(self) -> Fraction:
        return self.base() + self.bonus() - self.deduction()

    def base(self) -> Fraction:
        area = sum(
            (Fraction(s["area_m2"]) / (1 if s["filing"] == "contract" else 2) for s in self.managed.values()),
            Fraction(0),
        )
        limits = [(10, 5), (50, 8), (100, 12), (500, 15), (1000, 18)]
        scale = next((points for limit, points in limits if area <= limit * 10_000), 20)
        party = {None: 0, "joint_branch": 2, "branch": 6, "general_branch": 8, "committee": 10}
        return Fraction(self.enterprise["credit"]) / 2 + scale + party[self.enterprise["party_org"]]

    def bonus(self) -> Fraction:
        points = {None: 0, "city": 2, "district": 2, "both": 5}[self.enterprise["association"]]
        for project in {s["project_id"] for s in self.spells}:
            rows = sorted((s for s in self.spells if s["project_id"] == project), key=lambda s: s["managed_from"])
            if FIRST <= min(s["filed_on"] for s in rows) <= LAST:
                points += 1
            first = rows[0]
            days = FIRST <= first["managed_from"] <= LAST and FIRST <= first["filed_on"] <= LAST
            old = first["delivered_on"] is not None and first["delivered_on"] <= date(2000, 12, 31)
            if days and old and first["filing"] == "contract":
                points += 5
        if any(fact["project_id"] in self.managed for fact in self.of("model_home")):
            points += 6
        if self.of("skill_award"):
            points += 2
        points += max(({"district": 3, "municipal": 5}[f["value"]] for f in self.of("party_honor")), default=0)
        return Fraction(points)

    def deduction(self) -> Fraction:
        cases: dict[tuple[str, str], int] = defaultdict(int)
        total = 0
        for indicator, levels in MATTERS.items():
            for fact in self.of(indicator):
                if fact["case_no"] is None:
                    total += levels[fact["value"]]
                else:
                    at = indicator, fact["case_no"]
                    cases[at] = max(cases[at], levels[fact["value"]])
        borne = {case for indicator, case in cases if indicator != "other_penalty"}
        borne |= {fact["case_no"] for fact in self.of("revenue_account")}
        total += sum(
            points for (indicator, case), points in cases.items() if indicator != "other_penalty" or case not in borne
        )
        total += 3 * len({fact["project_id"] for fact in self.of("revenue_account")})
        return Fraction(total)

    def project(self, project: str) -> Fraction:
        points = max((HONOR[f["value"]] for f in self.of("honor", project)), default=0)
        points += sum(worth for indicator, worth in ONCE.items() if self.of(indicator, project))
        if any(int(fact["value"]) >= 1 for fact in self.of("party_member", project)):
            points += 2
        if staff := self.latest(self.of("staff", project)):
            share = Fraction(staff["value"]) / Fraction(staff["reference"])
            points += 3 if share >= Fraction(60, 100) else 2 if share >= Fraction(30, 100) else 0
        forms = [f for f in self.facts if f["indicator"] == "fee" and f["project_id"] == project]
        form = self.latest([f for f in forms if date(2026, 1, 1) <= f["occurred_on"] <= date(2026, 3, 31)])
        if form and Fraction(form["value"]) >= Fraction(form["reference"]):
            points += 2
        if sheet := self.latest(self.of("community", project)):
            points += int(sheet["value"])
        points += self.months(project)
        faults = sum(FAULTS[level] for level in {f["value"] for f in self.of("community_fault", project)})
        return Fraction(points - min(10, faults))

    @staticmethod
    def latest(facts: Sequence[Row]) -> Row | None:
        return max(facts, key=lambda fact: (fact["occurred_on"], fact["fact_id"]), default=None)

    def months(self, project: str) -> int:
        points = 0
        for last in MONTHS:
            rows = [row for row in self.city["complaints"] if row["month"] == f"{last:%Y-%m}"]
            own = any(s["project_id"] == project and covers(s, last) for s in self.spells)
            if not rows or not own:
                continue
            mine = next((row for row in rows if row["project_id"] == project), None)
            if mine is None or mine["count"] == 0:
                points += 2
                continue
            rank = mine["rank"]
            if rank is None:
                rank = sum(1 for row in rows if row["count"] >= mine["count"])
            points -= 5 if rank <= 10 else 3 if rank <= 50 else 1 if rank <= 100 else 0
        return points


def rounded(value: Fraction) -> int:
    """In 10⁻⁴, halves away from zero."""
    size = math.floor(abs(value) * 10_000 + Fraction(1, 2))
    return -size if value < 0 else size


DAYS = st.dates(date(2025, 12, 20), date(2026, 7, 10))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{code: st.sampled_from(list(levels)) for code, levels in MATTERS.items()},
    "community_fault": st.sampled_from(list(FAULTS)),
    "honor": st.sampled_from(list(HONOR)),
    "party_honor": st.sampled_from(["district", "municipal"]),
    "party_member": st.integers(0, 2).map(str),
    "community": st.integers(1, 10).map(str),
    **dict.fromkeys(["media", "disclosure", "party_cross", "model_home", "skill_award", "revenue_account"], st.none()),
}


@st.composite
def cities(draw: st.DrawFn) -> City:
    """A small city in which everything happens often, and often at a limit."""
    usccs = [f"E{number}" for number in range(1, 1 + draw(st.integers(1, 4)))]
    ids = [f"P{number}" for number in range(1, 1 + draw(st.integers(1, 5)))]
    enterprises = [
        {
            "uscc": uscc,
            "credit": str(draw(st.decimals(0, 100, places=4))),
            "party_org": draw(st.sampled_from([None, "joint_branch", "branch", "general_branch", "committee"])),
            "association": draw(st.sampled_from([None, "city", "district", "both"])),
        }
        for uscc in usccs
    ]
    projects = [spell for project in ids for spell in draw(spells(project, usccs))]
    months = draw(st.lists(st.sampled_from(["2025-12", *(f"{m:%Y-%m}" for m in MONTHS)]), unique=True, max_size=4))
    ranked = draw(st.sets(st.sampled_from(["2026-01", "2026-02"])))
    complaints = [
        {
            "project_id": project,
            "month": month,
            "count": draw(st.integers(0, 3)),
            "rank": draw(st.sampled_from([1, 10, 11, 50, 51, 100, 101])) if month in ranked else None,
        }
        for month in months
        for project in draw(st.lists(st.sampled_from(ids), unique=True))
    ]
    facts = [draw(fact(projects)) | {"fact_id": f"F{number:02}"} for number in range(draw(st.integers(0, 25)))]
    return {"enterprises": enterprises, "projects": projects, "complaints": complaints, "facts": facts}


@st.composite
def spells(draw: st.DrawFn, project: str, usccs: Sequence[str]) -> list[dict[str, Any]]:
    """One to three spells of a project, one after another."""
    limits = sorted(draw(st.sets(DAYS, min_size=2, max_size=6)))
    limits = limits[: len(limits) // 2 * 2]
    rows = [
        {
            "project_id": project,
            "uscc": draw(st.sampled_from(usccs)),
            "filing": draw(st.sampled_from(["contract", "collected"])),
            "area_m2": str(draw(st.sampled_from([99_999, 100_000, 200_000, 500_001, 5_000_000]))),
            "filed_on": draw(DAYS),
            "managed_from": begin,
            "managed_until": end,
            "delivered_on": draw(st.sampled_from([None, date(2000, 12, 31), date(2001, 1, 1)])),
        }
        for begin, end in zip(limits[::2], limits[1::2], strict=True)
    ]
    if draw(st.booleans()):
        rows[-1]["managed_until"] = None
    return rows


@st.composite
def fact(draw: st.DrawFn, projects: Sequence[Row]) -> dict[str, Any]:
    """A fact of an enterprise about a project that it managed at some time."""
    spell = draw(st.sampled_from(projects))
    indicator = draw(st.sampled_from([*VALUES, "staff", "fee"]))
    row = {
        "indicator": indicator,
        "uscc": spell["uscc"],
        "project_id": spell["project_id"],
        "occurred_on": draw(DAYS | st.sampled_from([FIRST, LAST, date(2026, 3, 31), date(2026, 4, 1)])),
        "case_no": draw(st.sampled_from([None, "示例1号", "示例2号"])),
        "value": None,
        "reference": None,
    }
    if indicator == "staff":
        reference = draw(st.integers(1, 10))
        return row | {"value": str(draw(st.integers(0, reference))), "reference": str(reference)}
    if indicator == "fee":
        return row | {"value": draw(st.sampled_from(["1", "2.01"])), "reference": draw(st.sampled_from(["2", "2.01"]))}
    return row | {"value": draw(VALUES[indicator])}


few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="session")
def run(standard: Standard, make_tables: Callable[..., RatingTables]) -> Callable[[City], Rating]:
    return lambda city: rate(make_tables(**city), standard, Cycle(2026, 1))


@few
@given(city=cities())
def test_scores_are_those_of_the_oracle(run: Callable[[City], Rating], city: City) -> None:
    oracles = {row["uscc"]: Oracle(city, row["uscc"]) for row in city["enterprises"]}
    expected = {uscc: rounded(oracle.score()) for uscc, oracle in oracles.items() if oracle.managed}
    scores = run(city).scores
    assert dict(zip(scores["uscc"].to_list(), scores["score"].to_list(), strict=True)) == expected


@few
@given(city=cities(), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(run: Callable[[City], Rating], city: City, seed: Any) -> None:
    shuffled = {name: seed.sample(rows, len(rows)) for name, rows in city.items()}
    one, two = run(city), run(shuffled)
    assert one.scores.equals(two.scores)
    assert one.ledger.equals(two.ledger)
    assert one.ledger_facts.equals(two.ledger_facts)


@few
@given(city=cities())
def test_the_ledger_adds_up_to_the_scores_and_every_unit_has_a_witness(
    run: Callable[[City], Rating], city: City
) -> None:
    result = run(city)
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in result.ledger.iter_rows(named=True):
        sums[row["uscc"]] += Fraction(row["points"], row["n"] * 1_000_000)
    for row in result.scores.iter_rows(named=True):
        assert rounded(sums[row["uscc"]]) == row["score"]
    units = result.ledger.filter((pl.col("level") != "cap") & (pl.col("indicator") != "scale"))
    counted = dict(result.ledger_facts.group_by("line").len().iter_rows())
    assert {row["line"]: row["quantity"] for row in units.iter_rows(named=True)} == {
        line: counted[line] for line in units["line"].to_list()
    }


@few
@given(city=cities())
def test_ranks_follow_scores_and_grades_partition_everybody(run: Callable[[City], Rating], city: City) -> None:
    scores = run(city).scores
    values, taking_part = scores["score"].to_list(), scores.height
    for row in scores.iter_rows(named=True):
        assert row["rank"] == 1 + sum(other > row["score"] for other in values)
        share = Fraction(row["rank"], taking_part)
        limits = [("A", Fraction(1, 10)), ("B", Fraction(1, 2)), ("C", Fraction(9, 10)), ("D", Fraction(1))]
        assert row["grade"] == next(grade for grade, limit in limits if share <= limit)


@few
@given(city=cities(), data=st.data())
def test_a_complaint_more_never_helps_its_project(
    run: Callable[[City], Rating], city: City, data: st.DataObject
) -> None:
    own = [row for row in city["complaints"] if row["rank"] is None]
    if not own:
        return
    more = data.draw(st.sampled_from(own))
    worse = [row | {"count": row["count"] + 1} if row is more else row for row in city["complaints"]]
    before, after = (
        dict(result.scores.select("uscc", "score").iter_rows())
        for result in (run(city), run({**city, "complaints": worse}))
    )
    month = next((last for last in MONTHS if f"{last:%Y-%m}" == more["month"]), None)
    for spell in city["projects"]:
        if month and spell["project_id"] == more["project_id"] and covers(spell, month):
            others = [
                s for s in city["projects"] if s["uscc"] == spell["uscc"] and s["project_id"] != more["project_id"]
            ]
            if not others:
                assert after[spell["uscc"]] <= before[spell["uscc"]]


@few
@given(
    city=cities(),
    indicator=st.sampled_from(sorted(VALUES)),
    day=st.sampled_from([date(2025, 12, 31), date(2026, 7, 1)]),
)
def test_a_fact_outside_the_cycle_changes_nothing(
    run: Callable[[City], Rating], city: City, indicator: str, day: date
) -> None:
    spell = city["projects"][0]
    value = {"community": "10", "party_member": "3", "honor": "municipal", "party_honor": "municipal"}.get(indicator)
    if indicator in MATTERS:
        value = list(MATTERS[indicator])[-1]
    if indicator == "community_fault":
        value = "no_hearing"
    late = {
        "fact_id": "A",
        "indicator": indicator,
        "uscc": spell["uscc"],
        "project_id": spell["project_id"],
        "occurred_on": day,
        "value": value,
        "case_no": "示例1号",
    }
    one, two = run(city), run({**city, "facts": [*city["facts"], late]})
    assert one.scores.equals(two.scores)
    assert one.ledger.equals(two.ledger)
