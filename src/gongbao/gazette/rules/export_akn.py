"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML): the notice as main document, what it issues as attachments."""

from datetime import date

from lxml import etree
from lxml.builder import ElementMaker

from gongbao.gazette.rules.anchors import name_children, row_name
from gongbao.gazette.rules.lines import squeeze
from gongbao.gazette.rules.passages import label
from gongbao.gazette.rules.references import named_documents
from gongbao.gazette.rules.structure import Document, Issue, Level, Provision, Table, Work

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_SOURCE = "#gongbao"
_UNDATED = "1000-01-01"  # FRBR wants a date; the year 1000 says that none is known
_RUNNING_TEXT = ("p", "heading", "num", "caption")
_ELEMENTS: dict[Level, str] = {
    "chapter": "chapter", "section": "section", "article": "article", "paragraph": "paragraph", "part": "part",
    "item": "clause", "subitem": "subclause", "point": "point", "preamble": "hcontainer", "heading": "hcontainer",
}  # fmt: skip


def document_to_akn(document: Document, issue: Issue) -> str:
    """XML of one document; the issue gives the day and number of its publication. Valid against the OASIS schema."""
    first, *others = document.works
    body = _doc(document, issue, first, document.title, "")
    if others:
        attached = [
            _E.attachment(_doc(document, issue, work, work.title, f"att_{count}"), eId=f"att_{count}")
            for count, work in enumerate(others, start=1)
        ]
        body.append(_E.attachments(*attached))
    root = _E.akomaNtoso(body)
    _indent(root, "\n")
    return etree.tostring(root, encoding="unicode") + "\n"


def _indent(element: etree._Element, margin: str) -> None:
    """Lines for readers of the file; elements that hold running text stay as they are, to the character."""
    if len(element) == 0 or etree.QName(element).localname in _RUNNING_TEXT:
        return
    element.text = margin + "  "
    for child in element:
        _indent(child, margin + "  ")
        child.tail = margin + "  "
    element[-1].tail = margin


def document_uri(number: str) -> str:
    """The address of a document as a work: /akn/cn/doc/京建法〔2025〕2号."""
    return f"/akn/cn/doc/{number}"


def _doc(document: Document, issue: Issue, work: Work, title: str, part: str) -> etree._Element:
    body = _E.mainBody()
    for name, provision in name_children(work.provisions, part):
        body.append(_provision(provision, _qualified(name, provision, part), part))
    for count, table in enumerate(work.tables, start=1):
        name = f"{part}__tbl_{count}" if part else f"tbl_{count}"
        body.append(_table(table, name))
        body.extend(_E.p(*_linked(note)) for note in table.notes)
    if len(body) == 0:
        body.append(_E.p())
    preface = _E.preface(_E.longTitle(_E.p(_E.docTitle(title))))
    if work.role == "notice":
        preface.append(_E.p(_E.docNumber(document.number)))
    return _E.doc(_meta(document, issue, work, part), preface, body, name=work.role)


def _meta(document: Document, issue: Issue, work: Work, part: str) -> etree._Element:
    own = document_uri(document.number)
    this = f"{own}/{part or 'main'}"
    day = str(document.issued_on or _UNDATED)
    author = "#issuer_1" if document.issuers else _SOURCE
    expression, file = f"{own}/zho@{day}", f"{own}/zho@{day}/xml"

    def level(name: str, uri: str, *more: etree._Element) -> etree._Element:
        first = [_E.FRBRthis(value=uri.replace(own, this, 1)), _E.FRBRuri(value=uri)]
        return _E(name, *first, _E.FRBRdate(date=day, name="issued"), _E.FRBRauthor(href=author), *more)

    identification = _E.identification(
        level("FRBRWork", own, _E.FRBRcountry(value="cn"), _E.FRBRnumber(value=document.number)),
        level("FRBRExpression", expression, _E.FRBRlanguage(language="zho")),
        level("FRBRManifestation", file, _E.FRBRformat(value="application/akn+xml")),
        source=_SOURCE,
    )
    if part:  # an attachment shares life, issuers and publication of its document
        return _E.meta(identification, *_alias_references(work, part))
    number, show = f"{issue.year}-{issue.number}", f"{issue.year}年第{issue.number}期"
    published = _E.publication(date=str(issue.published_on or _UNDATED), name="gazette", showAs=show, number=number)
    events, times = _times(document)
    return _E.meta(identification, published, events, *times, _references(document))


