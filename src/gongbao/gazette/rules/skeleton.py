"""The skeleton of documents: addresses, levels and numbers without text, so that citations resolve before any import.

Headings are kept where they are bare titles (总则); sentences of the gazette are not.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property

from gongbao.gazette.rules.structure import Document, Provision, Work
from gongbao.kernel.citation import Citation, parse
from gongbao.kernel.problem import BadInput, Problem

_BARE_TITLE = 12  # characters; a longer heading is a sentence in its own right


@dataclass(frozen=True)
class Place:
    """An address: citation, level ("work", "table", "row", or the level of a provision), number, heading ("" none)."""

    cite: str
    level: str
    number: str
    heading: str


@dataclass(frozen=True)
class Skeleton:
    """The places of one document, in its order; the first is the document itself."""

    number: str
    title: str
    title_en: str
    places: tuple[Place, ...]

    def find(self, citation: Citation) -> Place | None:
        """The place that a citation names in this document; None where it has none.

        第七条第一款 of an article that is one paragraph is the article.
        """
        whole = Citation(citation.document, citation.work, tuple(s for s in citation.steps if s != "第一款"))
        return self._places.get(str(citation)) or self._places.get(str(whole))

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.cite: place for place in self.places}


def make_skeleton(document: Document) -> Skeleton:
    """The skeleton of a document that was read."""
    places = [Place(document.number, "document", "", "")]
    for work in document.works:
        if work.cite != document.number:
            places.append(Place(work.cite, "work", "", ""))
        places += _work_places(work)
    once = {
        place.cite: place for place in reversed(places)
    }  # a preamble shares the address of its work: the work stays
    ordered = tuple(once[cite] for cite in dict.fromkeys(place.cite for place in places))
    return Skeleton(document.number, document.title, document.title_en, ordered)


def _work_places(work: Work) -> list[Place]:
    places: list[Place] = []

    def collect(provision: Provision) -> None:
        heading = provision.heading if _is_bare_title(provision) else ""
        places.append(Place(provision.cite, provision.level, provision.number, heading))
        for child in provision.children:
            collect(child)

    for provision in work.provisions:
        collect(provision)
    for table in work.tables:
        places.append(Place(table.cite, "table", "", ""))
        places += [Place(row.cite, "row", "", "") for row in table.rows]
    return places


def _is_bare_title(provision: Provision) -> bool:
    return len(provision.heading) <= _BARE_TITLE and not re.search("[，,。；;]", provision.heading)


def write_skeleton(skeleton: Skeleton) -> str:
    """The TOML of a skeleton: one line a place."""
    lines = [
        "# Addresses of one document, without its text. Made from the printed issue.",
        f"number = {_quoted(skeleton.number)}",
        f"title = {{ zh = {_quoted(skeleton.title)}, en = {_quoted(skeleton.title_en)} }}",
        "places = [",
        *(f"  [{', '.join(map(_quoted, (p.cite, p.level, p.number, p.heading)))}]," for p in skeleton.places),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def read_skeleton(name: str, text: str) -> Skeleton:
    """The skeleton in a TOML text; name: of the file, for messages. Raises BadInput with every place that is none."""
    try:
        data = tomllib.loads(text)
        places = tuple(Place(*place) for place in data["places"])
        skeleton = Skeleton(data["number"], data["title"]["zh"], data["title"]["en"], places)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        english = "a TOML file with number, title and places of four words each"
        raise BadInput(
            [Problem(name, None, "", str(error), "应为含文号、标题和条款地址的 TOML 文件", english)]
        ) from error
    problems = [
        Problem(name, row, "cite", place.cite, "应为引用的规范写法", "a citation in official form")
        for row, place in enumerate(places, start=1)
        if not _is_official(place.cite)
    ]
    if problems:
        raise BadInput(problems)
    return skeleton


def _is_official(cite: str) -> bool:
    try:
        return str(parse(cite)) == cite
    except ValueError:
        return False
