"""Stored files and the papers (文书) that the house makes."""

from django.db import models

from gongbao.organisations.models import Person


class StoredFile(models.Model):
    """A file that somebody handed in or the house made. Its bytes stand under their hash, outside the web root.

    belongs_to: "kind/key", such as "case/2026-000001": who may read that may read the file (access.py).
    """

    sha256 = models.CharField(max_length=64)
    name = models.CharField("文件名 name", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    belongs_to = models.CharField(max_length=200)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["belongs_to"], name="file_belongs_to"),
            models.Index(fields=["sha256"], name="file_sha256"),
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A dated paper with a code by which anybody can check that it is genuine.

    content: what it says, as it was when made; changes of its state keep the day and the reason.
    """

    class State(models.TextChoices):
        VALID = "valid", "有效 valid"
        REPLACED = "replaced", "已被替换 replaced"
        ANNULLED = "annulled", "已撤销 annulled"
        REVOKED = "revoked", "已吊销 revoked"

    code = models.CharField("核验码 check code", max_length=14, unique=True)
    name = models.CharField("文书名称 name", max_length=100)
    subject = models.CharField(max_length=200)
    content = models.JSONField()
    issuer = models.CharField("出具机关 issuer", max_length=200)
    issued_on = models.DateField("出具日期 issued on")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)
    state_on = models.DateField()
    because = models.CharField("理由 reason", max_length=300, blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["subject"], name="paper_subject")]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"
