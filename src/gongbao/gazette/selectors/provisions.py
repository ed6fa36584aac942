"""The provisions and rows of one document, one after the other."""

from dataclasses import dataclass

from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.resolve import places
from gongbao.gazette.selectors.resolve import Resolved, lookup
from gongbao.gazette.tables.skeletons import packaged_skeletons


@dataclass(frozen=True)
class Piece:
    """level: of the provision, "row" for a row of a table; text: "" where the document is not imported."""

    cite: str
    level: str
    heading: str
    text: str


def provisions_of(document: str) -> list[Piece]:
    """All of a document, in the order in which a citation is looked for. Raises BadInput for one that is unknown."""
    found = lookup(document)
    if isinstance(found, Resolved):
        targets = (place.target for place in places(found.document).values())
        return [piece for target in targets if (piece := _piece(target))]
    known = packaged_skeletons()[found.citation.document]
    return [Piece(p.cite, p.level, p.heading, "") for p in known.places if p.level not in ("document", "work", "table")]


def _piece(target: object) -> Piece | None:
    if isinstance(target, s.Provision):
        return Piece(target.cite, target.level, target.heading, target.text)
    if isinstance(target, s.TableRow):
        return Piece(target.cite, "row", target.group, "\n".join(target.cells))
    return None
