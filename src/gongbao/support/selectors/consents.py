"""Reading what co-offices answered."""

from gongbao.support.models import Application, Consent

ENDS = ("consented", "silent", "objected", "dropped")


def consents_now(application: Application) -> list[Consent]:
    """Of the newest round."""
    found = Consent.objects.filter(application=application).select_related("case", "office").order_by("-round", "pk")
    newest = next((one.round for one in found), 0)
    return [one for one in found if one.round == newest]


def outcome(consent: Consent) -> str:
    """How it ended, empty while it is open."""
    state = str(consent.case.tracks.get(code="consent").state)
    return state if state in ENDS else ""
