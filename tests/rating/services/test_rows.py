"""Rows come in by file, by push and by hand: all problems at once, nothing half-stored, twice is once."""

from typing import Any

import pytest
from tests.rating.small_cycle import (
    CLOSING,
    COLLECTING,
    FOUR,
    ONE,
    TWO,
    SmallCity,
    complaints,
    enterprises,
    everything,
    facts,
    projects,
)  # fmt: skip

from gongbao.archive.selectors import dossier_entries
from gongbao.cases.models import Notice
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Client
from gongbao.organisations.services.tree import competence_set
from gongbao.rating.models import Enterprise, Fact, RatingCycle, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.gather import tables_of
from gongbao.rating.selectors.rows import fact_versions
from gongbao.rating.services.rows import fact_correct, fact_end, fact_enter, file_import, file_preview, rows_push
from gongbao.web.errors import NotAllowed


def take(small: SmallCity, **tables: list[dict[str, str]]) -> Any:
    return file_import(cycle=small.cycle, source=small.file(**tables), actor=small.actor("officer"), now=COLLECTING)


def test_the_same_file_again_changes_nothing(small: SmallCity) -> None:
    seen = everything()
    assert take(small, enterprises=enterprises(), projects=projects(), complaints=complaints(), facts=facts()) is None
    assert everything() == seen


def test_one_table_comes_in_alone_and_only_what_differs_is_new(small: SmallCity) -> None:
    rows = enterprises()
    rows[0]["credit_score"] = "91.25"
    source = small.file(enterprises=rows)
    assert file_preview(cycle=small.cycle, source=source) == {"enterprises": (0, 1, 3)}
    assert take(small, enterprises=rows).counts == {"enterprises": 1}
    versions = Enterprise.objects.filter(uscc=ONE).order_by("pk").values_list("credit", "ended__pk")
    delivery = small.cycle.deliveries.first()
    assert list(versions) == [(900000, delivery.pk), (912500, None)]


def test_a_file_with_errors_is_told_with_every_problem_by_row_and_leaves_nothing(small: SmallCity) -> None:
    wrong = [*facts(fact_id="F2", value="often", project_id="P9"), *facts(fact_id="F3", occurred_on="2026-02-30")]
    seen = everything()
    with pytest.raises(BadInput) as caught:
        take(small, facts=wrong, complaints=complaints("2026-13"))
    told = {(problem.table, problem.row, problem.column) for problem in caught.value.problems}
    assert told == {
        ("facts", 2, "project_id"), ("facts", 2, "value"), ("facts", 3, "occurred_on"), ("complaints", 2, "month"),
    }  # fmt: skip
    assert everything() == seen


def test_what_comes_in_must_fit_what_is_on_file(small: SmallCity) -> None:
    overlapping = [{**projects()[0], "uscc": TWO, "managed_from": "2026-02-01"}]
    seen = everything()
    with pytest.raises(BadInput) as caught:
        take(small, projects=overlapping)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [(2, "managed_from")]
    assert everything() == seen


def test_rows_stay_readable_as_they_were_at_any_delivery(small: SmallCity) -> None:
    before = small.cycle.deliveries.first()
    take(small, facts=facts(occurred_on="2026-04-01"))
    assert str(tables_of(small.cycle, seen=before).facts["occurred_on"][0]) == "2026-03-02"
    assert str(tables_of(small.cycle).facts["occurred_on"][0]) == "2026-04-01"


def test_a_file_after_closing_is_a_correction_and_needs_its_reason(small: SmallCity) -> None:
    small.close()
    seen = everything()
    with pytest.raises(BadInput) as refused:
        take(small, complaints=complaints("2026-02"))
    assert [problem.column for problem in refused.value.problems] == ["because"]
    assert everything() == seen


