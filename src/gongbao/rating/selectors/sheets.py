"""Reading score sheets: the list of a street to tick through, and every version of a sheet."""

from dataclasses import dataclass

from django.db.models import QuerySet

from gongbao.organisations.models import Organisation
from gongbao.rating.models import RatingCycle, Sheet, Spell
from gongbao.rating.selectors.places import street_names
from gongbao.rating.selectors.rows import estates_in


@dataclass(frozen=True)
class SheetRow:
    """A project on a street's list. sheet: its newest, None where there is none yet."""

    spell: Spell
    sheet: Sheet | None

    @property
    def is_done(self) -> bool:
        return self.sheet is not None and self.sheet.signed_at is not None


def sheet_list(cycle: RatingCycle, place: Organisation) -> list[SheetRow]:
    """place: a street, or a community (whose street's list it is); what is still to do comes first."""
    spells = list(estates_in(cycle, *street_names(place)))
    found = cycle.sheets.filter(project_id__in=[spell.project_id for spell in spells]).order_by("number")
    newest = {sheet.project_id: sheet for sheet in found}
    rows = [SheetRow(spell, newest.get(spell.project_id)) for spell in spells]
    return sorted(rows, key=lambda row: (row.is_done, row.spell.name, row.spell.project_id))


def sheet_newest(cycle: RatingCycle, project_id: str) -> Sheet | None:
    return cycle.sheets.filter(project_id=project_id).order_by("number").last()


def sheet_signed(cycle: RatingCycle, project_id: str) -> Sheet | None:
    """The newest signed one: the one that counts."""
    return cycle.sheets.filter(project_id=project_id).exclude(signed_at=None).order_by("number").last()


def sheet_versions(cycle: RatingCycle, project_id: str) -> QuerySet[Sheet]:
    """Every sheet of a project, the newest first."""
    found = cycle.sheets.filter(project_id=project_id).select_related("drafted_by", "signed_by")
    return found.order_by("-number")
