"""Reading score sheets: the list of a street to tick through, and every version of a sheet."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.organisations.models import Organisation
from gongbao.rating.models import RatingCycle, Sheet, Spell


@dataclass(frozen=True)
class SheetRow:
    """A project on a street's list. sheet: its newest, None where there is none yet."""

    spell: Spell
    sheet: Sheet | None


def sheet_list(cycle: RatingCycle, place: Organisation) -> list[SheetRow]:
    """place: a street, or a community (whose street's list it is); open ones first."""
    raise NotImplementedError


def sheet_newest(cycle: RatingCycle, project_id: str) -> Sheet | None:
    raise NotImplementedError


def sheet_signed(cycle: RatingCycle, project_id: str) -> Sheet | None:
    raise NotImplementedError


def sheet_versions(cycle: RatingCycle, project_id: str) -> QuerySet[Sheet]:
    raise NotImplementedError
