"""What the pages of the desks share: the place of an address, what they say and take."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from gongbao.firesafety.models import Place
from gongbao.firesafety.selectors.applications import place_by_number
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import allow
from gongbao.web.words import said


def place_of(request: HttpRequest, number: str, permission: str = "fire.place.see") -> Place:
    """The place of that number for whoever may see it at the desk; else 404, as for a number that does not exist."""
    allow(request, "fire.desk.see")
    found = place_by_number(number)
    allow(request, permission, found)
    assert found  # noqa: S101 - hidden above
    return found


def tell(request: HttpRequest, zh: str, en: str) -> None:
    messages.success(request, said(Text(zh, en)))


def upload_of(request: HttpRequest, name: str) -> tuple[str, bytes] | None:
    """A file that came with a form: its name and bytes."""
    upload = request.FILES.get(name)
    return (str(upload.name), upload.read()) if upload else None


def now() -> datetime:
    return timezone.now()
