"""The ledger of an application: handed in whole or not at all, e-invoices added, corrections beside the original."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.http import Http404
from tests.support import applying
from tests.support.applying import NOW, ON, actor, begun, described, ledger, us

from gongbao.archive.models import Entry
from gongbao.cases.refusals import MoveRefused, TooLate
from gongbao.kernel.problem import BadInput
from gongbao.support.models import Application, InvoiceUse, LedgerRow
from gongbao.support.selectors.ledgers import ledger_rules, lines_of, rows_of, worked_out
from gongbao.support.services import ledgers
from gongbao.support.services.ledgers import ledger_add_invoices, ledger_correct, ledger_put

pytestmark = pytest.mark.django_db

INVOICE = """<EInvoice><EInvoiceData><SellerInformation><SellerName>{issuer}</SellerName></SellerInformation>
<BuyerInformation><BuyerName>{buyer}</BuyerName></BuyerInformation>
<BasicInformation><TotalTax-includedAmount>{amount}</TotalTax-includedAmount></BasicInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{no}</InvoiceNumber><IssueTime>{on}</IssueTime></TaxSupervisionInfo></EInvoice>"""


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    applying.people()


@pytest.fixture
def auditing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the case that names the auditor; who may correct is asked in the tests of permissions."""
    monkeypatch.setattr(ledgers, "authorise", lambda *_: None)
    monkeypatch.setattr("gongbao.support.services.ledgers.state_of", lambda application: "auditing")


def put(application: Application, **rows: Any) -> Application:
    return ledger_put(application=application, rows=rows or ledger(), actor=actor(), now=NOW, on=ON)


def written(kind: str) -> dict[str, Any]:
    """What the dossier says of the one thing of this kind that happened."""
    found: dict[str, Any] = json.loads(Entry.objects.get(kind=kind).payload)["data"]
    return found


def xml(no: str = "26110000000000000001", amount: str = "100.00", on: str = "2026-01-05 10:11:12") -> bytes:
    return INVOICE.format(issuer=applying.THEM, buyer=us(), amount=amount, no=no, on=on).encode()


def test_a_ledger_is_kept_in_its_order_and_assessed() -> None:
    application = put(begun())
    assert rows_of(application) == ledger()
    worked = worked_out(application, ON)
    assert (worked.assessment.countable, worked.assessment.paid_share(4)) == (200_000_000, 10_000)
    assert lines_of(application, worked)["invoice"][0].verdict.reason == "counted"
    assert InvoiceUse.objects.get().number == "F1"
    assert written("support.ledger.given")["invoices"] == 1


def test_one_wrong_cell_refuses_the_whole_ledger_and_the_old_one_stays() -> None:
    application = put(begun())
    wrong = deepcopy(ledger("3000000.00"))
    wrong["invoices"][0]["amount"] = "3000000.001"
    wrong["payments"][0]["contract"] = "C9"
    with pytest.raises(BadInput) as raised:
        put(application, **wrong)
    assert {(p.table, p.row, p.column) for p in raised.value.problems} == {
        ("invoices", 1, "amount"),
        ("payments", 1, "contract"),
    }
    assert rows_of(application) == ledger()


def test_a_new_ledger_takes_the_place_of_the_old_one_and_of_its_numbers() -> None:
    application = put(begun())
    put(application, **ledger(no="F9"))
    assert rows_of(application)["invoices"][0]["no"] == "F9"
    assert [use.number for use in InvoiceUse.objects.all()] == ["F9"]
    assert LedgerRow.objects.count() == 3


def test_a_measure_that_is_not_measured_by_investment_has_no_ledger() -> None:
    application = begun("first_store")
    assert ledger_rules(application) is None
    with pytest.raises(MoveRefused):
        put(application)
    assert not LedgerRow.objects.exists()


