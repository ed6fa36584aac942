"""Who may read the files of a rating: proofs of declarations, what came with an objection, certificates."""

from django.utils import timezone

from gongbao.documents.access import UNKNOWN
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Allowed, actor_of, ask
from gongbao.rating.models import Declaration, HelpTask


def declaration_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "declaration/NUMBER"."""
    found = Declaration.objects.filter(pk=key).first() if key.isdecimal() else None
    return None if found and _may(person, "rating.declaration.see", found) else UNKNOWN


def enterprise_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "enterprise/USCC" or "rating/CYCLE/USCC"."""
    return None if _may(person, "rating.enterprise.see", key.rpartition("/")[2]) else UNKNOWN


def _may(person: Person | None, name: str, thing: object) -> bool:
    return isinstance(ask(name, actor_of(person, timezone.localdate()), thing), Allowed)


def help_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "help/NUMBER": what an association found."""
    found = HelpTask.objects.filter(pk=key).first() if key.isdecimal() else None
    return None if found and _may(person, "rating.help.see", found) else UNKNOWN


def draft_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "draft/PERSON/TOKEN": of a form that is not sent yet."""
    return None if person and key.partition("/")[0] == str(person.pk) else UNKNOWN
