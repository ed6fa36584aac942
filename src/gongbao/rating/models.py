"""A rating cycle in the database: what was handed in, by whom; declarations and sheets; runs; objections; inspections.

Rows that a run reads are never changed: a correction ends the old row and adds a new one, each under the delivery that
brought it. Points are counted in 10⁻⁶, scores and credit in 10⁻⁴, areas in 0.01 m².

The file is long because Django takes the models of an application from one module, and they all hang on the cycle.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongbao.archive.models import Once
from gongbao.cases.models import Case
from gongbao.documents.models import Paper
from gongbao.kernel.cycles import Cycle
from gongbao.organisations.models import Client, Organisation, Person


class State(models.TextChoices):
    """Where a cycle stands. No step is skipped."""

    COLLECTING = "collecting", "数据归集 collecting"
    CLOSED = "closed", "归集截止 closed"
    PRELIMINARY = "preliminary", "初步结果(未发布) preliminary"
    OBJECTIONS = "objections", "异议 objections"
    FINAL = "final", "最终结果 final"
    PUBLISHED = "published", "已公布 published"
    ARCHIVED = "archived", "已归档 archived"


class RatingCycle(models.Model):
    """One half-year. standard: text of the edition that it is scored by; settings: those that differ from the default.

    revision: 0 for the first result, one more for each later correction of a published one. draft: the run that the
    course is at; public: the run that everybody reads, of this revision or, until it is published, of the one before.
    """

    code = models.CharField("周期 cycle", max_length=6, unique=True)
    standard = models.TextField()
    trial = models.BooleanField("试评价 trial", default=False)
    settings = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.COLLECTING)
    revision = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    draft = models.ForeignKey("Run", models.PROTECT, null=True, related_name="+")
    public = models.ForeignKey("Run", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-code"]

    def __str__(self) -> str:
        return self.code

    @property
    def cycle(self) -> Cycle:
        return Cycle.parse(self.code)

    @property
    def subject(self) -> str:
        """The dossier of the cycle itself."""
        return f"rating/{self.code}"


class CycleStep(Once):
    """Who took a cycle from where to where, when and why. decided: what the step decided, such as missing sources."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="steps")
    revision = models.PositiveSmallIntegerField()
    state_before = models.CharField(max_length=12, blank=True)
    state_after = models.CharField(max_length=12, choices=State.choices)
    because = models.TextField(blank=True)
    decided = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.cycle} {self.state_before} → {self.state_after}"


class Delivery(Once):
    """Something handed in at once: a file, a push, a signed sheet, a decision. source: a party of the standard.

    counts: table -> rows that were new or changed. changes nothing that it does not name.
    """

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="deliveries")
    source = models.CharField("来源 source", max_length=20)
    how = models.CharField(max_length=20)  # file, push, declaration, sheet, verification, correction
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    because = models.TextField(blank=True)
    files = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cycle", "source"], name="delivery_source")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.source} {self.at:%Y-%m-%d %H:%M}"


class Row(models.Model):
    """A row that a run reads. It holds from its delivery until the one that ended it."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    ended = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="+")
    KEY: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class Enterprise(Row):
    """A legal person in a cycle, with what holds on its last day."""

    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=60)
    credit = models.IntegerField(null=True)
    credit_grade = models.CharField(max_length=20, null=True)
    party_org = models.CharField(max_length=40, null=True)
    association = models.CharField(max_length=40, null=True)
    KEY = ("uscc",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "uscc"], condition=Q(ended=None), name="enterprise_once")
        ]

    def __str__(self) -> str:
        return self.name


class Spell(Row):
    """管理期: one enterprise managing one project for a time."""

    project_id = models.CharField(max_length=60)
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=60)
    street = models.CharField(max_length=100)
    filing = models.CharField(max_length=12)
    area = models.BigIntegerField()
    filed_on = models.DateField()
    managed_from = models.DateField()
    managed_until = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    KEY = ("project_id", "uscc", "managed_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "project_id", "uscc", "managed_from"], condition=Q(ended=None), name="spell_once"
            )
        ]
        indexes = [
            models.Index(fields=["cycle", "uscc"], name="spell_uscc"),
            models.Index(fields=["cycle", "district", "street"], name="spell_street"),
        ]

    def __str__(self) -> str:
        return self.name


class Complaint(Row):
    """12345's count of a project and month (YYYYMM)."""

    project_id = models.CharField(max_length=60)
    month = models.IntegerField()
    count = models.BigIntegerField()
    rank = models.BigIntegerField(null=True)
    KEY = ("project_id", "month")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "project_id", "month"], condition=Q(ended=None), name="complaint_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}: {self.count}"


