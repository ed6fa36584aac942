"""What a ledger comes to by category and by reason, and how far its limits are: just below, on, just above."""

from collections.abc import Callable
from typing import Any

import pytest

from gongbao.support.rules.ledger import assess
from gongbao.support.rules.ledger_sums import Sums, by_category, distances, left_out
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.applications import application_of

Json = dict[str, Any]
US, THEM = "示例商业公司", "示例装饰公司"


def rows(*parts: tuple[str, str, str, str]) -> Json:
    """A contract, an invoice and a payment for each (category, contract amount, invoiced, paid)."""
    contracts, invoices, payments = [], [], []
    for n, (category, agreed, invoiced, paid) in enumerate(parts, 1):
        c, f = f"C{n}", f"F{n}"
        contracts.append({"no": c, "category": category, "party": THEM, "amount": agreed, "signed_on": "2025-09-01"})
        invoices.append(
            {"no": f, "contract": c, "issuer": THEM, "buyer": US, "amount": invoiced, "issued_on": "2025-11-01"}
        )
        payments.append(
            {"no": f"P{n}", "contract": c, "invoice": f, "payer": US, "payee": THEM, "amount": paid,
             "paid_on": "2025-12-01"}
        )  # fmt: skip
    return {"contracts": contracts, "invoices": invoices, "payments": payments}


@pytest.fixture
def told(catalogue: Catalogue) -> Callable[..., tuple[Any, Any]]:
    def work(*parts: tuple[str, str, str, str]) -> tuple[Any, Any]:
        head: Json = {"direction": "mixed_scene", "applied_on": "2026-08-01", "entity": {"name": US}, "project": {}}
        application = application_of({**head, **rows(*parts)}, catalogue)
        return application, assess(application)

    return work


def test_categories_that_occur_stand_with_contracts_and_what_counts(told: Callable[..., tuple[Any, Any]]) -> None:
    application, found = told(
        ("fit_out", "800.00", "800.00", "600.00"), ("design", "200.00", "200.00", "200.00"),
        ("fit_out", "100.00", "100.00", "100.00"), ("operation", "50.00", "50.00", "50.00"),
    )  # fmt: skip
    assert by_category(application, found) == {
        "design": Sums(20000, 20000),
        "fit_out": Sums(90000, 70000),
        "operation": Sums(5000, 0),
    }


def test_what_is_left_out_stands_under_its_reason(told: Callable[..., tuple[Any, Any]]) -> None:
    application, found = told(("fit_out", "800.00", "800.00", "600.00"), ("operation", "50.00", "50.00", "50.00"))
    assert left_out(application, found) == {"category": 5000, "counted": 20000}


@pytest.mark.parametrize(
    ("paid", "missing"), [("999999.99", 1), ("1000000.00", 0), ("1000000.01", 0), ("1.00", 99_999_900)]
)
def test_the_distance_to_one_million_is_what_must_still_count(
    told: Callable[..., tuple[Any, Any]], paid: str, missing: int
) -> None:
    first, *_ = distances(*told(("fit_out", "1200000.00", "1200000.00", paid)))
    assert first.missing == missing
    assert first.cite == "京商消二字〔2026〕3号 二（三）2"


@pytest.mark.parametrize(
    ("agreed", "paid", "missing"),
    [("1000.00", "699.99", 1), ("1000.00", "700.00", 0), ("1000.00", "700.01", 0), ("0.03", "0.02", 1)],
)
def test_the_distance_to_seventy_percent_is_rounded_up_to_the_fen_and_reaches_it(
    told: Callable[..., tuple[Any, Any]], agreed: str, paid: str, missing: int
) -> None:
    application, found = told(("fit_out", agreed, agreed, paid))
    _, second, _ = distances(application, found)
    assert second.missing == missing
    enough = f"{float(paid) + missing / 100:.2f}"
    assert distances(*told(("fit_out", agreed, agreed, enough)))[1].missing == 0


def test_without_a_contract_that_counts_the_share_names_no_sum(told: Callable[..., tuple[Any, Any]]) -> None:
    _, second, _ = distances(*told(("operation", "50.00", "50.00", "50.00")))
    assert second.missing is None
    assert "没有可计入类别的合同" in second.words.zh


@pytest.mark.parametrize(("countable", "missing"), [("39999999.99", 1), ("40000000.00", 0), ("40000000.01", 0)])
def test_the_cap_is_reached_at_forty_million(
    told: Callable[..., tuple[Any, Any]], countable: str, missing: int
) -> None:
    *_, last = distances(*told(("fit_out", countable, countable, countable)))
    assert last.missing == missing
    assert ("已达上限" in last.words.zh) is not bool(missing)
