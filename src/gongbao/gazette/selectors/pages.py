"""What a page of the reader shows: texts as blocks with digest, readings and what runs on them beside."""

from dataclasses import dataclass, field
from functools import cached_property

from gongbao.gazette.models import Revision
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.blocks import Block, Sheet, SheetRow, blocks, provision_blocks, sheet
from gongbao.gazette.rules.digests import Digest
from gongbao.gazette.rules.plain import number_runs
from gongbao.gazette.rules.readings import Reading
from gongbao.gazette.rules.resolve import Place, places, spellings
from gongbao.gazette.rules.skeleton import Skeleton
from gongbao.gazette.selectors.documents import documents_known, name_key
from gongbao.gazette.tables.packaged import packaged_digests, packaged_readings
from gongbao.kernel.citation import Citation
from gongbao.web.provisions import Run, runs_by_cite

_ALONE = {"chapter", "section", "article", "part"}  # these always begin a passage of their own
_PACKAGED_LABELS = {"document", "work", "row"}  # levels that bear no number of their own


@dataclass(frozen=True)
class Beside:
    """What stands beside a provision."""

    digest: Digest | None
    readings: tuple[Reading, ...]
    runs: tuple[Run, ...]

    def __bool__(self) -> bool:
        return bool(self.digest or self.readings or self.runs)


@dataclass(frozen=True)
class ShownBlock:
    """A block with what stands beside it. short: its citation without the document."""

    block: Block
    short: str
    beside: Beside


@dataclass(frozen=True)
class ShownRow:
    """A row of a table with what stands beside it."""

    row: SheetRow
    short: str
    beside: Beside


@dataclass(frozen=True)
class ShownSheet:
    """A table; missing: running numbers that were not read, runs drawn together (4–8)."""

    sheet: Sheet
    rows: tuple[ShownRow, ...]
    missing: str

    @property
    def has_beside(self) -> bool:
        return any(row.beside for row in self.rows)


@dataclass(frozen=True)
class Passage:
    """A block and those below it that have nothing of their own beside them: 条 with its 款."""

    first: ShownBlock
    others: tuple[ShownBlock, ...]

    @property
    def all(self) -> tuple[ShownBlock, ...]:
        return (self.first, *self.others)


@dataclass(frozen=True)
class ShownWork:
    """One work of a document. outline: what its contents list."""

    work: s.Work
    anchor: str
    beside: Beside
    blocks: tuple[ShownBlock, ...]
    sheets: tuple[ShownSheet, ...] = ()

    @property
    def passages(self) -> list[Passage]:
        found: list[list[ShownBlock]] = []
        for one in self.blocks:
            below = found and one.block.depth > found[-1][0].block.depth
            if below and not one.beside and one.block.level not in _ALONE:
                found[-1].append(one)
            else:
                found.append([one])
        return [Passage(first, tuple(others)) for first, *others in found]

    @property
    def outline(self) -> list[Block]:
        return [one.block for one in self.blocks if _in_outline(one.block)]


def _in_outline(block: Block) -> bool:
    return block.level == "article" or (bool(block.head) and block.depth < 2)


@dataclass
class Knowledge:
    """What is known about provisions, looked up once for a page."""

    runs: dict[str, tuple[Run, ...]] = field(default_factory=runs_by_cite)

    def beside(self, cite: str) -> Beside:
        return Beside(packaged_digests().get(cite), readings_on(cite), self.runs.get(cite, ()))


@dataclass(frozen=True)
class Links:
    """Where the words of one document lead."""

    document: s.Document

    @cached_property
    def _here(self) -> dict[str, Place]:
        return places(self.document)

    @cached_property
    def _elsewhere(self) -> dict[str, str]:
        return documents_known()

    def __call__(self, document: str, steps: tuple[str, ...]) -> str:
        """As rules.blocks.Leads."""
        own = self.document.number
        number = own if not document else self._elsewhere.get(name_key(document), "")
        if not number or (number == own and not steps):
            return ""
        try:
            citation = Citation(number, "", steps)
        except ValueError:
            return ""
        if number != own:
            return str(citation)
        return next((cite for cite in spellings(citation) if cite in self._here), "")


def readings_on(cite: str) -> tuple[Reading, ...]:
    """The readings that concern a provision."""
    return tuple(reading for reading in packaged_readings().values() if cite in reading.cites)


