"""A paper is ended by the office that issued it, with a reason that everybody can read, for good."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.city import City

from gongbao.archive.selectors import dossier_entries, dossier_failures
from gongbao.cases import issuers
from gongbao.cases.models import Case, Notice
from gongbao.cases.services.endings import paper_close
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_issue
from gongbao.kernel.problem import BadInput
from gongbao.organisations.permissions import actor_of
from gongbao.web.errors import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def case(city: City) -> Case:
    made = city.objection(now=timezone.now())
    return city.move(made, "officer", "uphold", now=timezone.now(), answer="补录")


@pytest.fixture
def paper(case: Case) -> Paper:
    return Paper.objects.get()


def another(case: Case, subject: str = "") -> Paper:
    return paper_issue(
        name="更正告知书", number="2", subject=subject or case.subject, issuer="市住建委", issued_on=TODAY(),
        rows=(("内容", "更正"),), basis="", belongs_to=f"case/{case.number}", at=timezone.now(),
    )  # fmt: skip


def browser(city: City, who: str) -> Client:
    made = Client()
    made.force_login(city.people[who], backend="gongbao.organisations.login.Backend")
    return made


def send(city: City, who: str, paper: Paper, **more: str) -> Any:
    fields = {"state": "annulled", "because": "事实有误", "sure": "on", **more}
    return browser(city, who).post(f"/desk/papers/{paper.code}/", fields)


def test_the_issuing_office_ends_a_paper_and_everybody_sees_it(city: City, case: Case, paper: Paper) -> None:
    assert send(city, "second", paper).status_code == 302
    shown = Client().get("/papers/", {"code": paper.code}).content.decode()
    assert "已撤销" in shown and "事实有误" in shown and "真实、有效" not in shown
    last = dossier_entries(case.subject).last()
    assert last and last.kind == "paper.ended" and last.content["data"]["state"] == "annulled"
    assert dossier_failures(case.subject) == []
    told = Notice.objects.filter(title__contains="已撤销")
    assert {n.person.username for n in told} == {"clerk", "officer"}, "all parties but whoever did it"
    assert {n.case for n in told} == {case}
    assert "已撤销" in browser(city, "clerk").get(f"/desk/cases/{case.number}/").content.decode()


def test_a_paper_is_replaced_by_another_of_the_same_subject(city: City, case: Case, paper: Paper) -> None:
    new = another(case)
    assert new.code in browser(city, "officer").get(f"/desk/papers/{paper.code}/").content.decode()
    send(city, "officer", paper, state="replaced", replaced_by=new.code)
    paper.refresh_from_db()
    assert (paper.state, paper.replaced_by) == ("replaced", new)
    assert new.code in Client().get("/papers/", {"code": paper.code}).content.decode()


@pytest.mark.parametrize("wrong", ["subject", "ended", "itself"])
def test_a_paper_out_of_place_does_not_replace_another(city: City, case: Case, paper: Paper, wrong: str) -> None:
    new = paper if wrong == "itself" else another(case, "place/1" if wrong == "subject" else "")
    if wrong == "ended":
        Paper.objects.filter(pk=new.pk).update(state="revoked")
        new.refresh_from_db()
    who = actor_of(city.people["officer"], TODAY())
    with pytest.raises(BadInput, match="同一主体"):
        paper_close(
            paper=paper, state=Paper.State.REPLACED, because="x", actor=who, now=timezone.now(), replaced_by=new
        )
    paper.refresh_from_db()
    assert paper.state == "valid" and not dossier_entries(case.subject).filter(kind="paper.ended").exists()


@pytest.mark.parametrize("more", [{"because": " "}, {"sure": ""}, {"state": "valid"}, {"state": "replaced"}])
def test_without_reason_check_or_successor_the_paper_holds(
    city: City, case: Case, paper: Paper, more: dict[str, str]
) -> None:
    assert send(city, "officer", paper, **more).status_code == 200
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_others_may_not_and_strangers_to_the_case_do_not_learn_of_it(city: City, case: Case, paper: Paper) -> None:
    assert send(city, "clerk", paper).status_code == 403
    assert send(city, "stranger", paper).status_code == 404
    assert browser(city, "officer").get("/desk/papers/AAAA-AAAA-AAAA/").status_code == 404
    with pytest.raises(NotAllowed):
        who = actor_of(city.people["clerk"], TODAY())
        paper_close(paper=paper, state=Paper.State.REVOKED, because="x", actor=who, now=timezone.now())
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_a_paper_that_was_ended_is_not_ended_again(city: City, case: Case, paper: Paper) -> None:
    send(city, "officer", paper)
    again = send(city, "officer", paper, state="revoked", because="再次")
    assert again.status_code == 200 and "此前已经结束" in again.content.decode()
    paper.refresh_from_db()
    assert (paper.state, paper.because) == ("annulled", "事实有误")


def test_an_office_lists_what_it_issued_and_an_enterprise_nothing(city: City, case: Case, paper: Paper) -> None:
    assert paper.code in browser(city, "officer").get("/desk/papers/").content.decode()
    assert paper.code not in browser(city, "clerk").get("/desk/papers/").content.decode()
    assert 'href="/desk/papers/"' in browser(city, "officer").get("/desk/").content.decode()
    assert 'href="/desk/papers/"' not in browser(city, "clerk").get("/desk/").content.decode()


def test_a_domain_leads_to_its_own_page_where_more_follows_from_the_end(
    city: City, case: Case, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuers, "_pages", [lambda one: "/desk/elsewhere/" if one == paper else ""])
    sent = send(city, "officer", paper)
    assert (sent.status_code, sent["Location"]) == (302, "/desk/elsewhere/")
    paper.refresh_from_db()
    assert paper.state == "valid"
