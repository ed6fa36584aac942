"""What an import of a text would change, told before it happens."""

from dataclasses import dataclass
from typing import Literal

from gongbao.gazette.models import Revision
from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.fingerprint import fingerprint


@dataclass(frozen=True)
class Change:
    """What an import does to one document.

    key: number, or title where it bears none; old: the current revision, if any; content: what the text says, None
    where it no longer has the document; position: in the issue, from 0.
    """

    key: str
    kind: Literal["new", "revised", "withdrawn", "same"]
    old: Revision | None
    content: s.Document | None
    position: int


def issue_changes(content: s.Issue) -> list[Change]:
    """The documents of a text beside those that are stored for the same issue: printed order, withdrawn ones last."""
    current = Revision.objects.filter(
        document__issue__year=content.year, document__issue__number=content.number, is_current=True
    )
    stored = {revision.document.key: revision for revision in current.select_related("document__issue")}
    changes = []
    for position, document in enumerate(content.documents):
        key = document.number or document.title
        old = stored.pop(key, None)
        same = old is not None and old.digest == fingerprint(document)
        changes.append(Change(key, "same" if same else "revised" if old else "new", old, document, position))
    return changes + [Change(key, "withdrawn", old, None, old.position) for key, old in stored.items()]
