"""The investment ledger: a verdict for each row, worked out by hand; the paid share; the subsidy at its limits."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from gongbao.kernel.problem import BadInput
from gongbao.support.rules.ledger import Assessment, assess
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.answer_json import assess_json
from gongbao.support.tables.applications import application_of

Json = dict[str, Any]
US, BRANCH, THEM = "示例商业公司", "示例商业公司分公司", "示例装饰公司"


def contract(no: str = "C1", category: str = "fit_out", amount: str = "1000000.00", party: str = THEM) -> Json:
    return {"no": no, "category": category, "party": party, "amount": amount, "signed_on": "2025-09-01"}


def invoice(no: str = "F1", of: str = "C1", amount: str = "1000000.00", on: str = "2025-11-01", **other: str) -> Json:
    return {"no": no, "contract": of, "issuer": THEM, "buyer": US, "amount": amount, "issued_on": on, **other}


def payment(no: str = "P1", of: str = "C1", to: str | None = "F1", amount: str = "1000000.00", **other: str) -> Json:
    row = {
        "no": no,
        "contract": of,
        "invoice": to,
        "payer": US,
        "payee": THEM,
        "amount": amount,
        "paid_on": "2025-12-01",
    }
    return {**row, **other}


@pytest.fixture
def application(example: Callable[[str], Json]) -> Json:
    """One contract, invoiced and paid in full: exactly one million."""
    given = example("mixed_scene")
    facts = {key: value for key, value in given["project"].items() if key not in ("audited_investment", "paid_share")}
    return {
        "direction": "mixed_scene",
        "applied_on": "2026-08-01",
        "entity": {**given["entity"], "name": US},
        "project": facts,
        "co_investors": [{"name": BRANCH, "relation": "branch"}],
        "contracts": [contract()],
        "invoices": [invoice()],
        "payments": [payment()],
    }


@pytest.fixture
def assessed(application: Json, catalogue: Catalogue) -> Callable[..., Assessment]:
    """The application with some fields changed, assessed."""
    return lambda **change: assess(application_of({**deepcopy(application), **change}, catalogue))


def verdicts(found: Assessment) -> list[tuple[str, str, int, str]]:
    """table, number, whole yuan that count, reason."""
    return [(row.table, row.no, row.counted // 100, row.reason) for row in found.verdicts]


def one(found: Assessment, no: str) -> tuple[int, str]:
    row = next(row for row in found.verdicts if row.no == no)
    return row.counted, row.reason


def test_what_is_invoiced_and_paid_counts_and_half_of_it_is_the_limit(assessed: Callable[..., Assessment]) -> None:
    found = assessed()
    assert verdicts(found) == [
        ("contract", "C1", 1_000_000, "counted"),
        ("invoice", "F1", 1_000_000, "counted"),
        ("payment", "P1", 1_000_000, "counted"),
    ]
    assert (found.eligible, found.countable, found.subsidy) == (True, 100_000_000, 50_000_000)
    assert found.paid_share(4) == 10_000


def test_one_fen_below_a_million_is_refused_and_gets_nothing(assessed: Callable[..., Assessment]) -> None:
    found = assessed(payments=[payment(amount="999999.99")])
    assert (found.eligible, found.countable, found.subsidy) == (False, 99_999_999, 0)
    refused = [because.cite for because in found.because if because.met is False]
    assert refused == ["京商消二字〔2026〕3号 二（三）2"]


def test_seventy_percent_of_the_contracts_must_be_paid_exactly(assessed: Callable[..., Assessment]) -> None:
    big = [contract(amount="10000000.00")]
    bill = [invoice(amount="10000000.00")]
    for amount, share, eligible in (
        ("7000000.00", 7_000, True),
        ("7000000.01", 7_000, True),
        ("6999999.99", 6_999, False),
        ("6999000.00", 6_999, False),
    ):
        found = assessed(contracts=big, invoices=bill, payments=[payment(amount=amount)])
        assert (found.paid_share(4), found.eligible) == (share, eligible)


def test_twenty_million_is_the_most(assessed: Callable[..., Assessment]) -> None:
    for amount, subsidy in (
        ("39999999.99", 1_999_999_999),
        ("40000000.00", 2_000_000_000),
        ("40000000.01", 2_000_000_000),
        ("90000000.00", 2_000_000_000),
    ):
        row = {"contracts": [contract(amount=amount)], "invoices": [invoice(amount=amount)]}
        assert assessed(**row, payments=[payment(amount=amount)]).subsidy == subsidy


def test_the_window_begins_on_the_first_of_october_and_ends_on_the_day_of_application(
    assessed: Callable[..., Assessment],
) -> None:
    for day, reason in (
        ("2025-09-30", "before_window"),
        ("2025-10-01", "counted"),
        ("2026-08-01", "counted"),
        ("2026-08-02", "after_application"),
    ):
        assert one(assessed(invoices=[invoice(on=day)]), "F1")[1] == reason
        assert one(assessed(payments=[payment(paid_on=day)]), "P1")[1] == reason
    late = assessed(payments=[payment(paid_on="2026-08-02")])
    assert (one(late, "F1"), late.paid_share(4)) == ((0, "unpaid"), 0)
    early = assessed(payments=[payment(paid_on="2025-09-30")])
    assert (one(early, "F1"), early.countable, early.paid_share(4)) == ((0, "unpaid"), 0, 10_000)


def test_only_the_applicant_and_its_co_investors_buy_and_pay(assessed: Callable[..., Assessment]) -> None:
    assert one(assessed(invoices=[invoice(buyer="别人")]), "F1") == (0, "buyer")
    assert one(assessed(invoices=[invoice(buyer="别人")]), "P1") == (0, "buyer")
    assert one(assessed(payments=[payment(payer="别人")]), "P1") == (0, "payer")
    assert one(assessed(payments=[payment(payee="别人")]), "P1") == (0, "payee")
    ours = assessed(invoices=[invoice(buyer=BRANCH)], payments=[payment(payer=BRANCH)])
    assert ours.countable == 100_000_000


def test_names_and_numbers_are_compared_without_width_and_spaces_at_the_ends(
    assessed: Callable[..., Assessment],
) -> None:
    found = assessed(
        contracts=[contract(party=f" {THEM}")],
        invoices=[invoice(no="Ｆ１", buyer=f"{US} ")],
        payments=[payment(payer=f"{US}　", payee=f"{THEM} ")],
    )
    assert (found.countable, found.paid_share(4)) == (100_000_000, 10_000)


def test_a_number_met_twice_stands_once_whether_the_first_counts_or_not(assessed: Callable[..., Assessment]) -> None:
    found = assessed(invoices=[invoice(), invoice()])
    assert [v[3] for v in verdicts(found)] == ["counted", "counted", "duplicate", "counted"]
    assert found.countable == 100_000_000
    found = assessed(invoices=[invoice(on="2025-09-30"), invoice()])
    assert [v[2:] for v in verdicts(found)] == [
        (0, "unpaid"),
        (0, "before_window"),
        (0, "duplicate"),
        (0, "before_window"),
    ]


def test_an_invoice_counts_as_far_as_it_is_paid_and_a_payment_as_far_as_it_fits(
    assessed: Callable[..., Assessment],
) -> None:
    found = assessed(
        invoices=[invoice(amount="600000.00")],
        payments=[payment("P1", amount="400000.00"), payment("P2", amount="300000.00"), payment("P3", amount="1.00")],
    )
    assert verdicts(found) == [
        ("contract", "C1", 600_000, "counted"),
        ("invoice", "F1", 600_000, "counted"),
        ("payment", "P1", 400_000, "counted"),
        ("payment", "P2", 200_000, "above_invoice"),
        ("payment", "P3", 0, "above_invoice"),
    ]
    partly = assessed(payments=[payment(amount="250000.50")])
    assert one(partly, "F1") == (25_000_050, "counted")


def test_all_invoices_of_a_contract_count_at_most_its_amount_in_their_order(
    assessed: Callable[..., Assessment],
) -> None:
    found = assessed(
        contracts=[contract(amount="1000000.00")],
        invoices=[
            invoice("F0", amount="900000.00", on="2025-09-30"),
            invoice("F1", amount="700000.00"),
            invoice("F2", amount="500000.00"),
            invoice("F3", amount="100000.00"),
        ],
        payments=[
            payment("P1", to="F1", amount="700000.00"),
            payment("P2", to="F2", amount="500000.00"),
            payment("P3", to="F3", amount="100000.00"),
        ],
    )
    assert verdicts(found)[:5] == [
        ("contract", "C1", 1_000_000, "counted"),
        ("invoice", "F0", 0, "before_window"),
        ("invoice", "F1", 700_000, "counted"),
        ("invoice", "F2", 300_000, "above_contract"),
        ("invoice", "F3", 0, "above_contract"),
    ]
    assert found.paid_share(4) == 10_000


def test_an_advance_counts_for_the_paid_share_only(assessed: Callable[..., Assessment]) -> None:
    found = assessed(payments=[payment("P1", amount="300000.00"), payment("P2", to=None, amount="400000.00")])
    assert one(found, "P2") == (0, "above_invoice")
    assert (found.countable, found.paid_share(4)) == (30_000_000, 7_000)


def test_overpaying_one_contract_does_not_hide_what_another_lacks(assessed: Callable[..., Assessment]) -> None:
    found = assessed(
        contracts=[contract("C1"), contract("C2")],
        invoices=[invoice("F1"), invoice("F2", of="C2")],
        payments=[payment("P1", amount="5000000.00"), payment("P2", of="C2", to="F2", amount="399999.99")],
    )
    assert (found.paid, found.agreed, found.paid_share(4), found.eligible) == (139_999_999, 200_000_000, 6_999, False)


def test_a_payment_to_somebody_else_than_the_party_is_not_in_the_paid_share(
    assessed: Callable[..., Assessment],
) -> None:
    found = assessed(invoices=[invoice(issuer="第三方")], payments=[payment(payee="第三方")])
    assert (one(found, "P1"), found.paid_share(4)) == ((100_000_000, "counted"), 0)


@pytest.mark.parametrize(
    ("category", "form", "counts", "clause"),
    [
        ("design", "offline", True, ""),
        ("conversion", "offline", True, ""),
        ("fit_out", "offline", True, ""),
        ("equipment", "offline", True, ""),
        ("ip_licence", "offline", True, ""),
        ("system", "offline", False, "二（三）1"),
        ("linked_equipment", "offline", False, "二（三）1"),
        ("system", "linked", True, ""),
        ("linked_equipment", "linked", True, ""),
        ("design", "linked", False, "二（三）1"),
        ("system", "home_service", True, ""),
        ("linked_equipment", "home_service", True, ""),
        ("fit_out", "home_service", False, "二（三）1"),
        ("infrastructure", "offline", False, "二（四）1"),
        ("operation", "offline", False, "二（四）2"),
        ("property", "offline", False, "二（四）3"),
        ("overhead", "linked", False, "二（四）4"),
        ("marketing", "offline", False, "二（五）4"),
        ("other", "home_service", False, "二（三）1"),
    ],
)
def test_each_form_of_project_has_its_own_list_of_costs(
    assessed: Callable[..., Assessment], category: str, form: str, counts: bool, clause: str
) -> None:
    found = assessed(contracts=[contract(category=category)], project_form=form)
    assert {row.reason for row in found.verdicts} == ({"counted"} if counts else {"category"})
    assert found.countable == (100_000_000 if counts else 0)
    assert found.paid_share(4) == (10_000 if counts else 0)
    if not counts:
        assert {row.cite for row in found.verdicts} == {f"京商消二字〔2026〕3号 {clause}"}


def test_a_missing_fact_is_asked_for_and_the_subsidy_is_what_the_ledger_gives(
    assessed: Callable[..., Assessment], application: Json
) -> None:
    entity = {key: value for key, value in application["entity"].items() if key != "fiscal_arrears"}
    found = assessed(entity=entity)
    assert (found.eligible, found.needs, found.subsidy) == (None, ("entity.fiscal_arrears",), 50_000_000)


def test_what_the_ledger_works_out_stands_above_what_is_stated(
    assessed: Callable[..., Assessment], application: Json
) -> None:
    stated = {**application["project"], "audited_investment": "1", "paid_share": "0", "directions": ["ip_store"]}
    assert assessed(project=stated).eligible is True


def test_without_any_contract_nothing_counts(assessed: Callable[..., Assessment]) -> None:
    found = assessed(contracts=[], invoices=[], payments=[])
    answer = assess_json(found, "zh")
    assert (answer["countable"], answer["paid_share"], answer["eligible"], answer["rows"]) == (
        "0.00",
        "0.0000",
        False,
        [],
    )


FAULTS: list[tuple[str, int | None, str, Json]] = [
    ("application", None, "direction", {"direction": "first_store"}),
    ("application", None, "direction", {"direction": "auto-5"}),
    ("application", None, "project_form", {"project_form": "online"}),
    ("application", None, "applied_on", {"applied_on": "2026-8-1"}),
    ("application", None, "contract", {"contract": []}),
    ("application", None, "payments", {"payments": {}}),
    ("co_investors", 1, "relation", {"co_investors": [{"name": "甲", "relation": "friend"}]}),
    ("co_investors", 1, "name", {"co_investors": [{"relation": "branch"}]}),
    ("entity", None, "name", {"entity": {}}),
    ("entity", None, "colour", {"entity": {"name": US, "colour": "red"}}),
    ("project", None, "started_on", {"project": {"started_on": "soon"}}),
    ("contracts", 1, "category", {"contracts": [contract(category="rent")]}),
    ("contracts", 1, "amount", {"contracts": [contract(amount="0")]}),
    ("contracts", 1, "amount", {"contracts": [contract(amount="-1")]}),
    ("contracts", 1, "amount", {"contracts": [contract(amount="1.001")]}),
    ("contracts", 2, "no", {"contracts": [contract(), contract("Ｃ1")]}),
    ("contracts", 1, "signed_on", {"contracts": [{**contract(), "signed_on": None}]}),
    ("invoices", 1, "contract", {"invoices": [invoice(of="C9")]}),
    ("invoices", 1, "buyer", {"invoices": [invoice(buyer="")]}),
    ("invoices", 1, "colour", {"invoices": [invoice(colour="red")]}),
    ("payments", 1, "invoice", {"payments": [payment(to="F9")]}),
    ("payments", 1, "contract", {"payments": [payment(of="C9", to=None)]}),
    ("payments", 2, "no", {"payments": [payment(), payment(amount="1")]}),
    ("payments", 1, "contract", {"contracts": [contract(), contract("C2")], "payments": [payment(of="C2")]}),
    ("payments", 1, "invoice", {"payments": [{k: v for k, v in payment().items() if k != "invoice"}]}),
    ("payments", 1, "paid_on", {"payments": [{k: v for k, v in payment().items() if k != "paid_on"}]}),
]


@pytest.mark.parametrize(("table", "row", "field", "change"), FAULTS, ids=[f"{t} {f}" for t, _, f, _ in FAULTS])
def test_a_wrong_field_is_named_with_its_table_and_row(
    assessed: Callable[..., Assessment], table: str, row: int | None, field: str, change: Json
) -> None:
    with pytest.raises(BadInput) as bad:
        assessed(**change)
    assert (table, row, field) in [(p.table, p.row, p.column) for p in bad.value.problems]
    assert all(problem.expected and problem.expected_en for problem in bad.value.problems)


def test_all_wrong_fields_are_named_at_once(assessed: Callable[..., Assessment]) -> None:
    with pytest.raises(BadInput) as bad:
        assessed(
            contracts=[contract(category="rent", amount="x")], invoices=[invoice(of="C9")], payments=[payment(to="F9")]
        )
    assert [(p.table, p.column) for p in bad.value.problems] == [
        ("contracts", "category"),
        ("contracts", "amount"),
        ("invoices", "contract"),
        ("payments", "invoice"),
    ]


def test_an_invoice_that_another_application_named_before_counts_nothing_nor_do_its_payments(
    application: Json, catalogue: Catalogue
) -> None:
    application["contracts"].append(contract("C2"))
    application["invoices"].append(invoice("F2", "C2"))
    application["payments"].append(payment("P2", "C2", "F2"))
    read = application_of(application, catalogue)
    found = assess(replace(read, taken=frozenset(["F1"])))
    told = {(v.table, v.no): (v.counted, v.reason) for v in found.verdicts}
    assert told[("invoice", "F1")] == (0, "duplicate")
    assert told[("payment", "P1")] == (0, "duplicate")
    assert told[("contract", "C1")] == (0, "unpaid")
    assert told[("invoice", "F2")] == (100_000_000, "counted")
    assert (found.countable, found.paid, found.agreed) == (100_000_000, 200_000_000, 200_000_000)
    assert assess(replace(read, taken=frozenset(["another"]))).countable == 200_000_000