class ComplaintItem(Row):
    """诉求明细: one complaint behind a month's count, where 12345 supplies them. concerns: the property enterprise."""

    reference_no = models.CharField(max_length=80)
    project_id = models.CharField(max_length=60)
    received_on = models.DateField()
    concerns = models.BooleanField()
    KEY = ("reference_no",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "reference_no"], condition=Q(ended=None), name="item_once")
        ]
        indexes = [models.Index(fields=["cycle", "project_id", "received_on"], name="item_project")]

    def __str__(self) -> str:
        return self.reference_no

    @property
    def month(self) -> int:
        """YYYYMM, as in Complaint."""
        return self.received_on.year * 100 + self.received_on.month


class Fact(Row):
    """What a bonus or deduction rests on. level, value, reference: as the standard shapes them."""

    fact_id = models.CharField(max_length=160)
    indicator = models.CharField(max_length=40)
    uscc = models.CharField(max_length=18)
    project_id = models.CharField(max_length=60, null=True)
    occurred_on = models.DateField()
    level = models.CharField(max_length=40, null=True)
    value = models.BigIntegerField(null=True)
    reference = models.BigIntegerField(null=True)
    case_no = models.CharField(max_length=100, null=True)
    document_no = models.CharField(max_length=200, null=True)
    KEY = ("fact_id",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "fact_id"], condition=Q(ended=None), name="fact_once")]
        indexes = [
            models.Index(fields=["cycle", "uscc"], name="fact_uscc"),
            models.Index(fields=["cycle", "fact_id"], name="fact_history"),
            models.Index(fields=["cycle", "project_id", "indicator"], name="fact_project"),
        ]

    def __str__(self) -> str:
        return self.fact_id


class Declaration(models.Model):
    """申报: an enterprise claims an item; its proof is what is stored under "declaration/NUMBER"."""

    class State(models.TextChoices):
        DECLARED = "declared", "待区级初审 with the district"
        DISTRICT = "district", "待市级复核 with the city"
        RETURNED = "returned", "退回补正 returned"
        CONFIRMED = "confirmed", "已确认 confirmed"
        REFUSED = "refused", "不予确认 refused"
        WITHDRAWN = "withdrawn", "已撤回 withdrawn"

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="declarations")
    uscc = models.CharField(max_length=18)
    indicator = models.CharField(max_length=40)
    project_id = models.CharField(max_length=60, blank=True)
    occurred_on = models.DateField("日期 day")
    value = models.CharField("取值 value", max_length=40, blank=True)
    reference = models.CharField("对照值 reference", max_length=40, blank=True)
    document_no = models.CharField("文号 document", max_length=200, blank=True)
    note = models.TextField("说明 note", blank=True)
    district = models.CharField("初审区 first review", max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DECLARED)
    version = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=40, blank=True)  # of the form: sent twice, it declares once
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "token"], condition=~Q(token=""), name="declaration_token_once")
        ]
        indexes = [
            models.Index(fields=["cycle", "state", "district"], name="declaration_queue"),
            models.Index(fields=["cycle", "uscc"], name="declaration_uscc"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.uscc} {self.indicator}"

    @property
    def belongs_to(self) -> str:
        """What its proof is stored under."""
        return f"declaration/{self.pk}"


class DeclarationStep(Once):
    """Who took a declaration from where to where, when and why."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="steps")
    state_before = models.CharField(max_length=10, blank=True)
    state_after = models.CharField(max_length=10)
    because = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.declaration} {self.state_before} → {self.state_after}"


class HelpTask(models.Model):
    """协助任务: what the commission or a district asks an association to help with, to collect or to check.

    declaration: the claim that it concerns, if it is about one. found: what the association reports. It decides
    nothing: whoever asked reads it, and decides.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待协助 asked"
        REPORTED = "reported", "已反馈 reported"
        DECLINED = "declined", "不能协助 declined"
        WITHDRAWN = "withdrawn", "已撤回 withdrawn"

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="help_tasks")
    declaration = models.ForeignKey(Declaration, models.PROTECT, null=True, related_name="help_tasks")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    association = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asks = models.TextField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    version = models.PositiveIntegerField(default=0)
    found = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cycle", "association", "state"], name="help_waiting")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.association} {self.pk}"

    @property
    def belongs_to(self) -> str:
        """What the files of the report are stored under."""
        return f"help/{self.pk}"


