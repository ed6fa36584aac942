"""Amounts that a move takes: yuan in decimals, exact."""

from datetime import date

import pytest

from gongbao.cases.services.fields import fill
from gongbao.cases.tables import find
from gongbao.kernel.problem import BadInput

DECIDE = find("support_fund").move("course", "decide")


def taken(amount: str) -> str:
    return fill(find("support_fund"), DECIDE, {"amount": amount, "reasons": "x"}, date(2026, 8, 3)).texts["amount"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0", "0.00"), ("0.01", "0.01"), ("500000", "500000.00"), ("999999999999.99", "999999999999.99")],
)
def test_an_amount_is_kept_with_two_decimals(given: str, kept: str) -> None:
    assert taken(given) == kept


@pytest.mark.parametrize("given", ["-0.01", "0.001", "1000000000000", "1,000", "一百", "1e5"])
def test_what_is_no_amount_is_refused(given: str) -> None:
    with pytest.raises(BadInput, match="金额"):
        taken(given)
