"""Applications for support as rows: the project, what was claimed and proved, and where the money went. Money in fen.

Where an application stands is its case's track; nothing here repeats it.
"""

from django.db import models
from django.db.models import Q

from gongbao.cases.models import Case
from gongbao.documents.models import Paper, StoredFile
from gongbao.organisations.models import Organisation, Person


class ProgrammeEdition(models.Model):
    """The text of a programme file that applications began under, and stay under."""

    programme = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "pk"]

    def __str__(self) -> str:
        return f"{self.programme} {self.sha256[:12]}"


class Project(models.Model):
    """What is supported. key: place and name in one form, by which the same project of a second applicant is found."""

    name = models.CharField("项目名称 name", max_length=200)
    place = models.CharField("项目地点 place", max_length=300)
    key = models.CharField(max_length=520, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """One applicant's application under one measure. case: None while it is a draft.

    facts: {"entity": {…}, "project": {…}} as a profile states them, without the scope in the names;
    co_investors: [{"name", "relation"}]; related_names: names of related parties; project: None for what is granted
    to the entity itself. applied_on: Beijing day of sending. claimed: what the applicant asks for; assessed: what the
    rules give on what was handed in; countable, audited_countable: investment that counts, before and after the audit;
    audited: what the rules give after it; decided: what was granted. None: not known (yet), or no figure in the text.
    """

    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="application")
    edition = models.ForeignKey(ProgrammeEdition, models.PROTECT, null=True, related_name="applications")
    programme = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    applicant = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="applications")
    co_investors = models.JSONField(default=list)
    related_names = models.JSONField(default=list)
    project_form = models.CharField(max_length=30, blank=True)
    facts = models.JSONField(default=dict)
    bank = models.CharField("开户银行 bank", max_length=200, blank=True)
    account = models.CharField("收款账号 account", max_length=40, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    applied_on = models.DateField(null=True)
    claimed = models.BigIntegerField(null=True)
    assessed = models.BigIntegerField(null=True)
    countable = models.BigIntegerField(null=True)
    audited_countable = models.BigIntegerField(null=True)
    audited = models.BigIntegerField(null=True)
    decided = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "measure"], name="application_measure")]

    def __str__(self) -> str:
        return f"{self.case.number if self.case else self.pk} {self.measure}"


class MaterialSlot(models.Model):
    """A place for a paper that is asked for. slot: as the programme names it; of: the event or store it is for, "" for
    the project. remark: what an office found lacking."""

    class State(models.TextChoices):
        MISSING = "missing", "未提交 missing"
        GIVEN = "given", "已提交 given"
        ACCEPTED = "accepted", "齐备 accepted"
        RETURNED = "returned", "需补正 to be mended"
        NOT_NEEDED = "not_needed", "不适用 not needed"

    application = models.ForeignKey(Application, models.CASCADE, related_name="materials")
    slot = models.CharField(max_length=60)
    of = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MISSING)
    remark = models.CharField(max_length=500, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "slot", "of"], name="material_once")]

    def __str__(self) -> str:
        return f"{self.slot} {self.of}".strip()


class LedgerRow(models.Model):
    """A contract, invoice or payment of the investment ledger, in the order in which it was handed in (place)."""

    class Table(models.TextChoices):
        CONTRACT = "contract", "合同 contract"
        INVOICE = "invoice", "发票 invoice"
        PAYMENT = "payment", "付款 payment"

    application = models.ForeignKey(Application, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=10, choices=Table.choices)
    place = models.PositiveIntegerField()
    no = models.CharField(max_length=100)

    class Meta:
        ordering = ["application", "table", "place"]
        constraints = [models.UniqueConstraint(fields=["application", "table", "place"], name="ledger_row_place")]

    def __str__(self) -> str:
        return f"{self.table} {self.no}"


class LedgerVersion(models.Model):
    """What a row says. number 1 is as handed in; the auditor's corrections follow, each with a reason; all stay.

    content: the row as an application file has it ("no", "amount", …); struck: the auditor takes it out.
    """

    row = models.ForeignKey(LedgerRow, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    struck = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["row", "number"]
        constraints = [
            models.UniqueConstraint(fields=["row", "number"], name="ledger_version_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="ledger_correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.row} · {self.number}"


class InvoiceUse(models.Model):
    """Index of invoice numbers over all applications, whoever applied. number: as rules.ledger.same writes it."""

    number = models.CharField(max_length=100)
    application = models.ForeignKey(Application, models.CASCADE, related_name="invoices")

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["number", "application"], name="invoice_use_once")]

    def __str__(self) -> str:
        return self.number


class Budget(models.Model):
    """What a programme may pay in a year."""

    programme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "year"]
        constraints = [models.UniqueConstraint(fields=["programme", "year"], name="budget_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"


class Commitment(models.Model):
    """Money promised by a decision, against the budget of a year; the order of these rows is the order of payment.

    waiting: the applicant was told that the money is exhausted.
    """

    class State(models.TextChoices):
        OPEN = "open", "已决定 decided"
        WAITING = "waiting", "资金不足,待拨 waiting for money"
        PAID = "paid", "已拨付 paid"
        RELEASED = "released", "已解除 released"

    application = models.ForeignKey(Application, models.PROTECT, related_name="commitments")
    programme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="released"), name="commitment_standing_once"
            )
        ]
        indexes = [models.Index(fields=["programme", "year", "state"], name="commitment_budget")]

    def __str__(self) -> str:
        return f"{self.application}: {self.amount}"


class PaymentBatch(models.Model):
    """Payments that were ordered together. file: what the bank is given."""

    programme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """One payment of a batch; a returned one stays, and the money is paid again by another."""

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="payments")
    application = models.ForeignKey(Application, models.PROTECT, related_name="payments")
    amount = models.BigIntegerField()
    bank = models.CharField(max_length=200)
    account = models.CharField(max_length=40)
    returned_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.batch} {self.application}"


class PublicNotice(models.Model):
    """A decision shown to everybody before it is paid; a changed amount is shown again, as a notice of its own."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="public_notices")
    amount = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ["-first_day", "-pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.first_day}"


class NoticeObjection(models.Model):
    """What somebody objected to, under a name. The words, the name and the answer stand in its case."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    case = models.OneToOneField(Case, models.PROTECT, related_name="notice_objection")
    token = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "token"], name="notice_objection_once")]

    def __str__(self) -> str:
        return str(self.case)


class Consent(models.Model):
    """A co-office that was asked for its consent; the answer is its case's."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="consents")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    case = models.OneToOneField(Case, models.PROTECT, related_name="consent")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "office", "round"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.application} {self.office}"


class Recovery(models.Model):
    """Money taken back after payment. amount: as decided, None before; repaid: what came in so far."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recoveries")
    case = models.OneToOneField(Case, models.PROTECT, related_name="recovery")
    amount = models.BigIntegerField(null=True)
    repaid = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.case}"


class CreditMark(models.Model):
    """A bad-credit entry of an applicant, made with the decision that found its papers false."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="credit_marks")
    application = models.ForeignKey(Application, models.PROTECT, related_name="credit_marks")
    made_on = models.DateField()
    because = models.TextField()

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.made_on}"


from gongbao.support.rows import Population, ProgrammeDraft  # noqa: E402, F401 - a file of its own: they know no case
