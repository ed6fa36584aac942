"""Points and scores as people read them."""

from django import template

from gongbao.kernel.fixed import from_fixed
from gongbao.rating.rules.kinds.base import points_text
from gongbao.rating.rules.standard import SCORE_PLACES

register = template.Library()
MINUS = "\N{MINUS SIGN}"


@register.filter
def score(value: int | None) -> str:
    """A score in 10⁻⁴: 76.2500."""
    return "" if value is None else from_fixed(value, SCORE_PLACES).replace("-", MINUS)


@register.filter
def points(value: int | None) -> str:
    """Points in 10⁻⁶, without trailing zeros: 2.5."""
    return "" if value is None else points_text(value).replace("-", MINUS)


@register.filter
def at(values: dict[str, object], key: str) -> object:
    """The value of a key, "" where it is not there."""
    return values.get(key, "")
