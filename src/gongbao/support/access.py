"""Who may read the files of an application: its materials, its papers, what a batch gives to the bank."""

from django.utils import timezone

from gongbao.documents.access import UNKNOWN
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Allowed, actor_of, ask
from gongbao.support.models import Application, PaymentBatch


def application_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "support/NUMBER", the row of the application."""
    found = Application.objects.filter(pk=key).first() if key.isdecimal() else None
    return _may(person, "support.application.see", found) if found else UNKNOWN


def batch_files(person: Person | None, key: str) -> Text | None:
    """Files that belong to "support-batch/NUMBER"."""
    found = PaymentBatch.objects.filter(number=key).first()
    return _may(person, "support.money.pay", found.programme) if found else UNKNOWN


def _may(person: Person | None, name: str, thing: object) -> Text | None:
    return None if isinstance(ask(name, actor_of(person, timezone.localdate()), thing), Allowed) else UNKNOWN
