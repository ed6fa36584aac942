"""Dossiers (档案): one append-only chain of entries for each subject, and a root over all of them for each day.

Entries, roots and leaves are written once. Their rows refuse changes here, and again in the database (guards.py).
"""

import json
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from gongbao.kernel.chain import Entry as ChainEntry

M = TypeVar("M", bound=models.Model)


class WrittenOnce(TypeError):
    """Somebody tried to change or remove what is written once."""


class OnceQuerySet(models.QuerySet[M]):
    def update(self, *_: Any, **__: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model.__name__} rows are never removed")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        self.update()


class Once(models.Model):
    """A row that is added and then stays as it is."""

    objects: ClassVar[models.Manager[Any]] = OnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise WrittenOnce(f"{type(self).__name__} rows are never removed")


class Dossier(models.Model):
    """subject: "kind/key", such as "enterprise/91110000000000000X". sequence and head: of its last entry."""

    subject = models.CharField("主体 subject", max_length=200, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["subject"]

    def __str__(self) -> str:
        return self.subject


class Entry(Once):
    """payload and personal: canonical JSON, exactly as hashed. kind and at stand in the payload too."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    algorithm = models.CharField(max_length=20)
    previous = models.CharField(max_length=64, blank=True)
    payload = models.TextField()
    personal = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="entry_sequence_once")]
        indexes = [models.Index(fields=["kind", "at"], name="entry_kind_at")]

    def __str__(self) -> str:
        return f"{self.dossier} {self.sequence} {self.kind}"

    @property
    def content(self) -> dict[str, Any]:
        """The payload as values: kind, at, actor and data."""
        payload: dict[str, Any] = json.loads(self.payload)
        return payload

    def chained(self) -> ChainEntry:
        """The entry as a link of its chain."""
        return ChainEntry(
            self.version, self.algorithm, self.dossier.subject, self.sequence, self.previous,
            json.loads(self.payload), json.loads(self.personal), self.hash,
        )  # fmt: skip


class PersonalValue(models.Model):
    """A personal value of an entry and its salt. The row goes when the value is erased; the chain holds without it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="values")
    field = models.CharField(max_length=80)
    value = models.TextField()
    salt = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="personal_value_once")]

    def __str__(self) -> str:
        return f"{self.entry} {self.field}"


class DailyRoot(Once):
    """The Merkle root over the heads of all dossiers, one for each Beijing day, made at made_at."""

    day = models.DateField("日期 day", unique=True)
    root = models.CharField("根值 root", max_length=64)
    algorithm = models.CharField(max_length=20)
    dossiers = models.PositiveBigIntegerField("档案数 dossiers")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root}"


class Leaf(Once):
    """Which entry was the head of a dossier when a root was made."""

    root = models.ForeignKey(DailyRoot, models.PROTECT, related_name="leaves")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "entry"], name="leaf_once")]

    def __str__(self) -> str:
        return f"{self.root_id} {self.entry_id}"
