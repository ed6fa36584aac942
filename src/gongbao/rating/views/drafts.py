"""Forms that are sent in two steps: filled in, checked by the person, sent once. What was filled in stays in the
session; files are kept at once, for that person alone, and belong to what is sent afterwards."""

from __future__ import annotations  # UploadedFile takes a type in its stubs alone

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongbao.documents.models import StoredFile
from gongbao.documents.selectors import file_content, files_of
from gongbao.documents.services import file_store
from gongbao.organisations.permissions import actor

SESSION, MOST = "rating_drafts", 10  # forms that a person can have open at once


@dataclass(frozen=True)
class Draft:
    """token: of the form; about: what it is for; fields: what was filled in; sent: what became of it, 0 before."""

    token: str
    about: str
    fields: dict[str, object]
    sent: int


def token_fresh() -> str:
    return secrets.token_urlsafe(24)


def draft_of(request: HttpRequest, token: str, about: str) -> Draft | None:
    """The draft of that form, None where this session knows of none."""
    held = request.session.get(SESSION, {}).get(token)
    return Draft(token, about, held["fields"], held["sent"]) if held and held["about"] == about else None


def draft_keep(request: HttpRequest, draft: Draft) -> None:
    """Only the newest ones are kept."""
    held = {**request.session.get(SESSION, {})}
    held.pop(draft.token, None)
    held[draft.token] = {"about": draft.about, "fields": draft.fields, "sent": draft.sent}
    request.session[SESSION] = dict(list(held.items())[-MOST:])


def belongs_to(request: HttpRequest, token: str) -> str:
    person = actor(request).person
    return f"draft/{person.pk if person else 0}/{token}"


def files_keep(request: HttpRequest, token: str, uploads: Iterable[UploadedFile[Any]], now: datetime) -> None:
    """Raises BadInput for a file that is not accepted."""
    where, who = belongs_to(request, token), actor(request).person
    for upload in uploads:
        file_store(name=str(upload.name), content=upload.read(), belongs_to=where, by=who, at=now)


def files_kept(request: HttpRequest, token: str) -> list[StoredFile]:
    return list(files_of(belongs_to(request, token)))


def files_given(request: HttpRequest, token: str) -> list[tuple[str, bytes]]:
    """Name and content of each, as services take them."""
    who = actor(request).person
    return [(file.name, file_content(file, who)) for file in files_kept(request, token)]