class Sheet(models.Model):
    """评分表: a street's score of a project. Signed ones stay as they are; a correction is a new sheet with the next
    number. faults: name of the deduction -> its reason."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="sheets")
    project_id = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    bonus = models.PositiveSmallIntegerField(null=True)
    bonus_reason = models.TextField(blank=True)
    faults = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["project_id", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "project_id", "number"], name="sheet_once")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.project_id} {self.number}"


class Verification(Once):
    """What a district found: standard disclosure, exit notices, separate revenue accounts. The latest one counts."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="verifications")
    indicator = models.CharField(max_length=40)
    uscc = models.CharField(max_length=18)
    project_id = models.CharField(max_length=60, blank=True)
    counts = models.BooleanField()  # whether points follow: disclosed well, or a notice or account missing
    occurred_on = models.DateField()
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "indicator", "project_id"], name="verification_project")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.indicator} {self.project_id}"


class Run(models.Model):
    """A result, written in batches and read once it is whole. seen: the last delivery that it read; about: run.json."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="runs")
    revision = models.PositiveSmallIntegerField()
    because = models.TextField(blank=True)
    seen = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="+")
    enterprises = models.PositiveIntegerField(default=0)
    grades = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    whole = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.cycle} run {self.pk}"


class Score(models.Model):
    """One enterprise's line of a run."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="scores")
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=60)
    rank = models.PositiveIntegerField()
    projects = models.PositiveIntegerField()
    base = models.BigIntegerField()
    bonus = models.BigIntegerField()
    deduction = models.BigIntegerField()
    score = models.BigIntegerField()
    grade = models.CharField(max_length=10)

    class Meta:
        ordering = ["run", "rank", "uscc"]
        constraints = [models.UniqueConstraint(fields=["run", "uscc"], name="score_once")]
        indexes = [
            models.Index(fields=["run", "rank", "uscc"], name="score_rank"),
            models.Index(fields=["uscc"], name="score_history"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.grade}"


class LiveNight(models.Model):
    """The live scores of an open cycle as they stood at a moment; written in batches and read once whole.

    changed: how many differed from the night before. No result: they move with what comes in."""

    cycle = models.ForeignKey(RatingCycle, models.CASCADE, related_name="live_nights")
    at = models.DateTimeField()
    enterprises = models.PositiveIntegerField()
    changed = models.PositiveIntegerField(default=0)
    whole = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.cycle} {self.at:%Y-%m-%d %H:%M}"


