"""Reading dossiers and roots."""

import json
from collections.abc import Callable, Iterator

from django.db.models import Count, QuerySet

from gongbao.archive.models import DailyRoot, Dossier, Entry
from gongbao.kernel.archive_file import file_lines, verify_file_lines
from gongbao.kernel.chain import Failure, Personal
from gongbao.kernel.merkle import Head, prove


def dossier_entries(subject: str) -> QuerySet[Entry]:
    """The entries of a subject, the first one first, with their dossier."""
    return Entry.objects.filter(dossier__subject=subject).select_related("dossier").order_by("sequence")


def personal_values(entry: Entry) -> dict[str, object]:
    """The personal values of an entry that were not erased."""
    return {kept.field: json.loads(kept.value) for kept in entry.values.all()}


def sealed_fields(entry: Entry) -> list[str]:
    """The personal fields that an entry was written with, erased ones too."""
    return list(json.loads(entry.personal))


def dossiers_with_values() -> QuerySet[Dossier]:
    """Dossiers, each with `kept`, the number of personal values still in it."""
    return Dossier.objects.annotate(kept=Count("entries__values")).order_by("subject")


def entry_in(subject: str, sequence: int) -> Entry | None:
    return dossier_entries(subject).filter(sequence=sequence).first()


def dossier_failures(subject: str) -> list[Failure]:
    """What is wrong with a dossier as it is stored, personal values and proof included; [] when nothing is."""
    return verify_file_lines(dossier_file(subject))


def roots() -> QuerySet[DailyRoot]:
    """The published roots, the newest first: for the page and the feed."""
    return DailyRoot.objects.all()


def heads_of(root: DailyRoot) -> list[Head]:
    """The heads that a root was made of."""
    rows = root.leaves.values_list("entry__dossier__subject", "entry__sequence", "entry__hash")
    return [Head(subject, sequence, hashed) for subject, sequence, hashed in rows]


def dossier_file(subject: str, withhold: Callable[[Entry], bool] = lambda _: False) -> Iterator[str]:
    """A dossier as lines of an archive file, with the proof for the newest root that knows it.

    withhold: entries whose personal values the reader may not know; they stand there as erased ones do, and the chain
    holds all the same. Raises Dossier.DoesNotExist for a subject without entries.
    """
    dossier = Dossier.objects.get(subject=subject)
    entries = []
    for row in dossier_entries(subject).prefetch_related("values"):
        values = [] if withhold(row) else row.values.all()
        kept = {value.field: Personal(json.loads(value.value), value.salt) for value in values}
        entries.append((row.chained(), {field: kept.get(field) for field in json.loads(row.personal)}))
    proof = None
    root = DailyRoot.objects.filter(leaves__entry__dossier=dossier).first()
    if root:
        heads = heads_of(root)
        head = next(head for head in heads if head.subject == subject)
        proof = (head, prove(heads, subject, root.algorithm), root.root)
    return file_lines(subject, entries, proof)