def _times(document: Document) -> tuple[etree._Element, list[etree._Element]]:
    """Life of a document: issued, begins, ends; the time that it is in force."""
    force = document.force
    days: list[tuple[str, date, str]] = []
    if document.issued_on:
        days.append(("issued", document.issued_on, "generation"))
    if force.begins:
        days.append(("begins", force.begins, "generation"))
    if force.ends:
        days.append(("ends", force.ends, "repeal"))
    if not days:
        return _E.lifecycle(
            _E.eventRef(eId="issued", date=_UNDATED, source=_SOURCE, type="generation"), source=_SOURCE
        ), []
    events = [_E.eventRef(eId=f"e_{name}", date=str(day), source=_SOURCE, type=kind) for name, day, kind in days]
    lifecycle = _E.lifecycle(*events, source=_SOURCE)
    if not force.begins:
        return lifecycle, []
    bounds = {"start": "#e_begins"} | ({"end": "#e_ends"} if force.ends else {})
    group = _E.temporalGroup(_E.timeInterval(refersTo="#inForce", **bounds), eId="force")
    return lifecycle, [_E.temporalData(group, source=_SOURCE)]


def _references(document: Document) -> etree._Element:
    references = _E.references(source=_SOURCE)
    for replaced in document.force.replaces:
        references.append(
            _E.activeRef(href=_href(replaced.number, replaced.title), showAs=replaced.title or replaced.number)
        )
    references.append(_E.TLCOrganization(eId="gongbao", href="/ontology/organization/cn/gongbao", showAs="公报"))
    for count, issuer in enumerate(document.issuers, start=1):
        href = f"/ontology/organization/cn/{issuer}"
        references.append(_E.TLCOrganization(eId=f"issuer_{count}", href=href, showAs=issuer))
    references.append(_E.TLCConcept(eId="inForce", href="/ontology/concept/inForce", showAs="施行"))
    return references


def _alias_references(work: Work, part: str) -> list[etree._Element]:
    """Other names of a work; none when it has none."""
    terms = [
        _E.TLCTerm(eId=f"{part}__alias_{count}", href=f"/ontology/term/cn/{alias}", showAs=alias)
        for count, alias in enumerate(work.aliases, start=1)
    ]
    return [_E.references(*terms, source=_SOURCE)] if terms else []


def _qualified(name: str, provision: Provision, part: str) -> str:
    """Articles are named by their number alone; within an attachment its name comes before."""
    return f"{part}__{name}" if part and provision.level == "article" else name


def _provision(provision: Provision, name: str, part: str) -> etree._Element:
    element = _E(_ELEMENTS[provision.level], eId=name)
    if _ELEMENTS[provision.level] == "hcontainer":
        element.set("name", provision.level)
    if label(provision):
        element.append(_E.num(label(provision)))
    if provision.heading:
        element.append(_E.heading(*_linked(provision.heading)))
    text = [_E.p(*_linked(line)) for line in provision.text.split("\n")] if provision.text else []
    if provision.children:
        if text:
            element.append(_E.intro(*text))
        for child_name, child in name_children(provision.children, name):
            element.append(_provision(child, _qualified(child_name, child, part), part))
    else:
        element.append(_E.content(*(text or [_E.p()])))
    return element


def _table(table: Table, name: str) -> etree._Element:
    rows = [_E.tr(*(_E.th(_E.p(cell)) for cell in table.head))]
    for count, row in enumerate(table.rows, start=1):
        cells = [_E.td(_E.p(*_linked(cell))) for cell in row.cells]
        rows.append(_E.tr(*cells, eId=row_name(name, count)))
    return _E.table(_E.caption(table.title), *rows, eId=name)


def _href(number: str, title: str) -> str:
    return document_uri(number or f"《{squeeze(title)}》")


def _linked(text: str) -> list[str | etree._Element]:
    """Text with the documents that it names as <ref>."""
    pieces: list[str | etree._Element] = []
    end = 0
    for start, number, title in named_documents(text):
        stop = start + len(title) + 2 if title else text.index("号", start) + 1
        pieces += [text[end:start], _E.ref(text[start:stop], href=_href(number, title))]
        end = stop
    return [piece for piece in [*pieces, text[end:]] if not isinstance(piece, str) or piece]
