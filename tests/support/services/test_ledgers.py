"""The ledger of an application: handed in whole or not at all, e-invoices added to a contract."""

import json
from copy import deepcopy
from typing import Any

import pytest
from tests.support import applying
from tests.support.applying import NOW, ON, actor, begun, described, ledger, us

from gongbao.archive.models import Entry
from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput
from gongbao.support.models import Application, InvoiceUse, LedgerRow
from gongbao.support.selectors.ledgers import ledger_rules, lines_of, worked_out
from gongbao.support.selectors.worth import rows_of
from gongbao.support.services.ledgers import ledger_add_invoices, ledger_store

pytestmark = pytest.mark.django_db

INVOICE = """<EInvoice><EInvoiceData><SellerInformation><SellerName>{issuer}</SellerName></SellerInformation>
<BuyerInformation><BuyerName>{buyer}</BuyerName></BuyerInformation>
<BasicInformation><TotalTax-includedAmount>{amount}</TotalTax-includedAmount></BasicInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{no}</InvoiceNumber><IssueTime>{on}</IssueTime></TaxSupervisionInfo></EInvoice>"""


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    applying.people()


def put(application: Application, **rows: Any) -> Application:
    return ledger_store(application=application, rows=rows or ledger(), actor=actor(), now=NOW)


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
    key: dict[str, Any] = {"application": application, "contract": "C1", "actor": actor(), "now": NOW}
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
        ledger_add_invoices(application=application, files=[("a.xml", xml())], contract="C7", actor=actor(), now=NOW)
    assert rows_of(application) == ledger()


def test_a_co_investor_pays_as_the_applicant_does_and_a_stranger_does_not() -> None:
    application, rows = begun(), ledger()
    rows["payments"][0]["payer"] = "示例分公司"
    put(application, **rows)
    assert worked_out(application, ON).assessment.countable == 0
    described(application, co_investors=[{"name": "示例分公司", "relation": "branch"}])
    application.refresh_from_db()
    assert worked_out(application, ON).assessment.countable == 200_000_000
