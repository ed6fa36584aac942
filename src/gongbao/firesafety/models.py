"""Joint handling as rows: applications with their places, draws, visits, deliveries, publication, what is passed on.

Where a matter stands is a case (`fire_joint`): one for each place. Here is what the course needs besides.
"""

from django.db import models

from gongbao.cases.models import Case, Step
from gongbao.documents.models import Paper, StoredFile
from gongbao.organisations.models import Client, Organisation, Person

HOUSING, FIRE = "housing", "fire"  # the two parties of the process that are authorities


class Application(models.Model):
    """One construction case (建设工程) as the applicant hands it in, with one or more places. A draft until sent_at.

    scope: the matters applied for ("both"; one alone after a refusal); way: ordinary or joint completion acceptance;
    draw_part: what the applicant fixes for the draw; window: the desk that keyed it in, None online; handed_in: the
    day of receipt at the desk; client: the connected system through which it came; token: of the form, so that
    sending it twice applies once.
    """

    class Matter(models.TextChoices):
        ACCEPTANCE = "acceptance", "消防验收 fire acceptance"
        FILING = "filing", "消防验收备案 acceptance filing"

    class Way(models.TextChoices):
        ORDINARY = "ordinary", "普通方式 ordinary"
        COMPLETION = "completion", "联合验收 joint completion acceptance"

    class Scope(models.TextChoices):
        BOTH = "both", "两项 both"
        HOUSING = "housing_only", "仅消防验收或备案 acceptance alone"
        FIRE = "fire_only", "仅消防安全检查 inspection alone"

    applicant = models.ForeignKey(Organisation, models.PROTECT, related_name="fire_applications")
    district = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    project = models.CharField("建设工程名称 project", max_length=200, blank=True)
    address = models.CharField("工程地址 address", max_length=300, blank=True)
    permit = models.CharField("施工许可证号 building permit", max_length=60, blank=True)
    matter = models.CharField(max_length=12, choices=Matter.choices, blank=True)
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.ORDINARY)
    scope = models.CharField(max_length=14, choices=Scope.choices, default=Scope.BOTH)
    agent = models.CharField("代理人 agent", max_length=60, blank=True)
    delivery_address = models.CharField("送达地址 delivery address", max_length=300, blank=True)
    delivery_to = models.CharField("收件人及电话 addressee, telephone", max_length=100, blank=True)
    address_confirmed = models.BooleanField("已确认送达地址及法律后果", default=False)
    electronic = models.BooleanField("同意电子送达 consents to electronic delivery", default=False)
    draw_part = models.CharField("参与抽取的数 part of the draw", max_length=60, blank=True)
    window = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    handed_in = models.DateField(null=True)
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["applicant", "sent_at"], name="fire_application_of")]

    def __str__(self) -> str:
        return self.project or f"#{self.pk}"


class Place(models.Model):
    """A place of the construction case, with its operator, its case and its public page. kind: of a public gathering
    place (data file). opened_on: reported by the operator, or noted by the fire authority."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="places")
    name = models.CharField("场所名称 name", max_length=200)
    kind = models.CharField("场所类型 kind", max_length=40)
    address = models.CharField("场所地址 address", max_length=300, blank=True)
    operator = models.CharField("经营者 operator", max_length=200, blank=True)
    operator_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    area = models.PositiveIntegerField("建筑面积(平方米) m²", null=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="fire_place")
    opened_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """A file of an application. code: which material (data file); place: None where it is common to all places;
    taken_over: from an application that was refused, because it did not change."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="materials")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="materials")
    code = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_over = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.file}"


class DrawDay(models.Model):
    """The authority's part of the draws of a day: its hash is public from committed_at, the secret from revealed_at.
    rates: by category, as texts that read_rate reads; public with the hash."""

    day = models.DateField(unique=True)
    purpose = models.CharField(max_length=100)
    secret = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    rates = models.JSONField(default=dict)
    committed_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.purpose


class Drawing(models.Model):
    """What the draw of one filing came to, with all that is needed to draw it again. ticket: 64 hexadecimal digits."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="drawing")
    day = models.ForeignKey(DrawDay, models.PROTECT, related_name="drawings")
    on = models.DateField()
    part = models.CharField(max_length=60)
    rate = models.CharField(max_length=20)
    ticket = models.CharField(max_length=64)
    drawn = models.BooleanField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.ticket[:12]}"


class Offer(models.Model):
    """A date for the visit that an authority proposes. at: the beginning, an aware time."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="offers")
    party = models.CharField(max_length=10)
    at = models.DateTimeField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "at"], name="fire_offer_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.at:%Y-%m-%d %H:%M}"


