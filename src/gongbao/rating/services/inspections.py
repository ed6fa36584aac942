"""The random inspection plan: listed and committed to, drawn, carried out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Inspection, InspectionPlan, RatingCycle


def plan_make(
    *,
    cycle: RatingCycle,
    place: Organisation,
    rates: Mapping[str, str],
    times: Mapping[str, int],
    inspectors: Sequence[str],
    actor: Actor,
    now: datetime,
) -> InspectionPlan:
    """Fix list, rates and the hash of the secret, before the draw."""
    raise NotImplementedError


def plan_draw(*, plan: InspectionPlan, parts: Sequence[str], actor: Actor, now: datetime) -> InspectionPlan:
    """parts: what others fixed after the plan was published, one at least."""
    raise NotImplementedError


def inspection_record(
    *, inspection: Inspection, found: str, note: str, done_on: date, actor: Actor, now: datetime
) -> Inspection:
    raise NotImplementedError
