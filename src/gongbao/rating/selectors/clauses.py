"""Where the citations of a standard lead: to the places that come with the package, and to imported texts."""

from dataclasses import dataclass, field

from gongbao.gazette.selectors.resolve import resolve, revision_get
from gongbao.gazette.tables.skeletons import find_place
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput


@dataclass
class Clauses:
    """Resolves citations and remembers what against. imported, announced: documents with their text, without it."""

    imported: set[str] = field(default_factory=set)
    announced: set[str] = field(default_factory=set)

    def resolve(self, cite: str) -> object | None:
        """The place that a citation names; None: there is none. An imported text counts before the package's places."""
        citation = parse(cite)
        if revision_get(citation) is None:
            self.announced.add(citation.document)
            return find_place(citation)
        self.imported.add(citation.document)
        try:
            return resolve(cite).place
        except BadInput:
            return None
