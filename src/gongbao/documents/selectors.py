"""Reading stored files and papers."""

from django.db.models import QuerySet

from gongbao.documents import access, storage
from gongbao.documents.codes import normal
from gongbao.documents.models import Paper, StoredFile
from gongbao.organisations.models import Person


def files_of(*belongs_to: str) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(belongs_to__in=belongs_to)


def file_content(file: StoredFile, person: Person | None) -> bytes:
    """The bytes of a file, for somebody who may read it. Raises PermissionError with the reason; the page says 404."""
    if why := access.refusal(person, file.belongs_to):
        raise PermissionError(why.zh)
    return storage.fetch(file.sha256)


def paper_by_code(code: str) -> Paper | None:
    """The paper that a check code belongs to, however it was typed; for the public page."""
    if "\x00" in code:  # PostgreSQL does not look for it
        return None
    found = Paper.objects.filter(code=normal(code)).select_related("file", "replaced_by")
    return found.first()


def papers_of(subject: str) -> QuerySet[Paper]:
    """The papers of a subject, the newest first."""
    return Paper.objects.filter(subject=subject).select_related("file", "replaced_by")
