"""Live scores as they stood night by night: the curve of an enterprise, and what has changed since yesterday."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max, QuerySet
from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.rating.models import LiveNight, LiveScore, RatingCycle, State
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.live import Live
from gongbao.rating.selectors.settings import setting

LIVE = (State.COLLECTING, State.CLOSED, State.PRELIMINARY)  # nothing is released yet


@dataclass(frozen=True)
class Since:
    """night: what is compared with; score: of then in 10⁻⁴, None where it took no part; changes: (indicator, 10⁻⁶
    points of the score), the largest first."""

    night: LiveNight
    score: int | None
    changes: tuple[tuple[Text, int], ...]


def is_live(cycle: RatingCycle) -> bool:
    """Whether scores still move and nobody has a result: the first course of a cycle, until the release."""
    return cycle.state in LIVE and cycle.revision == 0


def nights_of(cycle: RatingCycle) -> QuerySet[LiveNight]:
    """Those that are whole, the newest first."""
    return cycle.live_nights.filter(whole=True)


def day_begins(now: datetime) -> datetime:
    """Midnight in Beijing."""
    return timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))


def cycles_due(now: datetime) -> list[RatingCycle]:
    """Open cycles whose hour has come and whose scores were not stored today."""
    local = timezone.localtime(now)
    started = LiveNight.objects.filter(at__gte=day_begins(now)).values("cycle")
    waiting = RatingCycle.objects.filter(state__in=LIVE, revision=0).exclude(pk__in=started)
    return [cycle for cycle in waiting if local.hour >= int(setting(cycle, "live_hour"))]


def newest_by_code(cycle: RatingCycle) -> dict[str, LiveScore]:
    """What holds of each enterprise: its newest stored score."""
    newest = LiveScore.objects.filter(night__cycle=cycle, night__whole=True).values("uscc").annotate(last=Max("pk"))
    return {row.uscc: row for row in LiveScore.objects.filter(pk__in=newest.values("last"))}


def curve_of(cycle: RatingCycle, uscc: str) -> list[tuple[date, int | None]]:
    """The score on each day that has one stored, in 10⁻⁴; what did not change on a day stands as before."""
    stored = LiveScore.objects.filter(night__cycle=cycle, night__whole=True, uscc=uscc)
    changes = dict(stored.values_list("night", "score"))
    curve: dict[date, int | None] = {}
    score: int | None = None
    for night in nights_of(cycle).order_by("pk"):
        score = changes.get(night.pk, score)
        curve[timezone.localdate(night.at)] = score
    return list(curve.items())


def since_yesterday(cycle: RatingCycle, uscc: str, live: Live, today: date) -> Since | None:
    """What has changed since the newest night before today; None where there is none."""
    night = next((one for one in nights_of(cycle) if timezone.localdate(one.at) < today), None)
    if night is None:
        return None
    stored = LiveScore.objects.filter(night__cycle=cycle, night__whole=True, night__lte=night, uscc=uscc)
    held, points = stored.order_by("-pk").first(), Counter[str]()
    for line in live.lines:
        points[line.line.indicator] += line.line.contribution
    points.subtract(held.points if held else {})
    names = edition_of(cycle).by_code
    changed = [(names[code].name, change) for code, change in points.items() if change and code in names]
    changed.sort(key=lambda one: -abs(one[1]))
    return Since(night, held.score if held else None, tuple(changed))
