"""Whole results worked out by hand, with the working beside them."""

from collections.abc import Callable

import pytest

from gongbao.kernel.cycles import Cycle
from gongbao.rating.rules.engine import Rating, rate
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.rules.world import City
from gongbao.rating.tables.schema import RatingTables
from gongbao.rating.tables.standards import standard_text

H1 = Cycle(2026, 1)
MakeTables = Callable[..., RatingTables]


def scores(result: Rating) -> dict[str, tuple[int, int, str]]:
    return {row["uscc"]: (row["rank"], row["score"], row["grade"]) for row in result.scores.iter_rows(named=True)}


def score(result: Rating, uscc: str) -> int:
    return scores(result)[uscc][1]


def test_a_project_that_changes_hands_in_the_cycle_is_shared_by_both(
    make_tables: MakeTables, standard: Standard
) -> None:
    tables = make_tables(
        enterprises=[{"uscc": "E1", "credit": 80}, {"uscc": "E2", "credit": 60}],
        projects=[
            {"project_id": "P1", "uscc": "E1", "managed_until": "2026-03-15"},
            {"project_id": "P1", "uscc": "E2", "managed_from": "2026-03-16", "filed_on": "2026-03-16"},
            {"project_id": "P2", "uscc": "E1"},
        ],
        complaints=[
            {"project_id": project, "month": f"2026-{month:02}", "count": 0}
            for project in ("P1", "P2")
            for month in range(1, 7)
        ],
        facts=[{"indicator": "media", "uscc": "E2", "project_id": "P1", "occurred_on": "2026-01-10"}],
    )
    result = rate(tables, standard, H1)
    # E1: 80 × 50 % + 5 (scale) = 45; P1 two quiet months (January, February) = 4, P2 six = 12: (4 + 12) ÷ 2 = 8
    # E2: 60 × 50 % + 5 (scale) + 1 (new filing) = 36; P1 four quiet months = 8, media 3 (on whatever day of the cycle)
    assert scores(result) == {"E1": (1, 530000, "B"), "E2": (2, 470000, "D")}


def test_a_month_that_was_not_delivered_gives_nobody_anything(make_tables: MakeTables, standard: Standard) -> None:
    complaints = [{"project_id": "P1", "month": f"2026-{month:02}", "count": 0} for month in (1, 2, 4, 5, 6)]
    tables = make_tables(
        enterprises=[{"uscc": "E1", "credit": 80}], projects=[{"project_id": "P1"}], complaints=complaints
    )
    # 40 + 5 + 5 months × 2: March is missing
    assert score(rate(tables, standard, H1), "E1") == 550000


def test_one_case_number_in_several_indicators_is_one_matter_in_each_of_them(
    make_tables: MakeTables, standard: Standard
) -> None:
    facts = [
        {"indicator": "handover", "value": "ordered", "case_no": "示例1号"},
        {"indicator": "handover", "value": "penalised", "case_no": "示例1号", "occurred_on": "2026-05-01"},
        {"indicator": "refuse_exit", "value": "ordered", "case_no": "示例1号"},
        {"indicator": "other_penalty", "case_no": "示例1号"},
        {"indicator": "other_penalty", "case_no": "示例2号"},
    ]
    tables = make_tables(enterprises=[{"uscc": "E1", "credit": 80}], facts=facts)
    # 45 − 10 (handover, the heavier) − 10 (refuse_exit) − 2 (the other penalty of another matter)
    assert score(rate(tables, standard, H1), "E1") == 230000


def test_a_renewal_leaves_an_enterprise_where_it_was(make_tables: MakeTables, standard: Standard) -> None:
    before = {"project_id": "P1", "delivered_on": "1995-01-01"}
    renewal = before | {"managed_from": "2026-04-01", "filed_on": "2026-04-01"}
    one = make_tables(enterprises=[{"uscc": "E1", "credit": 80}], projects=[before])
    two = make_tables(
        enterprises=[{"uscc": "E1", "credit": 80}], projects=[before | {"managed_until": "2026-03-31"}, renewal]
    )
    assert scores(rate(one, standard, H1)) == scores(rate(two, standard, H1)) == {"E1": (1, 450000, "D")}


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("0.0001", -20000),  # 0.00005 − 2 − 5 + 5 = −1.99995: half away from zero is −2.0000
        ("0.0003", -19999),  # 0.00015: −1.99985 is −1.9999
        ("0.0002", -19999),  # 0.0001: −1.9999 exactly
    ],
)
def test_a_negative_score_that_ends_in_five_at_the_fifth_decimal_goes_away_from_zero(
    make_tables: MakeTables, standard: Standard, credit: str, expected: int
) -> None:
    facts = [{"indicator": "waste"}, {"indicator": "exit_notice_90"}]
    tables = make_tables(enterprises=[{"uscc": "E1", "credit": credit}], facts=facts)
    assert score(rate(tables, standard, H1), "E1") == expected


