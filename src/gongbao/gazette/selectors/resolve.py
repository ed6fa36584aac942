"""From any spelling of a citation to the text that it names."""

from dataclasses import dataclass
from functools import cached_property

from gongbao.gazette.models import Revision
from gongbao.gazette.rules import skeleton
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.digests import Digest
from gongbao.gazette.rules.plain import plain
from gongbao.gazette.rules.resolve import Place, below, find, nearest, spellings
from gongbao.gazette.rules.titles import folded, names
from gongbao.gazette.rules.validity import Validity
from gongbao.gazette.selectors.content import document_content
from gongbao.gazette.selectors.documents import (
    Link,
    documents_citing,
    documents_current,
    revision_names,
    revision_validity,
)
from gongbao.gazette.tables.packaged import packaged_digests, packaged_documents
from gongbao.gazette.tables.skeletons import packaged_skeletons
from gongbao.kernel.citation import Citation, parse
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text

SHOWN = 12  # places offered instead of one that does not exist


@dataclass(frozen=True)
class Resolved:
    """A place that was found. revision: of the text it is taken from; named_by: documents that name its document."""

    citation: Citation
    place: Place
    document: s.Document
    revision: Revision

    @property
    def digest(self) -> Digest | None:
        return packaged_digests().get(self.place.cite)

    @property
    def summary(self) -> str:
        """The first line of the text."""
        return next(plain(self.place.target), "")

    @cached_property
    def validity(self) -> Validity:
        return revision_validity(self.revision)

    @cached_property
    def named_by(self) -> list[Link]:
        return documents_citing(self.revision.number)


@dataclass(frozen=True)
class Announced:
    """A place that the package knows by its address alone: the text of its document is not imported.

    title: of the document, in both languages.
    """

    citation: Citation
    place: skeleton.Place
    title: Text

    @property
    def digest(self) -> Digest | None:
        return packaged_digests().get(self.place.cite)

    @property
    def summary(self) -> str:
        """What there is instead of the first line of the text: the digest, or the heading."""
        return f"摘要 digest: {self.digest.zh}" if self.digest else self.place.heading


def lookup(text: str) -> Resolved | Announced:
    """The place that a citation names, with its text where that is imported, else with what the package knows of it.

    Raises BadInput as `resolve` does.
    """
    citation = _parsed(text)
    known = packaged_skeletons().get(_known_number(citation))
    if known is None or revision_get(citation):
        return resolve(text)
    named = Citation(known.number, citation.work, citation.steps)
    place = next((place for cite in spellings(named) if (place := known.find(parse(cite)))), None)
    if place is None:
        raise _refusal(
            text,
            f"{known.number}的条款;没有这一条,正文也没有导入",
            f"a provision of {known.number}; it has no such, and its text is not imported",
        )
    return Announced(parse(place.cite), place, Text(known.title, known.title_en))


def _known_number(citation: Citation) -> str:
    """The number of a document; of one named by 《title》, where the package knows what bears that title."""
    title = folded(citation.document)
    titled = (d.number for d in packaged_documents() if title in names(d.title.zh))
    return next(titled, citation.document)


def resolve(text: str, *, sequence: int | None = None) -> Resolved:
    """The place that a citation names, in any usual spelling; sequence: in that revision instead of the current one.

    Raises BadInput that says what cannot be read, or what there is instead.
    """
    citation = _parsed(text)
    revision = revision_get(citation, sequence=sequence)
    if revision is None:
        raise _refusal(
            text,
            f"{citation.document}没有导入;用 gongbao gazette list 查看已有文件",
            f"{citation.document} is not imported; gongbao gazette list shows what is",
        )
    citation = Citation(revision.number, citation.work, citation.steps) if revision.number else citation
    document = document_content(revision)
    place = find(document, citation)
    if place is None:
        raise _refusal(text, *_instead(document, citation))
    return Resolved(citation, place, document, revision)


def _parsed(text: str) -> Citation:
    try:
        return parse(text)
    except ValueError as error:
        parts = [part.rsplit(" / ", 1) for part in str(error).split("; ")]  # 中 / English; 中 / English
        raise _refusal(text, ";".join(part[0] for part in parts), "; ".join(part[-1] for part in parts)) from error


def revision_get(citation: Citation, *, sequence: int | None = None) -> Revision | None:
    """The revision of the document that a citation names: by number, or by a 《title》 that it or its works bear.

    Without `sequence` the current one; a number printed in several issues means the newest.
    """
    current = documents_current()
    if citation.document.startswith("《"):
        title = folded(citation.document)
        found = next((r for r in current.prefetch_related("works") if title in revision_names(r)), None)
    else:
        found = current.filter(number=citation.document).first()
    if found and sequence is not None:
        found = Revision.objects.filter(document=found.document_id, sequence=sequence).first()
    return found


def _instead(document: s.Document, citation: Citation) -> tuple[str, str]:
    place = nearest(document, citation)
    there = below(place)
    offered = "、".join(cite.removeprefix(citation.document).strip() for cite in there[:SHOWN])
    more = "…" if len(there) > SHOWN else ""
    if not there:
        return f"{place.cite}之下没有更细的条款", f"nothing is numbered below {place.cite}"
    return f"{place.cite}之下有:{offered}{more}", f"below {place.cite} stand: {offered}{more}"


def _refusal(value: str, expected: str, expected_en: str = "") -> BadInput:
    return BadInput([Problem("引用 citation", None, "", value, expected, expected_en)])
