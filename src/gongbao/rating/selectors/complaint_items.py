"""Reading single complaints: those behind an enterprise's months, and which enterprise a month belongs to."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongbao.rating.models import Complaint, ComplaintItem, RatingCycle, Spell
from gongbao.rating.selectors.rows import spells_of


@dataclass(frozen=True)
class MonthOfItems:
    """month: YYYY-MM; count: what 12345 delivered, None where it did not; items: the single complaints."""

    project_id: str
    project: str
    month: str
    count: int | None
    items: tuple[ComplaintItem, ...]

    @property
    def concerning(self) -> int:
        return sum(item.concerns for item in self.items)


def items_now(cycle: RatingCycle) -> QuerySet[ComplaintItem]:
    """Those that hold now."""
    return ComplaintItem.objects.filter(cycle=cycle, ended=None).order_by("-received_on", "reference_no")


def months_of_items(cycle: RatingCycle, uscc: str) -> list[MonthOfItems]:
    """The months of an enterprise for which single complaints were supplied: a month belongs to whoever manages the
    project on its last day (I-7)."""
    spells = list(spells_of(cycle, uscc))
    ids = {spell.project_id for spell in spells}
    rows = Complaint.objects.filter(cycle=cycle, ended=None, project_id__in=ids)
    counts = {(row.project_id, row.month): row.count for row in rows}
    found: dict[tuple[str, int], list[ComplaintItem]] = {}
    for item in items_now(cycle).filter(project_id__in=ids):
        if any(_covers(spell, item) for spell in spells):
            found.setdefault((item.project_id, item.month), []).append(item)
    names = {spell.project_id: spell.name for spell in spells}
    return [
        MonthOfItems(project, names[project], f"{month // 100}-{month % 100:02}", counts.get((project, month)),
                     tuple(items))
        for (project, month), items in sorted(found.items())
    ]  # fmt: skip


def items_named(cycle: RatingCycle, uscc: str, numbers: Iterable[str]) -> list[ComplaintItem]:
    """Those of an enterprise with these reference numbers."""
    wanted = set(numbers)
    every = [item for month in months_of_items(cycle, uscc) for item in month.items] if wanted else []
    return [item for item in every if item.reference_no in wanted]


def managers_of(cycle: RatingCycle, items: Sequence[ComplaintItem]) -> list[str]:
    """For each item the enterprise that its month belongs to, "" where nobody manages the project then."""
    spells: dict[str, list[Spell]] = {}
    ids = {item.project_id for item in items}
    for spell in Spell.objects.filter(cycle=cycle, ended=None, project_id__in=ids):
        spells.setdefault(spell.project_id, []).append(spell)
    return [
        next((spell.uscc for spell in spells.get(item.project_id, ()) if _covers(spell, item)), "") for item in items
    ]


def _covers(spell: Spell, item: ComplaintItem) -> bool:
    """Whether the spell manages the item's project on the last day of its month."""
    on = item.received_on
    last = date(on.year, on.month, monthrange(on.year, on.month)[1])
    return (
        spell.project_id == item.project_id
        and spell.managed_from <= last
        and (spell.managed_until is None or spell.managed_until >= last)
    )
