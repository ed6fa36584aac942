"""The rules in columns against the standard written out a second time, row by row, in plain Python and fractions.

The numbers stand here as the standard prints them, and are not read from the file of the standard.
"""

import calendar
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, given, settings
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


DAY = [date(2025, 12, 20) + timedelta(days=number) for number in range(200)]  # some days on either side of the cycle
LIMITS = [date(2025, 12, 31), FIRST, LAST, date(2026, 7, 1), date(2026, 3, 31), date(2026, 4, 1)]
WORDS: dict[str, list[str | None]] = {
    **{code: list(levels) for code, levels in MATTERS.items()},
    "community_fault": list(FAULTS),
    "honor": list(HONOR),
    "party_honor": ["district", "municipal"],
    "party_member": ["0", "1", "2"],
    "community": [str(score) for score in range(1, 11)],
    **{code: [None] for code in ("media", "disclosure", "party_cross", "model_home", "skill_award", "revenue_account")},
}
CODES = [*WORDS, *["staff", "fee", "community"] * 4, *["community_fault"] * 16]


def make_city(seed: int, size: int) -> City:
    """A city in which everything happens often, and often at a limit; `size` enterprises."""
    chance = Random(seed)
    usccs = [f"E{number:02}" for number in range(size)]
    ids = [f"P{number:02}" for number in range(2 * size)]
    enterprises = [
        {
            "uscc": uscc,
            "credit": f"{chance.randint(0, 1_000_000) / 10_000:.4f}",
            "party_org": chance.choice([None, "joint_branch", "branch", "general_branch", "committee"]),
            "association": chance.choice([None, "city", "district", "both"]),
        }
        for uscc in usccs
    ]
    projects = [spell for project in ids for spell in _spells(chance, project, usccs)]
    ranked = chance.sample(MONTHS, 2)
    complaints = [
        {
            "project_id": project,
            "month": f"{last:%Y-%m}",
            "count": chance.choice([0, 0, 1, 2, 2, 3]),
            "rank": chance.choice([1, 10, 11, 50, 51, 100, 101]) if last in ranked else None,
        }
        for last in chance.sample([date(2025, 12, 31), *MONTHS], 5)
        for project in chance.sample(ids, len(ids) * 3 // 4)
    ]
    facts = [_fact(chance, projects) | {"fact_id": f"F{number:04}"} for number in range(40 * size)]
    return {"enterprises": enterprises, "projects": projects, "complaints": complaints, "facts": facts}


def _spells(chance: Random, project: str, usccs: Sequence[str]) -> list[dict[str, Any]]:
    """One to three spells of a project, one after another; the last one often has no end."""
    limits = sorted(chance.sample(DAY, 2 * chance.randint(1, 3)))
    rows = [
        {
            "project_id": project,
            "uscc": chance.choice(usccs),
            "filing": chance.choice(["contract", "collected"]),
            "area_m2": str(chance.choice([99_999, 100_000, 200_000, 500_001, 5_000_000])),
            "filed_on": chance.choice([begin, chance.choice(DAY)]),
            "managed_from": begin,
            "managed_until": end,
            "delivered_on": chance.choice([None, date(2000, 12, 31), date(2001, 1, 1)]),
        }
        for begin, end in zip(limits[::2], limits[1::2], strict=True)
    ]
    if chance.random() < 0.6:
        rows[-1]["managed_until"] = None
    return rows


def _fact(chance: Random, projects: Sequence[Row]) -> dict[str, Any]:
    """A fact of an enterprise about a project that it managed at some time."""
    spell, code = chance.choice(projects), chance.choice(CODES)
    row = {
        "indicator": code,
        "uscc": spell["uscc"],
        "project_id": spell["project_id"],
        "occurred_on": chance.choice([chance.choice(DAY), chance.choice(LIMITS)]),
        "case_no": chance.choice([None, "示例1号", "示例2号"]),
        "value": None,
        "reference": None,
    }
    if code == "staff":
        return row | {"value": str(chance.randint(0, 10)), "reference": "10"}
    if code == "fee":
        return row | {"value": chance.choice(["1", "2.01"]), "reference": chance.choice(["2", "2.01"])}
    return row | {"value": chance.choice(WORDS[code])}


cities = st.builds(make_city, seed=st.integers(0, 2**32), size=st.integers(1, 12))
few = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@pytest.fixture(scope="session")
def run(standard: Standard, make_tables: Callable[..., RatingTables]) -> Callable[[City], Rating]:
    return lambda city: rate(make_tables(**city), standard, Cycle(2026, 1))


@few
@given(city=cities)
def test_scores_are_those_of_the_oracle(run: Callable[[City], Rating], city: City) -> None:
    oracles = {row["uscc"]: Oracle(city, row["uscc"]) for row in city["enterprises"]}
    expected = {uscc: rounded(oracle.score()) for uscc, oracle in oracles.items() if oracle.managed}
    scores = run(city).scores
    assert dict(zip(scores["uscc"].to_list(), scores["score"].to_list(), strict=True)) == expected


@few
@given(city=cities, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(run: Callable[[City], Rating], city: City, seed: Any) -> None:
    shuffled = {name: seed.sample(rows, len(rows)) for name, rows in city.items()}
    one, two = run(city), run(shuffled)
    assert one.scores.equals(two.scores)
    assert one.ledger.equals(two.ledger)
    assert one.ledger_facts.equals(two.ledger_facts)


@few
@given(city=cities)
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
@given(city=cities)
def test_ranks_follow_scores_and_grades_partition_everybody(run: Callable[[City], Rating], city: City) -> None:
    scores = run(city).scores
    values, taking_part = scores["score"].to_list(), scores.height
    for row in scores.iter_rows(named=True):
        assert row["rank"] == 1 + sum(other > row["score"] for other in values)
        share = Fraction(row["rank"], taking_part)
        limits = [("A", Fraction(1, 10)), ("B", Fraction(1, 2)), ("C", Fraction(9, 10)), ("D", Fraction(1))]
        assert row["grade"] == next(grade for grade, limit in limits if share <= limit)


@few
@given(city=cities, data=st.data())
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
    city=cities,
    indicator=st.sampled_from(sorted(WORDS)),
    day=st.sampled_from([date(2025, 12, 31), date(2026, 7, 1)]),
)
def test_a_fact_outside_the_cycle_changes_nothing(
    run: Callable[[City], Rating], city: City, indicator: str, day: date
) -> None:
    spell = city["projects"][0]
    value = WORDS[indicator][-1]
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