def test_credit_and_counts_are_mended_for_an_upheld_objection_and_only_those_concerned_are_told(
    small: SmallCity,
) -> None:
    small.release()
    source = small.file(enterprises=[{**enterprises()[0], "credit_score": "95"}], complaints=complaints("2026-02"))
    officer = small.actor("officer", CLOSING)
    delivery = file_import(cycle=small.fresh(), source=source, actor=officer, now=CLOSING, because="异议成立")
    assert delivery is not None
    assert (delivery.how, delivery.counts) == ("correction", {"enterprises": 1, "complaints": 1})
    told = Notice.objects.filter(title__contains="已更正")
    assert [(notice.person.username, "异议成立" in notice.todo) for notice in told] == [("clerk", True)]
    assert dossier_entries(f"enterprise/{ONE}").last().kind == "rating.delivered"


@pytest.mark.parametrize("state", [State.FINAL, State.PUBLISHED, State.ARCHIVED])
def test_nothing_comes_in_once_the_result_is_final(small: SmallCity, state: State) -> None:
    RatingCycle.objects.update(state=state)
    seen = everything()
    with pytest.raises(MoveRefused):
        take(small, complaints=complaints("2026-02"))
    assert everything() == seen


def test_only_the_commission_imports(small: SmallCity) -> None:
    with pytest.raises(NotAllowed):
        file_import(cycle=small.cycle, source=small.file(facts=facts()), actor=small.actor("reviewer"), now=COLLECTING)


# --- connected systems ------------------------------------------------------------------------------------------------


def client(small: SmallCity, code: str) -> Client:
    return Client.objects.create(
        name=code, organisation=small.organisations[code], scopes="", token_hash=code, issued_at=COLLECTING
    )


def push(small: SmallCity, code: str, source: str, *rows: dict[str, str]) -> Any:
    return rows_push(cycle=small.cycle, source=source, rows=rows, client=client(small, code), now=COLLECTING)


def test_an_authority_hands_in_the_orders_that_the_standard_takes_from_it(small: SmallCity) -> None:
    row = facts(fact_id="1", indicator="handover", value="ordered", document_no="示例责改〔2026〕2号")[0]
    made = push(small, "bureau", "enforcement", row)
    fact = Fact.objects.get(fact_id="bureau/1")
    assert (made.source, made.client.name, fact.level, fact.delivery) == ("enforcement", "bureau", "ordered", made)
    again = Client.objects.get(name="bureau")
    assert rows_push(cycle=small.cycle, source="enforcement", rows=[row], client=again, now=COLLECTING) is None


def test_an_order_of_another_authority_is_refused_and_named(small: SmallCity) -> None:
    row = facts(fact_id="1", indicator="handover", value="ordered")[0]
    seen = everything()
    with pytest.raises(BadInput) as caught:
        push(small, "police", "enforcement", row)
    assert "住建房管部门" in caught.value.problems[0].expected
    assert everything() == seen
    competence_set(
        matter="enforcement.housing", place=small.organisations["bureau"].parent,
        authority=small.organisations["police"], first_day=COLLECTING.date(), now=COLLECTING,
    )  # fmt: skip
    police = Client.objects.get(name="police")
    assert rows_push(cycle=small.cycle, source="enforcement", rows=[row], client=police, now=COLLECTING)


def test_an_order_does_not_become_a_bonus(small: SmallCity) -> None:
    with pytest.raises(BadInput):
        push(small, "bureau", "enforcement", facts(fact_id="1", indicator="media")[0])


def test_credit_results_stand_beside_what_is_on_file(small: SmallCity) -> None:
    assert push(small, "police", "economy", {"uscc": FOUR, "credit_score": "66.5"}).counts == {"enterprises": 1}
    row = Enterprise.objects.get(uscc=FOUR, ended=None)
    assert (row.credit, row.name) == (665000, "丁物业")


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ("economy", {"uscc": "91110102XX0000099X", "credit_score": "1"}),
        ("economy", {"uscc": ONE, "credit_score": "101"}),
        ("economy", {"uscc": ONE, "name": "x"}),
        ("hotline", {"project_id": "P9", "month": "2026-02", "count": "1"}),
        ("hotline", {"project_id": "P1", "month": "2026-02", "count": "-1"}),
    ],
)
def test_a_push_that_is_wrong_leaves_nothing(small: SmallCity, source: str, row: dict[str, str]) -> None:
    client(small, "bureau")
    seen = everything()
    with pytest.raises(BadInput):
        rows_push(cycle=small.cycle, source=source, rows=[row], client=Client.objects.get(), now=COLLECTING)
    assert everything() == seen