class LiveScore(models.Model):
    """One enterprise on a night; stands until a later night has another. points: indicator -> 10⁻⁶ of the score.
    score None: it takes no part any more."""

    night = models.ForeignKey(LiveNight, models.CASCADE, related_name="scores")
    uscc = models.CharField(max_length=18)
    score = models.BigIntegerField(null=True)
    base = models.BigIntegerField(default=0)
    bonus = models.BigIntegerField(default=0)
    deduction = models.BigIntegerField(default=0)
    projects = models.PositiveIntegerField(default=0)
    points = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["night", "uscc"], name="live_once")]
        indexes = [models.Index(fields=["uscc", "night"], name="live_curve")]

    def __str__(self) -> str:
        return f"{self.night} {self.uscc}"


class Line(models.Model):
    """计分明细: one line of a run's ledger. facts: what it stands on, separated by blanks."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    uscc = models.CharField(max_length=18)
    project_id = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)
    quantity = models.BigIntegerField()
    points = models.BigIntegerField()
    n = models.BigIntegerField()
    contribution = models.BigIntegerField()
    cite = models.CharField(max_length=200)
    facts = models.TextField()

    class Meta:
        ordering = ["run", "line"]
        indexes = [
            models.Index(fields=["run", "uscc", "line"], name="line_uscc"),
            models.Index(fields=["run", "project_id"], name="line_project"),
        ]

    def __str__(self) -> str:
        return f"{self.uscc} {self.indicator} {self.level}"


class Window(models.Model):
    """异议期. round 1 is for all that took part; round 2 for those that a re-run changed: changed holds, for each uscc,
    [score before, grade before, score after, grade after]. counted: the days that made last_day, as in a deadline."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="windows")
    revision = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    provisional = models.BooleanField(default=False)
    counted = models.JSONField(default=list)
    changed = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "revision", "round"], name="window_once")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.round}: {self.last_day}"


class Objection(models.Model):
    """An objection (kind objection, in a window) or the request of an enterprise that was left out (kind left_out).
    The course is the case's; settled: a run has been made since it was upheld."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", "异议 objection"
        LEFT_OUT = "left_out", "漏评更正 left out"

    case = models.OneToOneField(Case, models.PROTECT, related_name="objection")
    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="objections")
    revision = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="objections")
    uscc = models.CharField(max_length=18)
    indicators = models.JSONField(default=list)
    token = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "token"], condition=~Q(token=""), name="objection_token_once")
        ]
        indexes = [models.Index(fields=["cycle", "uscc"], name="objection_uscc")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.uscc} {self.kind}"


class InspectionPlan(models.Model):
    """双随机: who is inspected, drawn so that anybody can draw again. rates: grade -> rate as text; times: grade -> how
    often in the half-year. secret: published with the draw; parts: what others fixed; listed: the list that was fixed
    before, by list_hash. inspectors: names or numbers of badges."""

    cycle = models.ForeignKey(RatingCycle, models.PROTECT, related_name="plans")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    rates = models.JSONField()
    times = models.JSONField()
    inspectors = models.JSONField()
    listed = models.JSONField()
    list_hash = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    secret = models.CharField(max_length=64)
    parts = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.purpose


class Inspection(models.Model):
    """One visit of a plan and what it found. found: nothing, mend (责令改正) or pass_on (移送)."""

    class Found(models.TextChoices):
        NOTHING = "nothing", "未发现问题 nothing found"
        MEND = "mend", "责令改正 ordered to mend"
        PASS_ON = "pass_on", "移送处理 passed on"

    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="inspections")
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    grade = models.CharField(max_length=10)
    time = models.PositiveSmallIntegerField()
    inspectors = models.JSONField()
    found = models.CharField(max_length=10, choices=Found.choices, blank=True)
    note = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "name", "time"]
        constraints = [models.UniqueConstraint(fields=["plan", "uscc", "time"], name="inspection_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.time}"


class Certificate(models.Model):
    """评价等级证明: the paper of a published grade."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="certificate")
    score = models.ForeignKey(Score, models.PROTECT, related_name="certificates")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.paper)
