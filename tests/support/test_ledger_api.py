"""The ledger over REST: whole or not at all, for the applicant's own system alone."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from tests.support import applying
from tests.support.applying import NOW, begun, ledger

from gongbao.archive.models import Entry
from gongbao.organisations.models import Organisation
from gongbao.organisations.services.clients import client_issue
from gongbao.support.models import Application
from gongbao.support.selectors.ledgers import rows_of
from gongbao.support.services.applications import application_submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    cache.clear()
    applying.people()


def token(code: str = "demo-enterprise", *scope: str) -> dict[str, str]:
    where = Organisation.objects.get(code=code)
    given = list(scope) or ["support.ledger.write"]
    _, made = client_issue(name="财务系统", organisation=where, scope=given, now=NOW, by=None)
    return {"Authorization": f"Bearer {made}"}


def post(application: Application, rows: object, headers: dict[str, str]) -> Any:
    url = f"/api/v1/support/applications/{application.pk}/ledger"
    return Browser().post(url, json.dumps(rows), content_type="application/json", headers=headers)


def test_a_ledger_comes_in_and_is_answered_with_its_verdicts() -> None:
    application, mine = begun(), token()
    answer = post(application, ledger(), mine)
    assert answer.status_code == 200
    told = answer.json()
    assert told["ledger"] == ledger() == rows_of(application)
    assert (told["assessment"]["countable"], told["assessment"]["paid_share"]) == ("2000000.00", "1.0000")
    assert {row["reason"] for row in told["assessment"]["rows"]} == {"counted"}
    url = f"/api/v1/support/applications/{application.pk}/ledger"
    assert Browser().get(url, headers=mine).json() == told
    assert json.loads(Entry.objects.get(kind="support.ledger.given").payload)["data"]["client"] == "财务系统"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([], [""]),
        ({"contract": []}, ["contract"]),
        ({"contracts": {}, "invoices": [1]}, ["contracts", ""]),
        ({"contracts": [{"no": "C1", "category": "moon", "party": "x", "amount": 1.5, "signed_on": "2025-10-09"}]},
         ["category", "amount"]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(rows: object, columns: list[str]) -> None:
    application, mine = begun(), token()
    assert post(application, ledger(), mine).status_code == 200
    answer = post(application, rows, mine)
    assert answer.status_code == 422
    found = [error["column"] for error in answer.json()["errors"]]
    assert found[: len(columns)] == columns
    assert rows_of(application) == ledger()


def test_only_the_applicants_own_system_with_the_scope_reads_and_writes() -> None:
    application = begun()
    assert post(application, ledger(), {}).status_code == 401
    assert post(application, ledger(), token("demo-enterprise", "client.read")).status_code == 403
    assert post(application, ledger(), token("demo-shop")).status_code == 404
    assert not application.rows.exists()


def test_a_measure_without_a_ledger_and_an_application_that_was_sent_take_none() -> None:
    assert post(begun("first_store", project="另一项目"), ledger(), token()).status_code == 404
    application = applying.complete()
    application_submit(application=application, actor=applying.actor(), now=NOW)
    answer = post(application, ledger("9000000.00"), token())
    assert answer.status_code == 409
    assert "不能修改" in answer.json()["detail"]
    assert rows_of(application) == ledger()