class Inspection(models.Model):
    """What one authority does at a place, in one round (1; 2 and on: re-checks). at: the agreed beginning.

    absent_because: the authority did not come, the other went on; done_at: its visit is recorded; key: of the last
    sending from the phone, so that nothing is kept twice.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="inspections")
    party = models.CharField(max_length=10)
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(null=True)
    absent_because = models.CharField(max_length=300, blank=True)
    opinion = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "party", "round"]
        constraints = [models.UniqueConstraint(fields=["place", "party", "round"], name="fire_inspection_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.party} {self.round}"


class Inspector(models.Model):
    """Somebody who inspects, with card number. recused_because: steps aside, asked to or by herself."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="inspectors")
    name = models.CharField("姓名 name", max_length=60)
    card = models.CharField("执法证件号 card number", max_length=40)
    recused_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "card"], name="fire_inspector_once")]

    def __str__(self) -> str:
        return f"{self.name}({self.card})"


class Answer(models.Model):
    """A line of the checklist. item: its code (data file); key: made on the phone, so that a line sent twice is kept
    once; mended_on: a finding that was remedied."""

    class Verdict(models.TextChoices):
        FIT = "fit", "符合 fit"
        UNFIT = "unfit", "不符合 unfit"
        NOT_HERE = "not_here", "不涉及 does not apply"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    answered_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mended_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="fire_answer_once"),
            models.UniqueConstraint(fields=["inspection", "key"], name="fire_answer_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"


class Photo(models.Model):
    """A photo taken at the visit. item: of the checklist, empty for the place as a whole; key: as with answers."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="photos")
    item = models.CharField(max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "key"], name="fire_photo_key_once")]

    def __str__(self) -> str:
        return f"{self.inspection} {self.item}"


class Delivery(models.Model):
    """The delivery (送达) of one paper to the applicant. due: last day for delivery by hand, empty where it is
    electronic; effective_on: the day on which it counts as delivered; way: by which it was; receipt: 送达回证."""

    class Way(models.TextChoices):
        ELECTRONIC = "electronic", "电子送达 electronic"
        HAND = "hand", "直接送达 by hand"
        LEAVING = "leaving", "留置送达 leaving"
        POST = "post", "邮寄送达 by post"
        NOTICE = "notice", "公告送达 public notice"

    place = models.ForeignKey(Place, models.PROTECT, related_name="deliveries")
    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="delivery")
    party = models.CharField(max_length=10)  # the authority that delivers
    made_on = models.DateField()
    due = models.DateField(null=True)
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    effective_on = models.DateField(null=True)
    receipt = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["effective_on", "due"], name="fire_delivery_open")]

    def __str__(self) -> str:
        return f"{self.paper} → {self.way}"


class Attempt(models.Model):
    """One try to deliver. failed_because: empty where it succeeded; proof: signed slip, photo, postal receipt; until:
    of a public notice, the day after which it counts as delivered."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    way = models.CharField(max_length=12, choices=Delivery.Way.choices)
    day = models.DateField()
    failed_because = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["way", "until"], name="fire_attempt_notice")]

    def __str__(self) -> str:
        return f"{self.delivery} {self.way} {self.day}"


class Publication(models.Model):
    """A decision that the public is told. due: the last day for it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="publications")
    party = models.CharField(max_length=10)
    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="publication")
    decided_on = models.DateField()
    due = models.DateField()
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["published_on"], name="fire_published")]

    def __str__(self) -> str:
        return f"{self.place} {self.party} {self.decided_on}"


class Receiver(models.Model):
    """A connected system that is told what happens (京办, the city's data platform, …). secret: signs what is sent."""

    name = models.CharField("名称 name", max_length=100, unique=True)
    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=64)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """Something that a receiver is told: kept in the transaction of what happened, sent later, until it answers 2xx.
    body: canonical JSON; name: by which the receiver knows it again when it comes twice."""

    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="messages")
    name = models.CharField(max_length=60)
    body = models.TextField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["receiver", "name"], name="fire_message_once")]
        indexes = [models.Index(fields=["next_at"], condition=models.Q(sent_at=None), name="fire_message_due")]

    def __str__(self) -> str:
        return f"{self.receiver} {self.name}"


class FollowUp(models.Model):
    """A place that opened, on the fire authority's list until closed, at the latest until the day `until`."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="follow_up")
    opened_on = models.DateField()
    until = models.DateField()
    closed_on = models.DateField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.opened_on}"


class FollowUpNote(models.Model):
    """Guidance, supervision or a hidden danger after opening. mended_on: of a danger."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", "指导服务 guidance"
        SUPERVISION = "supervision", "日常监督检查 supervision"
        DANGER = "danger", "火灾隐患 hidden danger"

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    day = models.DateField()
    mended_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.kind}"
