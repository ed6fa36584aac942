"""Cases as rows: where each track stands, which periods run, what happened, who is told."""

from django.db import models
from django.db.models import Q

from gongbao.archive.models import Entry, Once
from gongbao.documents.models import Paper, StoredFile
from gongbao.organisations.models import Organisation, Person


class Case(models.Model):
    """One course of one process. edition: of the table that it began under, and stays under.

    subject: the dossier that its entries go to; facts: values of the process's choices; fields: the latest values of
    its other fields, personal ones apart; marks: days that the table keeps by name, ISO.
    """

    number = models.CharField("编号 number", max_length=20, unique=True, null=True)
    process = models.CharField(max_length=60)
    edition = models.DateField()
    title = models.CharField("名称 title", max_length=200)
    subject = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["process", "ended_at"], name="case_process_ended"),
            models.Index(fields=["subject"], name="case_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Track(models.Model):
    """version: number of moves made on the track, against two people moving it at once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tracks")
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="track_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.code}: {self.state}"


class Part(models.Model):
    """Which organisation is which party. can_move, due: for the inbox, whether it can move, its first day due."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    party = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")
    can_move = models.BooleanField(default=False)
    due = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "party"], name="part_once")]
        indexes = [models.Index(fields=["organisation", "can_move", "due"], name="part_inbox")]

    def __str__(self) -> str:
        return f"{self.case} {self.party}: {self.organisation}"


class CaseDeadline(models.Model):
    """A period of a case, with the rule and the days that made its date.

    due: last day, which ends at 24:00 Beijing time; empty while suspended. length: that it began with, which a later
    change of the setting does not reach; empty before there were settings. counted: [date, kind, counts, zh, en] for
    every day after start_day; pauses: [first, last] days that do not count; warned: days left already warned of.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running", "计算中 running"
        SUSPENDED = "suspended", "中止 suspended"
        KEPT = "kept", "按期 kept"
        LATE = "late", "逾期完成 done late"
        PASSED = "passed", "期满 passed"
        DROPPED = "dropped", "不再适用 no longer asked for"

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    code = models.CharField(max_length=60)
    of = models.CharField(max_length=60)
    start_day = models.DateField()
    length = models.PositiveSmallIntegerField(null=True)
    due = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    counted = models.JSONField(default=list)
    pauses = models.JSONField(default=list)
    suspended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    ended_at = models.DateTimeField(null=True)
    warned = models.JSONField(default=list)
    cite = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], condition=Q(ended_at=None), name="deadline_open_once")
        ]
        indexes = [models.Index(fields=["due"], condition=Q(ended_at=None), name="deadline_open_due")]

    def __str__(self) -> str:
        return f"{self.case} {self.code}: {self.due}"


class PeriodSetting(Once):
    """A period of a process that is a setting [S] is so long from first_day on, for cases of that edition."""

    process = models.CharField(max_length=60)
    edition = models.DateField()
    deadline = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["process", "deadline", "first_day"], name="period_setting")]

    def __str__(self) -> str:
        return f"{self.process} {self.deadline}: {self.length} ({self.first_day})"


class Step(models.Model):
    """What happened in a case, in order; the words of it stand in the archive entry. move is empty for a comment.

    audience: who reads it. A move is for all parties, a comment may be for the offices of the case alone.
    """

    class Audience(models.TextChoices):
        ALL = "all", "各方 every party"
        OFFICES = "offices", "办理机关内部 the offices alone"

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    track = models.CharField(max_length=60, blank=True)
    move = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    state_before = models.CharField(max_length=60, blank=True)
    state_after = models.CharField(max_length=60, blank=True)
    party = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="step")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="steps")
    files = models.ManyToManyField(StoredFile, related_name="steps")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ALL)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.track} {self.move}"


class Notice(models.Model):
    """Something that a person is told: what happened, what to do, until when. sent_at: by e-mail or short message."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    todo = models.TextField(blank=True)
    todo_en = models.TextField(blank=True)
    due = models.DateField(null=True)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "read_at"], name="notice_unread"),
            models.Index(fields=["made_at"], condition=Q(sent_at=None), name="notice_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"


class CalendarYear(models.Model):
    """A year's holidays that an administrator loaded, in the form of calendar/days.toml (dates as ISO texts)."""

    year = models.PositiveIntegerField(unique=True)
    document = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
