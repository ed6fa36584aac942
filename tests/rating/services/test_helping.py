"""Associations help: asked by the city or a district, they report to whoever asked, and decide nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from tests.rating.small_cycle import COLLECTING, ONE, SmallCity, at, everything

from gongbao.archive.selectors import dossier_entries
from gongbao.cases.models import Notice
from gongbao.documents.access import refusal
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.services.tree import organisation_create
from gongbao.rating.models import Declaration, HelpTask, RatingCycle, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.helping import associations_for, tasks_about, tasks_seen, tasks_waiting
from gongbao.rating.services.declarations import declaration_make, declaration_pass
from gongbao.rating.services.helping import help_ask, help_report, help_withdraw
from gongbao.rating.services.verifications import verification_enter
from gongbao.web.errors import NotAllowed

TODAY = date(2026, 6, 20)


@pytest.fixture
def helped(small: SmallCity) -> SmallCity:
    """With an association of the city, one of the district, and one of another district."""
    for code, below in (("guild", "110000"), ("guild-here", "110102"), ("guild-there", "110101")):
        parent = Organisation.objects.get(code=below)
        made = organisation_create(code=code, kind="association", name=code, parent=parent, now=COLLECTING)
        person = Person.objects.create(username=f"{code}-helper", name=code)
        Membership.objects.create(person=person, organisation=made, role="helper", first_day=date(2026, 1, 1))
        small.organisations[code], small.people[f"{code}-helper"] = made, person
    return small


def claim(city: SmallCity) -> Declaration:
    return declaration_make(
        cycle=city.fresh(), uscc=ONE, indicator="media", project_id="P1", occurred_on=date(2026, 3, 1),
        proofs=[("报道.txt", "虚构".encode())], actor=city.actor("clerk"), now=COLLECTING,
    )  # fmt: skip


def ask(city: SmallCity, who: str = "reviewer", whom: str = "guild", **more: Any) -> HelpTask:
    given = {"asks": "请核对报道原文", "due": TODAY + timedelta(days=5)} | more
    return help_ask(
        cycle=city.fresh(), association=city.organisations[whom], actor=city.actor(who), now=COLLECTING, **given
    )


def test_a_district_asks_about_a_claim_and_reads_what_the_association_found(helped: SmallCity) -> None:
    declaration = claim(helped)
    proof = f"declaration/{declaration.pk}"
    assert refusal(helped.people["guild-helper"], proof) is not None
    task = ask(helped, declaration=declaration)
    assert refusal(helped.people["guild-helper"], proof) is None, "it reads the claim that it is to check"
    assert refusal(helped.people["guild-here-helper"], proof) is not None
    assert list(tasks_waiting(helped.cycle, helped.actor("guild-helper"))) == [task]
    made = help_report(
        task=task, version=0, found="原文属实", actor=helped.actor("guild-helper"), now=COLLECTING,
        files=[("剪报.txt", "剪报".encode())],
    )  # fmt: skip
    assert (made.state, made.found, made.by) == ("reported", "原文属实", helped.people["guild-helper"])
    assert [each.found for each in tasks_about(declaration)] == ["原文属实"]
    assert refusal(helped.people["reviewer"], made.belongs_to) is None
    assert refusal(helped.people["guild-here-helper"], made.belongs_to) is not None
    told = Notice.objects.filter(title__contains="协").values_list("person__username", flat=True)
    assert sorted(told) == ["guild-helper", "reviewer"]
    kinds = [entry.kind for entry in dossier_entries(f"enterprise/{ONE}")]
    assert kinds[-2:] == ["rating.help", "rating.help"]
    declaration.refresh_from_db()
    assert declaration.state == "declared", "nothing is decided by a report"


def test_an_association_decides_nothing(helped: SmallCity) -> None:
    declaration = claim(helped)
    ask(helped, declaration=declaration)
    helper, seen = helped.actor("guild-helper"), everything()
    with pytest.raises(Http404):
        declaration_pass(declaration=declaration, version=declaration.version, actor=helper, now=COLLECTING)
    with pytest.raises(NotAllowed):
        verification_enter(
            cycle=helped.cycle, indicator="disclosure", uscc=ONE, project_id="P1", counts=True,
            occurred_on=date(2026, 3, 1), actor=helper, now=COLLECTING,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        ask(helped, who="guild-helper")
    assert everything() == seen


@pytest.mark.parametrize("who", ["clerk", "signer", "drafter", "enforcer"])
def test_nobody_else_asks(helped: SmallCity, who: str) -> None:
    seen = everything()
    with pytest.raises(NotAllowed):
        ask(helped, who=who)
    assert everything() == seen


def test_a_district_asks_about_its_own_claims_alone(helped: SmallCity) -> None:
    declaration, seen = claim(helped), everything()
    with pytest.raises(NotAllowed):
        ask(helped, who="stranger", declaration=declaration)
    assert everything() == seen
    assert ask(helped, who="officer", declaration=declaration).office.code == "commission"


def test_the_city_asks_every_association_and_a_district_its_own_and_the_citys(helped: SmallCity) -> None:
    def offered(who: str) -> list[str]:
        return sorted(one.code for one in associations_for(helped.actor(who)))

    assert offered("officer") == ["guild", "guild-here", "guild-there"]
    assert offered("reviewer") == ["guild", "guild-here"]
    seen = everything()
    with pytest.raises(BadInput):
        ask(helped, whom="guild-there")
    assert everything() == seen


@pytest.mark.parametrize(("due", "taken"), [(TODAY - timedelta(days=1), False), (TODAY, True)])
def test_a_report_is_due_today_at_the_earliest(helped: SmallCity, due: date, taken: bool) -> None:
    if taken:
        assert ask(helped, due=due).due == due
        return
    seen = everything()
    with pytest.raises(BadInput):
        ask(helped, due=due)
    assert everything() == seen


def test_what_is_asked_and_what_is_found_must_be_said(helped: SmallCity) -> None:
    seen = everything()
    with pytest.raises(BadInput):
        ask(helped, asks=" ")
    assert everything() == seen
    task = ask(helped)
    seen = everything()
    with pytest.raises(BadInput):
        help_report(task=task, version=0, found=" ", actor=helped.actor("guild-helper"), now=COLLECTING)
    assert everything() == seen


def test_a_task_is_reported_once_and_as_it_was_seen(helped: SmallCity) -> None:
    task, helper = ask(helped), helped.actor("guild-helper")
    help_report(task=task, version=0, found="没有条件核对", able=False, actor=helper, now=COLLECTING)
    seen = everything()
    with pytest.raises(Stale):
        help_report(task=task, version=0, found="又一次", actor=helper, now=COLLECTING)
    with pytest.raises(MoveRefused):
        help_report(task=task, version=1, found="又一次", actor=helper, now=COLLECTING)
    with pytest.raises(MoveRefused):
        help_withdraw(task=task, version=1, actor=helped.actor("reviewer"), now=COLLECTING)
    assert everything() == seen
    assert HelpTask.objects.get().state == "declined"


def test_whoever_asked_withdraws_and_the_association_no_longer_reads_the_claim(helped: SmallCity) -> None:
    declaration = claim(helped)
    task = ask(helped, declaration=declaration)
    for who in ("guild-helper", "officer"):
        seen = everything()
        with pytest.raises(NotAllowed):
            help_withdraw(task=task, version=0, actor=helped.actor(who), now=COLLECTING)
        assert everything() == seen
    help_withdraw(task=task, version=0, actor=helped.actor("reviewer"), now=COLLECTING)
    assert refusal(helped.people["guild-helper"], f"declaration/{declaration.pk}") is not None
    assert list(tasks_about(declaration)) == []


def test_each_sees_what_is_its_own(helped: SmallCity) -> None:
    task = ask(helped)
    seen = {who: list(tasks_seen(helped.cycle, helped.actor(who))) == [task] for who in helped.people}
    assert {who for who, sees in seen.items() if sees} == {"officer", "second", "reviewer", "guild-helper"}


def test_nothing_is_asked_once_the_result_is_final(helped: SmallCity) -> None:
    RatingCycle.objects.update(state=State.FINAL)
    seen = everything()
    with pytest.raises(MoveRefused):
        ask(helped)
    assert everything() == seen


def test_a_late_task_stays_with_the_association_until_it_reports(helped: SmallCity) -> None:
    task = ask(helped, due=TODAY)
    later = helped.actor("guild-helper", at("06-25 10:00"))
    assert list(tasks_waiting(helped.cycle, later).filter(due__lt=later.on)) == [task]