def test_complaints_of_a_month_come_in(small: SmallCity) -> None:
    made = push(small, "police", "hotline", {"project_id": "P1", "month": "2026-02", "count": "3"})
    assert made.counts == {"complaints": 1}
    entry = dossier_entries(f"enterprise/{ONE}").last()
    assert entry.content["data"]["rows"]["complaints"] == [{"project_id": "P1", "month": 202602, "count": 3}]


# --- single facts -----------------------------------------------------------------------------------------------------


def test_a_corrected_fact_keeps_its_owner_and_its_old_version(small: SmallCity) -> None:
    fact = Fact.objects.get()
    made = fact_correct(
        fact=fact, changes={"occurred_on": "2026-03-03"}, because="文书日期抄录有误",
        actor=small.actor("officer"), now=COLLECTING,
    )  # fmt: skip
    versions = list(fact_versions(small.cycle, "F1"))
    assert [str(version.occurred_on) for version in versions] == ["2026-03-03", "2026-03-02"]
    assert versions[1].ended == made.delivery and made.delivery.because == "文书日期抄录有误"
    (told,) = Notice.objects.all()  # the enterprise is heard
    assert told.person == small.people["clerk"] and "文书日期抄录有误" in told.todo
    seen = everything()
    with pytest.raises(Stale):
        fact_end(fact=fact, because="已撤销", actor=small.actor("officer"), now=COLLECTING)
    assert everything() == seen


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"uscc": TWO}, "x"),
        ({"indicator": "media"}, "x"),
        ({"value": "often"}, "x"),
        ({"document_no": ""}, "x"),
        ({}, " "),
    ],
)
def test_a_correction_that_is_wrong_changes_nothing(small: SmallCity, changes: dict[str, str], because: str) -> None:
    seen = everything()
    with pytest.raises(BadInput):
        fact_correct(
            fact=Fact.objects.get(), changes=changes, because=because, actor=small.actor("officer"), now=COLLECTING
        )
    assert everything() == seen


def test_a_fact_is_corrected_by_its_owner_and_not_by_others(small: SmallCity) -> None:
    push(small, "bureau", "enforcement", facts(fact_id="1", indicator="handover", value="ordered")[0])
    fact = Fact.objects.get(fact_id="bureau/1")
    for name in ("stranger", "clerk", "signer"):
        with pytest.raises(NotAllowed):
            fact_end(fact=fact, because="x", actor=small.actor(name), now=COLLECTING)
    fact_end(fact=fact, because="决定已撤销", actor=small.actor("reviewer"), now=COLLECTING)
    assert fact_versions(small.cycle, "bureau/1").get().ended is not None


def test_an_authority_enters_a_decision_by_hand(small: SmallCity) -> None:
    row = {
        "indicator": "safety",
        "uscc": ONE,
        "occurred_on": "2026-03-04",
        "value": "ordered",
        "document_no": "示例1号",
    }
    with pytest.raises(BadInput):  # an unknown office is no authority
        fact_enter(cycle=small.cycle, row=row, actor=small.actor("enforcer"), now=COLLECTING)
    competence_set(
        matter="enforcement.urban_management", place=small.organisations["bureau"].parent,
        authority=small.organisations["police"], first_day=COLLECTING.date(), now=COLLECTING,
    )  # fmt: skip
    fact = fact_enter(cycle=small.cycle, row=row, actor=small.actor("enforcer"), now=COLLECTING)
    assert (fact.fact_id, fact.delivery.organisation.code) == ("police/H2", "police")
    with pytest.raises(NotAllowed):
        fact_enter(cycle=small.cycle, row=row, actor=small.actor("clerk"), now=COLLECTING)


def test_facts_are_mended_until_the_result_is_final(small: SmallCity) -> None:
    small.release()
    fact_end(fact=Fact.objects.get(), because="已撤销", actor=small.actor("officer", CLOSING), now=CLOSING)
    small.cycle.__class__.objects.update(state=State.FINAL)
    with pytest.raises(MoveRefused):
        fact_end(fact=Fact.objects.get(), because="x", actor=small.actor("officer", CLOSING), now=CLOSING)
