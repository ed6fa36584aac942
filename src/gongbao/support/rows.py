"""Rows beside applications: texts of programmes that were handed in, and populations that were matched."""

from django.db import models
from django.db.models import F, Q

from gongbao.organisations.models import Person


class ProgrammeDraft(models.Model):
    """One text of a programme file. from_day: the first day on which it holds, once it is approved; sequence: 1, 2, …
    within the programme; because: why it was returned. Who decides is never who handed it in."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审核 waiting"
        RETURNED = "returned", "已退回 returned"
        APPROVED = "approved", "已核准 approved"

    programme = models.CharField(max_length=60)
    sequence = models.PositiveIntegerField()
    text = models.TextField()
    from_day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["programme", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "sequence"], name="programme_draft_sequence"),
            models.UniqueConstraint(fields=["programme"], condition=Q(state="waiting"), name="programme_one_waiting"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")), name="programme_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.sequence}"


class Population(models.Model):
    """A population that an office handed in and that is matched in the background; its files lie in a folder of the
    installation. format: csv or parquet. origin: the population that something is tried on, None for one that was
    handed in; what_if: {code of a measure: the rule of the amount that is tried}. matched: rows so far; about:
    {"entities", "projects", "rows", "milliseconds"}, empty before it is done; estimate: its rows as text, [{"code",
    "year", "count", "sum", …}]; problems: what was wrong, [{"zh", "en"}]."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待测算 waiting"
        RUNNING = "running", "正在测算 running"
        DONE = "done", "已完成 done"
        FAILED = "failed", "没有完成 failed"

    name = models.CharField(max_length=200)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    format = models.CharField(max_length=10)
    origin = models.ForeignKey("self", models.CASCADE, null=True, related_name="tries")
    what_if = models.JSONField(default=dict)
    matched = models.BigIntegerField(default=0)
    about = models.JSONField(default=dict)
    estimate = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
