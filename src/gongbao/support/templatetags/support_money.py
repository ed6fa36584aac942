"""{{ fen|yuan }}, {{ "2000000.5"|grouped }}: money on pages of support."""

from django import template

from gongbao.kernel.fixed import to_fixed
from gongbao.support.rules.facts import MONEY_PLACES
from gongbao.support.views.wording import money

register = template.Library()
register.filter("yuan", money)


@register.filter
def grouped(amount: str) -> str:
    """Yuan as a row of a ledger has them, with two decimals and groups of three."""
    return money(to_fixed(amount, MONEY_PLACES))
