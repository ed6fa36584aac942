"""Texts of editions that editors drafted, and guides of items. Editions of the package need no row."""

from django.db import models
from django.db.models import F, Q

from gongbao.organisations.models import Person


class State(models.TextChoices):
    DRAFT = "draft", "待审核 draft"
    RETURNED = "returned", "已退回 returned"
    PUBLISHED = "published", "已发布 published"
    REPLACED = "replaced", "已替换 replaced"


class EditionRevision(models.Model):
    """One text of an edition. sequence: 1, 2, … within it; content: as rules.forms.to_json writes it; because: why it
    was returned. Who decides is never who drafted."""

    edition = models.TextField()
    sequence = models.PositiveIntegerField()
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "sequence"], name="permits_revision_sequence"),
            models.UniqueConstraint(fields=["edition"], condition=Q(state="draft"), name="permits_one_draft"),
            models.UniqueConstraint(fields=["edition"], condition=Q(state="published"), name="permits_one_published"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")), name="permits_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.sequence}"


class GuideText(models.Model):
    """A service guide (办事指南) as it was written; the last of an item holds. edition, number, name: the item as the
    list had it then; a later edition finds the guide by the name. content: the PARTS of rules.guides."""

    edition = models.TextField()
    number = models.PositiveIntegerField()
    name = models.TextField()
    updated = models.DateField()
    content = models.JSONField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.edition} · {self.number} {self.name}"