def document_works(document: s.Document) -> list[ShownWork]:
    """The works of a document, laid out."""
    knowledge, links = Knowledge(), Links(document)
    return [
        ShownWork(
            work,
            f"work_{count}",
            knowledge.beside(work.cite),
            tuple(_shown(block, document.number, knowledge) for block in blocks(work, f"work_{count}", links)),
            tuple(
                _sheet(table, f"work_{count}__tbl_{at}", document, knowledge, links)
                for at, table in enumerate(work.tables, start=1)
            ),
        )
        for count, work in enumerate(document.works, start=1)
    ]


def place_works(document: s.Document, place: Place) -> list[ShownWork]:
    """A place below a document, laid out as the part of its work that it is: a work, provision, table or row."""
    if isinstance(place.target, s.Work):
        return [shown for shown in document_works(document) if shown.work == place.target]
    knowledge, links = Knowledge(), Links(document)
    work = next(one for one in place.inside if isinstance(one, s.Work))
    found: tuple[ShownBlock, ...] = ()
    sheets: tuple[ShownSheet, ...] = ()
    if isinstance(place.target, s.Provision):
        laid = provision_blocks(place.target, "here", links)
        found = tuple(_shown(block, document.number, knowledge) for block in laid)
    elif isinstance(place.target, s.Table):
        sheets = (_sheet(place.target, "here", document, knowledge, links),)
    return [ShownWork(work, "here", knowledge.beside(place.cite), found, sheets)]


def row_cells(document: s.Document, place: Place) -> SheetRow | None:
    """The cells of a row with their heads; None for a place that is no row."""
    if not isinstance(place.target, s.TableRow):
        return None
    table = next(one for one in place.inside if isinstance(one, s.Table))
    one_row = s.Table(table.cite, table.title, table.head, (place.target,))
    return sheet(one_row, "here", Links(document)).rows[0]


def anchor_of(document: s.Document, cite: str) -> str:
    """Where on the page of its document a place stands; "" for the document itself."""
    for shown in document_works(document):
        if shown.work.cite == cite and cite != document.number:
            return shown.anchor
        anchors = {one.block.cite: one.block.anchor for one in shown.blocks}
        for part in shown.sheets:
            anchors |= {part.sheet.table.cite: part.sheet.anchor} | {r.row.cite: r.row.anchor for r in part.rows}
        if cite in anchors:
            return anchors[cite]
    return ""


def skeleton_works(skeleton: Skeleton) -> list[ShownWork]:
    """A document that the package knows by its addresses alone: headings and digests, no text."""
    knowledge = Knowledge()
    found = []
    for count, place in enumerate(skeleton.places[1:], start=1):
        label = place.cite.removeprefix(skeleton.number).strip()
        head = f"{label} {place.heading}".strip()
        level: s.Level = "article" if place.level in _PACKAGED_LABELS else place.level  # type: ignore[assignment]
        block = Block(place.cite, f"place_{count}", 0, level, head, head, ())
        found.append(_shown(block, skeleton.number, knowledge))
    work = s.Work("issued", skeleton.title, (), cite=skeleton.number)
    return [ShownWork(work, "work_1", knowledge.beside(skeleton.number), tuple(found))]


def beside(cite: str) -> Beside:
    return Knowledge().beside(cite)


def neighbours(document: s.Document, cite: str) -> tuple[str, str]:
    """The citations before and after a provision or row, on its own level; "" at the ends."""
    place = places(document)[cite]
    above = place.inside[-1] if place.inside else None
    match above:
        case s.Work(provisions=side) | s.Provision(children=side):
            cites = [one.cite for one in side]
        case s.Table(rows=rows):
            cites = [row.cite for row in rows]
        case _:
            cites = []
    if cite not in cites:
        return "", ""
    at = cites.index(cite)
    return cites[at - 1] if at else "", cites[at + 1] if at + 1 < len(cites) else ""


def revisions_of(revision: Revision) -> list[Revision]:
    """All texts of the same document, the newest first."""
    found = Revision.objects.filter(document=revision.document_id).select_related("reading")
    return list(found.order_by("-sequence"))


def _shown(block: Block, number: str, knowledge: Knowledge) -> ShownBlock:
    return ShownBlock(block, short_cite(block.cite, number), knowledge.beside(block.cite))


def _sheet(table: s.Table, anchor: str, document: s.Document, knowledge: Knowledge, links: Links) -> ShownSheet:
    laid = sheet(table, anchor, links)
    rows = (ShownRow(row, short_cite(row.cite, document.number), knowledge.beside(row.cite)) for row in laid.rows)
    return ShownSheet(laid, tuple(rows), number_runs(table.missing))


def short_cite(cite: str, number: str) -> str:
    """A citation within its document: 第七条."""
    return cite.removeprefix(number).strip()
