"""Who may read the files of joint handling. They belong to "fire/APPLICATION/SHARE": what is common, one authority's
("housing", "fire"), or the proofs of deliveries ("delivery"). Each authority reads its own and what is common."""

from django.utils import timezone

from gongbao.documents.access import UNKNOWN
from gongbao.firesafety.models import FIRE, HOUSING, Application
from gongbao.firesafety.permissions import party_post
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Allowed, actor_of, ask


def belongs(application: Application, share: str) -> str:
    return f"fire/{application.pk}/{share}"


def application_files(person: Person | None, key: str) -> Text | None:
    """None where the person may read them, else why not."""
    number, _, share = key.partition("/")
    found = Application.objects.filter(pk=number).first() if number.isdecimal() else None
    if person is None or found is None:
        return UNKNOWN
    actor = actor_of(person, timezone.localdate())
    if not isinstance(ask("fire.application.see", actor, found), Allowed):
        return UNKNOWN
    other = {HOUSING: FIRE, FIRE: HOUSING}.get(share)
    if other is None:
        return None
    held = [party_post(actor, place, HOUSING, FIRE) for place in found.places.all()]
    parties = {one[0] for one in held if one}
    return UNKNOWN if parties == {other} else None
