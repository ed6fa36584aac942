"""Passing on: what happens is kept for each connected system in the same transaction, and sent by the clock until the
system has answered 2xx. Signed, so that the receiver knows who speaks; named, so that it can tell what came twice."""

import hashlib
import hmac
import logging
import secrets
from datetime import date, datetime, timedelta
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings as site
from django.db import transaction

from gongbao.cases.models import Step
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Message, Place, Receiver
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.canonical import canonical
from gongbao.kernel.problem import BadInput, Problem

log = logging.getLogger(__name__)
LOOPBACK = ("127.0.0.1", "localhost")


class _Stay(HTTPRedirectHandler):
    """What is signed for one address is not carried to another."""

    def redirect_request(self, *_: object) -> None:
        return None


def receiver_add(*, name: str, url: str) -> Receiver:
    """A connected system and its secret, which both keep. Raises BadInput."""
    parts = urlsplit(url)
    if not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))):
        raise BadInput([Problem("receiver", None, "url", url, "https:// 开头的地址", "an address with https://")])
    if Receiver.objects.filter(name=name).exists():
        raise BadInput([Problem("receiver", None, "name", name, "未用过的名称", "a name that is not taken")])
    return Receiver.objects.create(name=name, url=url, secret=secrets.token_hex(32))


def step_tell(*, place: Place, step: Step, now: datetime) -> None:
    """Keep a step for every active receiver: what happened, where both matters stand, the paper's code and hash."""
    what = f"{step.track}.{step.move}" if step.track else "opened"
    place_tell(place=place, what=what, name=f"step-{step.pk}", paper=step.paper, on=step.day, now=now)


def place_tell(*, place: Place, what: str, name: str, paper: Paper | None, on: date, now: datetime) -> None:
    """Keep something about a place for every active receiver."""
    case = place.case
    assert case  # noqa: S101 - nothing is told of a draft
    told = (
        {"name": paper.name, "code": paper.code, "sha256": paper.file.sha256, "state": paper.state} if paper else None
    )
    body = canonical(
        {
            "name": name,
            "what": what,
            "case": str(case.number),
            "place": place.name,
            "on": on.isoformat(),
            "states": {track.code: track.state for track in case.tracks.all()},
            "paper": told,
            "address": f"{site.ADDRESS}/fire/places/{case.number}/",
        }
    )
    receivers = Receiver.objects.filter(active=True)
    Message.objects.bulk_create(
        Message(receiver=receiver, name=name, body=body, made_at=now, next_at=now) for receiver in receivers
    )


def signature(secret: str, moment: str, body: str) -> str:
    """HMAC-SHA256 of "moment.body" under the shared secret, hexadecimal."""
    return hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()


def outbox_send(*, now: datetime) -> int:
    """Send what is due, each receiver's in order; after a failure its later ones wait. Returns how many went out."""
    sent = 0
    for receiver in Receiver.objects.filter(active=True):
        for pk in list(receiver.messages.filter(sent_at=None).values_list("pk", flat=True)):
            outcome = _send(pk, now)
            sent += outcome
            if not outcome:
                break
    return sent


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    message = Message.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, sent_at=None).first()
    if message is None or message.next_at > now:
        return False
    try:
        _post(message, now)
    except (OSError, HTTPException) as error:
        waits = settings().retry_minutes
        message.next_at = now + timedelta(minutes=waits[min(message.tries, len(waits) - 1)])
        message.tries, message.error = message.tries + 1, str(error)[:300]
        log.warning("message %s for %s was not taken: %s", message.name, message.receiver, error)
    else:
        message.tries, message.sent_at, message.error = message.tries + 1, now, ""
    message.save(update_fields=["tries", "next_at", "sent_at", "error"])
    return message.sent_at is not None


def _post(message: Message, now: datetime) -> None:
    """Raises OSError (URLError, HTTPError among them) where the receiver did not take it."""
    moment = now.isoformat()
    request = Request(  # noqa: S310 - receiver_add takes https and loopback alone
        message.receiver.url,
        data=message.body.encode(),
        headers={
            "Content-Type": "application/json",
            "Gongbao-Message": message.name,
            "Gongbao-Moment": moment,
            "Gongbao-Signature": signature(message.receiver.secret, moment, message.body),
        },
    )
    with build_opener(_Stay).open(request, timeout=settings().timeout_seconds):
        pass