def test_a_positive_half_goes_up(make_tables: MakeTables, standard: Standard) -> None:
    tables = make_tables(enterprises=[{"uscc": "E1", "credit": "0.0001"}])
    assert score(rate(tables, standard, H1), "E1") == 50001


def test_thirds_are_rounded_once_at_the_end(make_tables: MakeTables, standard: Standard) -> None:
    projects = [{"project_id": f"P{number}"} for number in range(3)]
    facts = [{"indicator": "disclosure", "project_id": f"P{number}"} for number in range(2)]
    result = rate(make_tables(projects=projects, facts=facts), standard, H1)
    # 5 + 4 ÷ 3 = 6.33333… ; each line alone is 0.666667 for reading
    assert score(result, "E1") == 63333
    assert result.ledger.filter(result.ledger["indicator"] == "disclosure")["contribution"].to_list() == [666667] * 2


def test_grades_are_cut_at_the_shares_printed_ties_taking_the_better_rank(
    make_tables: MakeTables, standard: Standard
) -> None:
    credits = [100, 90, 90, 80, 70, 60, 60, 50, 40, 30]
    tables = make_tables(
        enterprises=[{"uscc": f"E{place}", "credit": credit} for place, credit in enumerate(credits)],
        projects=[{"project_id": f"P{place}", "uscc": f"E{place}"} for place in range(10)],
    )
    ranked = [(rank, grade) for rank, _, grade in scores(rate(tables, standard, H1)).values()]
    ranks = [1, 2, 2, 4, 5, 6, 6, 8, 9, 10]
    assert ranked == list(zip(ranks, "ABBBBCCCCD", strict=True))


def test_a_single_enterprise_is_d_as_printed(make_tables: MakeTables, standard: Standard) -> None:
    assert scores(rate(make_tables(), standard, H1)) == {"E1": (1, 50000, "D")}


def test_nobody_takes_part_where_nobody_manages_anything(make_tables: MakeTables, standard: Standard) -> None:
    tables = make_tables(projects=[{"project_id": "P1", "managed_until": "2025-12-31"}])
    result = rate(tables, standard, H1)
    assert result.scores.is_empty()
    assert result.ledger.is_empty()
    assert result.ledger_facts.is_empty()


def test_one_enterprise_alone_scores_as_among_all_when_the_city_is_handed_in(
    make_tables: MakeTables, standard: Standard
) -> None:
    crowd = [{"project_id": f"X{number:03}", "month": "2026-01", "count": 9} for number in range(30)]
    own = {"project_id": "P1", "month": "2026-01", "count": 5}
    everybody = make_tables(
        enterprises=[{"uscc": "E1", "credit": 80}, {"uscc": "X"}],
        projects=[{"project_id": "P1"}, *({"project_id": row["project_id"], "uscc": "X"} for row in crowd)],
        complaints=[own, {"project_id": "P1", "month": "2026-02", "count": 0}, *crowd],
    )
    alone = make_tables(enterprises=[{"uscc": "E1", "credit": 80}], complaints=[own])
    city = City.of(everybody.complaints, H1)
    # 45, rank 31 in January −3, quiet in February, which its own rows do not show to be delivered, +2
    assert score(rate(everybody, standard, H1), "E1") == 440000
    assert score(rate(alone, standard, H1, city=city), "E1") == 440000


def test_a_credit_grade_goes_through_the_table_of_the_standard(make_tables: MakeTables) -> None:
    text = standard_text().replace("[credit_grades]", '[credit_grades]\nexcellent = "95"\n', 1)
    tables = make_tables(enterprises=[{"uscc": "E1", "credit_grade": "excellent"}])
    result = rate(tables, load_standard(text), H1)
    assert score(result, "E1") == 525000
    assert result.ledger_facts["fact"].to_list()[0] == "enterprises/credit_grade"


def test_a_cap_on_credit_gives_back_what_goes_beyond_it(make_tables: MakeTables) -> None:
    text = standard_text().replace("cap = 50", "cap = 30")
    result = rate(make_tables(enterprises=[{"uscc": "E1", "credit": 80}]), load_standard(text), H1)
    lines = result.ledger.filter(result.ledger["indicator"] == "credit").select("level", "points").rows()
    assert lines == [("", 40_000_000), ("cap", -10_000_000)]
    assert score(result, "E1") == 350000


def test_the_worse_rank_for_ties_is_a_setting_of_the_standard(make_tables: MakeTables) -> None:
    text = standard_text().replace('ties = "better"', 'ties = "worse"')
    tables = make_tables(
        enterprises=[{"uscc": "E1"}, {"uscc": "E2"}],
        projects=[{"project_id": "P1"}, {"project_id": "P2", "uscc": "E2"}],
    )
    assert [rank for rank, _, _ in scores(rate(tables, load_standard(text), H1)).values()] == [2, 2]
