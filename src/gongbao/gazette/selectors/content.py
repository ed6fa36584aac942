"""From rows back to what was read: rules.structure values, equal to those that were stored."""

from collections import defaultdict

from django.db.models import prefetch_related_objects

from gongbao.gazette.models import Issue, Reading, Revision, Table, Work
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.lines import squeeze

PARTS = ("works__provisions", "works__tables__rows", "references")


def issue_content(issue: Issue) -> s.Issue:
    """The current text of an issue. Lines are those of the reading that each document was last changed by."""
    reading = Reading.objects.defer("text").get(issue=issue, is_current=True)
    lines = list(reading.lines.all())
    current = Revision.objects.filter(document__issue=issue, is_current=True).order_by("position")
    return s.Issue(
        year=issue.year,
        number=issue.number,
        total=issue.total,
        published_on=issue.published_on,
        documents=tuple(document_content(revision) for revision in current.prefetch_related(*PARTS)),
        noise=tuple(s.Noise(n.line, n.text, n.what) for n in lines if n.is_noise),  # type: ignore[arg-type]
        matter=tuple(s.Matter(n.line, n.text, n.what) for n in lines if not n.is_noise),  # type: ignore[arg-type]
        colophon=issue.colophon,
    )


def documents_with_table(head: tuple[str, ...]) -> list[s.Document]:
    """The current documents that hold a table with these column heads (spaces do not count), the newest issue first."""
    wanted = tuple(map(squeeze, head))
    tables = Table.objects.filter(work__revision__is_current=True).values_list("work__revision", "head")
    found = {revision for revision, own in tables if tuple(map(squeeze, own)) == wanted}
    rows = Revision.objects.filter(pk__in=found).order_by(
        "-document__issue__year", "-document__issue__number", "position"
    )
    return [document_content(revision) for revision in rows.prefetch_related(*PARTS)]


def document_content(revision: Revision) -> s.Document:
    """One revision of a document, whole."""
    prefetch_related_objects([revision], *PARTS)
    named: dict[str, tuple[s.Reference, ...]] = defaultdict(tuple)
    for r in sorted(revision.references.all(), key=lambda r: r.position):
        named[r.kind] += (s.Reference(r.number, r.title, r.line),)
    return s.Document(
        number=revision.number,
        title=revision.title,
        title_en=revision.title_en,
        issuers=tuple(revision.issuers),
        addressees=tuple(revision.addressees),
        issued_on=revision.issued_on,
        section=revision.section,
        page=revision.page,
        works=tuple(_work(work) for work in revision.works.all()),
        force=s.Force(
            begins=revision.begins,
            ends=revision.ends,
            trial=revision.trial,
            from_publication=revision.from_publication,
            replaces=named["replaces"],
            based_on=named["based_on"],
            explained_by=tuple(revision.explained_by),
            responsible=tuple(revision.responsible),
        ),
        cites=named["cites"],
    )


def _work(work: Work) -> s.Work:
    below = defaultdict(list)
    for provision in work.provisions.all():
        below[provision.parent_id].append(provision)

    def tree(parent: int | None) -> tuple[s.Provision, ...]:
        return tuple(
            s.Provision(
                p.cite,
                p.level,  # type: ignore[arg-type]
                p.number,
                p.heading,
                p.text,
                (p.first_line, p.last_line),
                tree(p.pk),
                tuple(p.responsible),
            )
            for p in below[parent]
        )

    tables = (
        s.Table(
            cite=table.cite,
            title=table.title,
            head=tuple(table.head),
            rows=tuple(
                s.TableRow(row.cite, row.group, tuple(row.cells), (row.first_line, row.last_line))
                for row in table.rows.all()
            ),
            notes=tuple(table.notes),
            missing=tuple(table.missing),
        )
        for table in work.tables.all()
    )
    return s.Work(work.role, work.title, tree(None), tuple(tables), tuple(work.aliases), work.cite)  # type: ignore[arg-type]
