"""Reading editions: those of the package, and over them what was published here."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, QuerySet, When

from gongbao.gazette.selectors.content import documents_with_table
from gongbao.permits.models import EditionRevision, GuideText, State
from gongbao.permits.rules.diff import Change, diff
from gongbao.permits.rules.editions import in_force_on
from gongbao.permits.rules.forms import from_json
from gongbao.permits.rules.guides import Demand, Guide, placed, states
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.printed import HEADS, PrintedList, lists_of
from gongbao.permits.rules.supervision import Duty, duties
from gongbao.permits.tables.packaged import modes, packaged_editions


def revision_edition(revision: EditionRevision) -> Edition:
    """The edition that a revision says."""
    return _read(json.dumps(revision.content), str(revision))


@lru_cache(maxsize=16)
def _read(content: str, name: str) -> Edition:
    """Kept: reading takes some 30 ms, and the front page and every provision of the gazette ask for all editions."""
    return from_json(json.loads(content), modes(), name)


def editions_published() -> dict[str, Edition]:
    """Every edition by its name; one that was published here stands in the place of the package's."""
    published = EditionRevision.objects.filter(state=State.PUBLISHED)
    return dict(sorted((packaged_editions() | {r.edition: revision_edition(r) for r in published}).items()))


def edition_on(day: date) -> Edition | None:
    """The edition in force on a day."""
    return in_force_on(editions_published().values(), day)


def edition_shown(day: date, name: str = "") -> Edition | None:
    """The edition of that name, None where there is none; for "" the one in force that day, or else the latest."""
    known = editions_published()
    return known.get(name) if name else in_force_on(known.values(), day) or list(known.values())[-1]


def lists_imported() -> dict[str, PrintedList]:
    """The permit lists among the documents of the gazette that are imported, by the number of their document."""
    found = [one for document in documents_with_table(HEADS) for one in lists_of(document)]
    return {one.head.cite: one for one in reversed(found)}


def changes_into(edition: Edition) -> tuple[Change, ...]:
    """What became of the names of every edition before this one."""
    before = [
        e for e in editions_published().values() if e.in_force and edition.in_force and e.in_force < edition.in_force
    ]
    return tuple(change for earlier in before for change in diff(earlier, edition, modes()))


def revisions_all() -> QuerySet[EditionRevision]:
    """Every text that was drafted here, what waits first, then the newest."""
    waits = Case(When(state=State.DRAFT, then=0), default=1)
    return EditionRevision.objects.select_related("drafted_by", "decided_by").order_by(waits, "-drafted_at", "-pk")


def revisions_open() -> QuerySet[EditionRevision]:
    """Drafts that wait for a second person, the oldest first."""
    return EditionRevision.objects.filter(state=State.DRAFT).select_related("drafted_by").order_by("drafted_at", "pk")


def revisions_of(edition: str) -> QuerySet[EditionRevision]:
    """Every text of an edition that was drafted here, the newest first."""
    return EditionRevision.objects.filter(edition=edition).order_by("-sequence")


def edition_before(new: Edition) -> Edition | None:
    """What an edition takes the place of: the same edition as it is, else the one in force the day before."""
    known = editions_published()
    begun = {
        n: e for n, e in known.items() if n != new.edition and new.in_force and e.in_force and e.in_force < new.in_force
    }
    return known.get(new.edition) or in_force_on(begun.values(), new.in_force or date.max)


def revision_effect(revision: EditionRevision) -> tuple[tuple[Change, ...], tuple[Duty, ...]]:
    """What publishing would change, and the items whose supervision it would make somebody's task."""
    new = revision_edition(revision)
    old = edition_before(new)
    if old is None:
        return (), ()
    changes = diff(old, new, modes())
    return changes, tuple(duties(old, new, changes))


def guides_of(edition: Edition) -> dict[int, Guide]:
    """The guides of an edition's items, by number."""
    return placed(edition, [(row.name, _guide(row)) for row in GuideText.objects.all()])


def guide_shown(edition: Edition, number: int) -> dict[str, Any]:
    """The guide of an item and its state: {guide: Guide or None, guide_state: one of rules.guides.STATES}."""
    guide = guides_of(edition).get(number)
    return {"guide": guide, "guide_state": states(edition, [guide] if guide else [])[number]}


def _guide(row: GuideText) -> Guide:
    told = row.content
    return Guide(
        item=row.number,
        updated=row.updated,
        conditions=tuple(Demand(**one) for one in told["conditions"]),
        materials=tuple(Demand(**one) for one in told["materials"]),
        time_limit=told["time_limit"],
        fee=told["fee"],
        place=told["place"],
    )
