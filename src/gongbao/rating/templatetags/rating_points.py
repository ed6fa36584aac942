"""Points and scores as people read them."""

from django import template

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.kinds import plain
from gongbao.kernel.text import Text
from gongbao.rating.rules.kinds.base import points_text
from gongbao.rating.rules.standard import SCORE_PLACES, SHARE_PLACES, Indicator, Standard

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


@register.filter
def percent(share: int) -> str:
    """A share in 10⁻⁴ as hundredths: 10."""
    return plain(share, SHARE_PLACES - 2)


@register.filter
def in_words(indicator: Indicator, standard: Standard) -> Text:
    """How an indicator counts, in a sentence."""
    return indicator.kind.words(standard.levels)
