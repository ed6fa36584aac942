"""Settings of a cycle: its own values, or the defaults of cycle.toml."""

from datetime import date, timedelta

from gongbao.rating.models import RatingCycle
from gongbao.rating.tables.course import settings


def setting(cycle: RatingCycle, code: str) -> int | str:
    """The value of a setting in a cycle: its own, or the default."""
    value: int | str = cycle.settings.get(code, settings()[code].default)
    return value


def source_due(cycle: RatingCycle, source: str) -> date:
    """The last day on which a source should have come in."""
    return cycle.cycle.last_day + timedelta(days=int(setting(cycle, f"due_{source}")))
