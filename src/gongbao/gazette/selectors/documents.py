"""Lists of documents: what there is, what is in force on a day, who names whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongbao.gazette.models import Issue, Passage, Reference, Revision
from gongbao.gazette.rules.structure import Force
from gongbao.gazette.rules.titles import folded, names
from gongbao.gazette.rules.validity import Validity, validity
from gongbao.gazette.tables.packaged import packaged_documents
from gongbao.gazette.tables.skeletons import packaged_skeletons
from gongbao.kernel.problem import BadInput, Problem

LONGEST_NAME = 12  # of an issue: 2026-13


@dataclass(frozen=True)
class Listed:
    """A document's current revision and when it holds."""

    revision: Revision
    validity: Validity


@dataclass(frozen=True)
class Link:
    """One document names another. kind: cites, replaces, based_on. to: its number, or 《title》 where none is known.

    title: as the text gives it, "" where it gives a number alone; known: it is imported.
    """

    origin: str
    kind: str
    to: str
    title: str
    known: bool


def issue_get(name: str) -> Issue:
    """The issue named as 2026-13. Raises BadInput for another form, and for an issue that is not imported."""
    year, _, number = name.partition("-")
    if year.isdecimal() and number.isdecimal() and len(name) < LONGEST_NAME:
        found = Issue.objects.filter(year=int(year), number=int(number)).first()
        if found:
            return found
    known = "、".join(f"{issue.year}-{issue.number}" for issue in Issue.objects.all()[:12]) or "—"
    expected = f"已导入的一期,形如 2026-13;现有: {known}"
    raise BadInput(
        [Problem("期 issue", None, "", name, expected, f"an imported issue such as 2026-13; there are: {known}")]
    )


def issues_list() -> QuerySet[Issue]:
    """All issues, the newest first, each with the number of its documents as `count`."""
    current = Count("documents", filter=Q(documents__revisions__is_current=True), distinct=True)
    return Issue.objects.annotate(count=current)


def documents_current() -> QuerySet[Revision]:
    """The current revision of every document, newest issue first, in printed order."""
    return (
        Revision.objects.filter(is_current=True)
        .select_related("document__issue")
        .order_by("-document__issue__year", "-document__issue__number", "position")
    )


def documents_list(*, issue: Issue | None = None, on: date | None = None) -> list[Listed]:
    """Documents with their validity; `on`: only those in force that day, or of which the text does not tell."""
    ended = _replacements()
    listed = [Listed(r, validity(_force(r), r.issued_on, ended.get(r.number))) for r in documents_current()]
    return [
        entry
        for entry in listed
        if (issue is None or entry.revision.document.issue_id == issue.pk)
        and (on is None or entry.validity.holds(on) is not False)
    ]


def revision_validity(revision: Revision) -> Validity:
    """When a document holds by one revision of its text, and by the current texts of those that replace it."""
    return validity(_force(revision), revision.issued_on, _replacements().get(revision.number))


def revision_names(revision: Revision) -> set[str]:
    """The folded titles (rules.titles) by which a document is named: its own, and those of its works."""
    works = [name for work in revision.works.all() for name in (work.title, *work.aliases)]
    return {name for title in (revision.title, *works) for name in names(title)}


def documents_newest() -> QuerySet[Revision]:
    """Current revisions, those that were read in last before the others."""
    current = Revision.objects.filter(is_current=True).select_related("document__issue", "reading")
    return current.order_by("-reading__read_at", "-document__issue__year", "-document__issue__number", "position")


def cites_known() -> list[str]:
    """The citation of every place that has a page: of imported texts, and of addresses that come with the package."""
    imported = documents_current().exclude(number="")
    here = set(imported.values_list("number", flat=True))
    packaged = (p.cite for known in packaged_skeletons().values() if known.number not in here for p in known.places)
    cites = Passage.objects.filter(revision__in=imported.order_by()).values_list("cite", flat=True)
    return list(dict.fromkeys([*cites, *packaged]))


def documents_known() -> dict[str, str]:
    """By `name_key`, the number of every document whose text or addresses are here."""
    known = {name: d.number for d in packaged_documents() for name in (d.number, *names(d.title.zh))}
    for revision in documents_current().prefetch_related("works"):
        if revision.number:
            known |= dict.fromkeys((revision.number, *revision_names(revision)), revision.number)
    return known


def name_key(name: str) -> str:
    """A number as it is, a title (with or without 《》) folded."""
    return name if name.endswith("号") and not name.startswith("《") else folded(name)


def documents_graph() -> list[Link]:
    """Every naming of one document by another, once each. What a text replaces or is based on is not told as cited."""
    current = {r.pk: r for r in documents_current()}
    known, titled = {r.number for r in current.values()}, _numbers_by_title()
    links: dict[tuple[str, str], Link] = {}
    for reference in _in_order(Reference.objects.filter(revision__is_current=True)):
        origin = current[reference.revision_id]
        number = reference.number or titled.get(folded(reference.title), "")
        to = number or f"《{reference.title}》"
        link = Link(origin.number or origin.title, reference.kind, to, reference.title, number in known)
        if link.to != link.origin:
            links.setdefault((link.origin, to), link)
    return list(links.values())


def _numbers_by_title() -> dict[str, str]:
    """Folded title -> number of the document that bears it; the newest, where several do."""
    current = reversed(documents_current().prefetch_related("works"))
    return {name: revision.number for revision in current for name in revision_names(revision)}


def documents_citing(number: str) -> list[Link]:
    """Which documents name the one with this official number."""
    return [link for link in documents_graph() if link.to == number]


def _in_order(references: QuerySet[Reference]) -> list[Reference]:
    """Strongest kind first, then by place."""
    rank = {"replaces": 0, "based_on": 1, "cites": 2}
    return sorted(references, key=lambda r: (r.revision_id, rank[r.kind], r.position))


def _replacements() -> dict[str, tuple[str, date]]:
    """number of a replaced document -> number and first day of the one that replaces it (the earliest)."""
    titled = _numbers_by_title()
    ended: dict[str, tuple[str, date]] = {}
    for reference in Reference.objects.filter(revision__is_current=True, kind="replaces").select_related("revision"):
        number = reference.number or titled.get(folded(reference.title), "")
        revision = reference.revision
        begins = validity(_force(revision), revision.issued_on).begins
        if number == revision.number:  # an older text of the same title, which is not here
            continue
        if number and begins and (number not in ended or begins < ended[number][1]):
            ended[number] = (revision.number, begins)
    return ended


def _force(revision: Revision) -> Force:
    return Force(revision.begins, revision.ends, revision.trial, revision.from_publication)
