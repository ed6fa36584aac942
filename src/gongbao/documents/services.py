"""Taking files in, issuing papers and changing their state. Callers write the archive entry in the same transaction."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongbao.documents import codes, storage
from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.papers.signing import sign
from gongbao.documents.papers.typesetting import PaperText, typeset
from gongbao.documents.sniffing import media_type
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.models import Person


def file_store(*, name: str, content: bytes, belongs_to: str, by: Person | None, at: datetime) -> StoredFile:
    """Keep a file that was handed in. Raises BadInput for one that is empty, too large or of the wrong kind."""
    kind = media_type(name, content)
    return _store(name, content, kind, belongs_to, by, at)


def files_forget(*, kind: str, before: datetime) -> int:
    """Remove files of that kind ("kind/…") that were stored before a moment, and bytes that no other file has. For
    what was handed in and never used: nothing may refer to them. Returns how many."""
    with transaction.atomic():
        old = list(StoredFile.objects.filter(belongs_to__startswith=f"{kind}/", stored_at__lt=before))
        StoredFile.objects.filter(pk__in=[file.pk for file in old]).delete()
    for digest in {file.sha256 for file in old}:
        if not StoredFile.objects.filter(sha256=digest).exists():
            storage.drop(digest, before)
    return len(old)


@transaction.atomic
def paper_issue(
    *,
    name: str,
    number: str,
    subject: str,
    issuer: str,
    issued_on: date,
    rows: tuple[tuple[str, str], ...],
    basis: str,
    belongs_to: str,
    at: datetime,
) -> Paper:
    """Make a paper: typeset, signed where the installation has a key, stored, with a code of its own.

    rows: label and value; basis: the clause. Raises BadInput for characters that the fonts lack.
    """
    code = codes.fresh()
    check = f"{settings.ADDRESS}/papers/?code={code}"
    content = typeset(PaperText(name, number, code, issuer, issued_on, rows, basis, check))
    if settings.SIGNING_KEY:
        content = sign(content, Path(settings.SIGNING_KEY), settings.SIGNING_PASSWORD)
    file = _store(f"{name} {code}.pdf", content, "application/pdf", belongs_to, None, at)
    return Paper.objects.create(
        code=code,
        name=name,
        subject=subject,
        content={"number": number, "rows": [list(row) for row in rows], "basis": basis},
        issuer=issuer,
        issued_on=issued_on,
        file=file,
        state_on=issued_on,
    )


@transaction.atomic
def paper_end(*, paper: Paper, state: Paper.State, on: date, because: str, replaced_by: Paper | None = None) -> Paper:
    """End a valid paper: replaced (by another), annulled or revoked, with a reason. There is no way back.

    Raises BadInput when it is not valid any more, without a reason, or when the new paper is missing, out of place, of
    another subject, or not valid itself.
    """
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    problems = []
    if locked.state != Paper.State.VALID:
        problems.append(Problem("paper", None, "state", locked.state, "有效的文书", "a valid paper"))
    if state == Paper.State.VALID:
        problems.append(Problem("paper", None, "state", state, "替换、撤销或吊销", "replaced, annulled or revoked"))
    if not because.strip():
        problems.append(Problem("paper", None, "because", because, "请写明理由", "a reason"))
    if (state == Paper.State.REPLACED) != (replaced_by is not None):
        problems.append(Problem("paper", None, "replaced_by", "", "替换时写明新文书", "the new paper, when replaced"))
    elif replaced_by and not _can_replace(locked, replaced_by):
        zh, en = "同一主体的另一份有效文书", "another valid paper of the same subject"
        problems.append(Problem("paper", None, "replaced_by", replaced_by.code, zh, en))
    if problems:
        raise BadInput(problems)
    locked.state, locked.state_on, locked.because, locked.replaced_by = state, on, because.strip(), replaced_by
    locked.save()
    return locked


def _can_replace(old: Paper, new: Paper) -> bool:
    return new.pk != old.pk and new.subject == old.subject and new.state == Paper.State.VALID


def _store(name: str, content: bytes, kind: str, belongs_to: str, by: Person | None, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        sha256=storage.keep(content),
        name=name,
        media_type=kind,
        size=len(content),
        belongs_to=belongs_to,
        stored_at=at,
        stored_by=by,
    )
