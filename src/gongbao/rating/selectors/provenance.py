"""Where a stored fact comes from: who gave it, who reviewed it, on which proof. Its id says how it came to be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongbao.documents.models import StoredFile
from gongbao.documents.selectors import files_of
from gongbao.kernel.text import Text
from gongbao.organisations.models import Client, Organisation, Person
from gongbao.rating.models import Declaration, Delivery, Fact, Sheet, Verification

GAVE, DECLARED = Text("提供", "Given"), Text("申报", "Declared")
DRAFTED, SIGNED, VERIFIED = Text("填写", "Drafted"), Text("签署", "Signed"), Text("核验", "Verified")
REVIEWED = {
    Declaration.State.DISTRICT: Text("区级初审", "Reviewed by the district"),
    Declaration.State.CONFIRMED: Text("市级复核", "Confirmed by the city"),
}


@dataclass(frozen=True)
class Hand:
    """Somebody through whose hands a fact went: what she did, as whom, when."""

    did: Text
    at: datetime
    by: Person | None
    organisation: Organisation | None = None
    client: Client | None = None


@dataclass(frozen=True)
class Provenance:
    """hands: in order; proof: files; declaration, sheet: what the fact was made from, where it was."""

    hands: tuple[Hand, ...]
    proof: tuple[StoredFile, ...] = ()
    declaration: Declaration | None = None
    sheet: Sheet | None = None


def provenance(fact: Fact) -> Provenance:
    """Of the version that `fact` is."""
    kind, _, key = fact.fact_id.partition("/")
    delivery = fact.delivery
    if delivery.how == "correction":
        return Provenance((_gave(delivery),))
    if kind == "declarations" and key.isdecimal() and (claim := Declaration.objects.filter(pk=key).first()):
        return Provenance(tuple(_claimed(claim)), tuple(files_of(claim.belongs_to)), declaration=claim)
    if kind == "sheets" and (sheet := _sheet(fact, key)):
        return Provenance(tuple(_scored(sheet, delivery)), sheet=sheet)
    if kind == "verifications" and key.isdecimal() and (seen := Verification.objects.filter(pk=key).first()):
        return Provenance((Hand(VERIFIED, seen.at, seen.by, seen.organisation),))
    return Provenance((_gave(delivery),))


def _gave(delivery: Delivery) -> Hand:
    return Hand(GAVE, delivery.at, delivery.by, delivery.organisation, delivery.client)


def _claimed(claim: Declaration) -> Iterator[Hand]:
    yield Hand(DECLARED, claim.declared_at, claim.declared_by)
    for step in claim.steps.filter(state_after__in=REVIEWED).select_related("by", "organisation"):
        yield Hand(REVIEWED[Declaration.State(step.state_after)], step.at, step.by, step.organisation)


def _sheet(fact: Fact, key: str) -> Sheet | None:
    """sheets/PROJECT/NUMBER/…"""
    rest = key.removeprefix(f"{fact.project_id}/")
    number = rest.partition("/")[0]
    if not number.isdecimal():
        return None
    return Sheet.objects.filter(cycle=fact.cycle, project_id=fact.project_id, number=number).first()


def _scored(sheet: Sheet, delivery: Delivery) -> Iterator[Hand]:
    yield Hand(DRAFTED, sheet.drafted_at, sheet.drafted_by)
    if sheet.signed_at:
        yield Hand(SIGNED, sheet.signed_at, sheet.signed_by, delivery.organisation)