def test_e_invoices_join_their_contract_all_or_none() -> None:
    application = put(begun())
    key: dict[str, Any] = {"application": application, "contract": "C1", "actor": actor(), "now": NOW, "on": ON}
    with pytest.raises(BadInput) as raised:
        ledger_add_invoices(files=[("a.xml", xml()), ("b.xml", b"<no"), ("c.xml", xml(amount="-1.00"))], **key)
    assert [problem.table for problem in raised.value.problems] == ["b.xml", "c.xml"]
    assert len(rows_of(application)["invoices"]) == 1
    assert ledger_add_invoices(files=[("a.xml", xml()), ("d.xml", xml("2", on="2026-01-06T09:00:00"))], **key) == 2
    assert [row["no"] for row in rows_of(application)["invoices"]] == ["F1", "26110000000000000001", "2"]
    assert rows_of(application)["invoices"][2]["issued_on"] == "2026-01-06"


def test_e_invoices_of_an_unknown_contract_are_refused() -> None:
    application = put(begun())
    with pytest.raises(BadInput):
        ledger_add_invoices(
            application=application, files=[("a.xml", xml())], contract="C7", actor=actor(), now=NOW, on=ON
        )
    assert rows_of(application) == ledger()


def test_a_co_investor_pays_as_the_applicant_does_and_a_stranger_does_not() -> None:
    application, rows = begun(), ledger()
    rows["payments"][0]["payer"] = "示例分公司"
    put(application, **rows)
    assert worked_out(application, ON).assessment.countable == 0
    described(application, co_investors=[{"name": "示例分公司", "relation": "branch"}])
    application.refresh_from_db()
    assert worked_out(application, ON).assessment.countable == 200_000_000


def test_a_correction_stands_beside_the_original_with_its_reason(auditing: None) -> None:
    application = put(begun())
    row = application.rows.get(table="invoice")
    made = ledger_correct(
        row=row, version=1, changes={"amount": "1500000.00"}, reason="发票含不计入的项目", actor=actor("city"),
        now=NOW, on=ON,
    )  # fmt: skip
    assert (made.number, made.content["amount"], made.reason) == (2, "1500000.00", "发票含不计入的项目")
    assert worked_out(application, ON).assessment.countable == 150_000_000
    assert worked_out(application, ON, corrected=False).assessment.countable == 200_000_000
    assert rows_of(application, corrected=False) == ledger()
    entry = written("support.ledger.corrected")
    assert (entry["before"]["amount"], entry["after"]["amount"]) == ("2000000.00", "1500000.00")


def test_a_row_that_the_auditor_takes_out_counts_nothing_and_stays_readable(auditing: None) -> None:
    application = put(begun())
    row = application.rows.get(table="payment")
    ledger_correct(
        row=row, version=1, changes={}, struck=True, reason="无银行回单", actor=actor("city"), now=NOW, on=ON
    )
    assert rows_of(application)["payments"] == []
    assert worked_out(application, ON).assessment.countable == 0
    assert len(rows_of(application, corrected=False)["payments"]) == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"reason": " "}, BadInput),
        ({"changes": {"amount": "0"}}, BadInput),
        ({"changes": {"contract": "C9"}}, BadInput),
        ({"version": 2}, TooLate),
    ],
)
def test_a_correction_needs_a_reason_a_sound_row_and_what_was_seen(
    auditing: None, given: dict[str, Any], expected: type[Exception]
) -> None:
    application = put(begun())
    row = application.rows.get(table="invoice")
    key: dict[str, Any] = {"version": 1, "changes": {"amount": "1.00"}, "reason": "r", **given}
    with pytest.raises(expected):
        ledger_correct(row=row, actor=actor("city"), now=NOW, on=ON, **key)
    assert row.versions.count() == 1
    assert worked_out(application, ON).assessment.countable == 200_000_000


def test_nobody_corrects_a_ledger_without_a_case_that_names_the_auditor() -> None:
    application = put(begun())
    row = application.rows.get(table="invoice")
    for login in ("auditor", "city", "enterprise"):
        with pytest.raises(Http404):
            ledger_correct(row=row, version=1, changes={}, reason="r", actor=actor(login), now=NOW, on=ON)
    assert row.versions.count() == 1
