"""From any spelling of a citation to the text that it names."""

import re
from dataclasses import dataclass
from functools import cached_property

from gongbao.gazette.models import Revision
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.resolve import Place, below, find, nearest
from gongbao.gazette.rules.search_text import tokens
from gongbao.gazette.rules.validity import Validity
from gongbao.gazette.selectors.content import PARTS, document_content
from gongbao.gazette.selectors.documents import Link, documents_citing, documents_current, revision_validity
from gongbao.kernel.citation import Citation, parse
from gongbao.kernel.problem import BadInput, Problem

_TRIAL = re.compile(r"[(（]试行[)）]$")  # left out where people name a document
SHOWN = 12  # places offered instead of one that does not exist


@dataclass(frozen=True)
class Resolved:
    """A place that was found. revision: of the text it is taken from; named_by: documents that name its document."""

    citation: Citation
    place: Place
    document: s.Document
    revision: Revision

    @cached_property
    def validity(self) -> Validity:
        return revision_validity(self.revision)

    @cached_property
    def named_by(self) -> list[Link]:
        return documents_citing(self.revision.number)


def resolve(text: str, *, sequence: int | None = None) -> Resolved:
    """The place that a citation names, in any usual spelling; sequence: in that revision instead of the current one.

    Raises BadInput that says what cannot be read, or what there is instead.
    """
    try:
        citation = parse(text)
    except ValueError as error:
        raise _refusal(text, *str(error).split(" / ", 1)) from error
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


def revision_get(citation: Citation, *, sequence: int | None = None) -> Revision | None:
    """The revision of the document that a citation names: by number, or by a 《title》 that it or its works bear.

    Without `sequence` the current one; a number printed in several issues means the newest.
    """
    current = documents_current()
    if citation.document.startswith("《"):
        title = _folded(citation.document)
        titled = current.prefetch_related("works")
        found = next((r for r in titled if title in _names(r)), None)
    else:
        found = current.filter(number=citation.document).first()
    if found and sequence is not None:
        found = Revision.objects.filter(document=found.document_id, sequence=sequence).first()
    return Revision.objects.prefetch_related(*PARTS).get(pk=found.pk) if found else None


def _names(revision: Revision) -> set[str]:
    works = [name for work in revision.works.all() for name in (work.title, *work.aliases)]
    names = (revision.title, *works)
    return {_folded(name) for name in (*names, *(_TRIAL.sub("", name) for name in names))}


def _folded(title: str) -> str:
    return "".join(token.text for token in tokens(title))


def _instead(document: s.Document, citation: Citation) -> tuple[str, str]:
    place = nearest(document, citation)
    there = below(place)
    names = "、".join(cite.removeprefix(citation.document).strip() for cite in there[:SHOWN])
    more = "…" if len(there) > SHOWN else ""
    if not there:
        return f"{place.cite}之下没有更细的条款", f"nothing is numbered below {place.cite}"
    return f"{place.cite}之下有:{names}{more}", f"below {place.cite} stand: {names}{more}"


def _refusal(value: str, expected: str, expected_en: str = "") -> BadInput:
    return BadInput([Problem("引用 citation", None, "", value, expected, expected_en)])
