"""The texts of one document beside each other."""

from dataclasses import dataclass

from gongbao.gazette.models import Revision
from gongbao.gazette.rules.diff import Change, diff_documents
from gongbao.gazette.selectors.content import document_content
from gongbao.gazette.selectors.resolve import resolve
from gongbao.kernel.problem import BadInput, Problem


@dataclass(frozen=True)
class Compared:
    """Two revisions of a document, and every difference in wording between them."""

    old: Revision
    new: Revision
    changes: tuple[Change, ...]


def revisions_compare(citation: str, *, old: int | None = None, new: int | None = None) -> Compared:
    """The differences between two revisions of the document that a citation names.

    Without `new` the current one, without `old` the one before `new`. Raises BadInput where one does not exist.
    """
    later = resolve(citation, sequence=new).revision
    wanted = later.sequence - 1 if old is None else old
    earlier = Revision.objects.filter(document=later.document_id, sequence=wanted).first()
    if earlier is None:
        count = later.document.revisions.count()
        expected = f"较早的修订号;{later.document.key}现有 {count} 个文本"
        expected_en = f"the number of an earlier revision; there are {count}"
        raise BadInput([Problem("修订 revision", None, "", str(wanted), expected, expected_en)])
    return Compared(earlier, later, diff_documents(document_content(earlier), document_content(later)))
