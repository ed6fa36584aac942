"""Files that the commission uploads: looked at first, kept, and imported when she says so."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongbao.documents import storage
from gongbao.documents.models import StoredFile
from gongbao.documents.services import file_store
from gongbao.documents.sniffing import media_type
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Delivery, RatingCycle
from gongbao.rating.services.rows import file_import, file_preview

Given = tuple[str, bytes]  # file name, content


def upload_keep(
    *, cycle: RatingCycle, files: Iterable[Given], actor: Actor, now: datetime
) -> tuple[list[StoredFile], dict[str, tuple[int, int, int]]]:
    """Check files and keep them for `upload_import`; table -> (new, changed, unchanged) rows.

    Raises BadInput with every problem, by cell: nothing is kept then.
    """
    authorise("rating.cycle.run", actor)
    given = list(files)
    for name, content in given:
        media_type(name, content)
    with _source(given) as source:
        counts = file_preview(cycle=cycle, source=source)
    where = _where(cycle)
    with transaction.atomic():
        kept = [file_store(name=n, content=c, belongs_to=where, by=actor.person, at=now) for n, c in given]
    return kept, counts


def upload_import(
    *, cycle: RatingCycle, files: Iterable[int], actor: Actor, now: datetime, because: str = ""
) -> Delivery | None:
    """Import what was kept, by number; checked again. None where nothing was new. Raises BadInput, MoveRefused."""
    authorise("rating.cycle.run", actor)
    kept = StoredFile.objects.filter(pk__in=list(files), belongs_to=_where(cycle), stored_by=actor.person)
    given = [(file.name, storage.fetch(file.sha256)) for file in kept]
    with _source(given) as source:
        return file_import(cycle=cycle, source=source, actor=actor, now=now, because=because)


def _where(cycle: RatingCycle) -> str:
    return f"rating_file/{cycle.code}"


@contextmanager
def _source(files: list[Given]) -> Iterator[Path]:
    """The files as `file_import` reads them: one workbook, or a folder of CSV files."""
    books = [name for name, _ in files if name.lower().endswith(".xlsx")]
    if not files or (books and len(files) > 1):
        zh, en = "一个 .xlsx 文件,或一个至多个 .csv 文件", "one .xlsx file, or one or more .csv files"
        raise BadInput([Problem("files", None, "files", "、".join(books), zh, en)])
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            (Path(folder) / Path(name).name).write_bytes(content)
        yield Path(folder) / Path(books[0]).name if books else Path(folder)
