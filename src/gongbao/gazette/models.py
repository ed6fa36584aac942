"""Issues of the gazette, their documents, and every text of them that was read in.

A document is what a citation names; everything read from its text hangs on a revision, so that a better text never
overwrites an older one. The fields repeat rules.structure, which explains them. position: order inside what a row
belongs to, from 0.
"""

from django.db import models
from django.db.models import Q

from gongbao.documents.models import StoredFile
from gongbao.organisations.models import Person


class Issue(models.Model):
    """One issue (期). number: within the year; total: running number since the first issue (总第…期)."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(null=True)
    published_on = models.DateField(null=True)
    colophon = models.JSONField(default=dict)  # {"issn": …, "cn": …}

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="gazette_issue_once")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"

    @property
    def code(self) -> str:
        """As it is named in addresses and commands: 2026-13."""
        return f"{self.year}-{self.number}"


class Reading(models.Model):
    """One text of an issue, as it was imported and read. The newest is current; older ones stay readable.

    sequence: 1, 2, …; source: name of the file; digest: sha256 of what was read out of it, lines left out.
    """

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="readings")
    sequence = models.PositiveIntegerField()
    source = models.TextField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    is_current = models.BooleanField()

    class Meta:
        ordering = ["issue", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "sequence"], name="gazette_reading_sequence"),
            models.UniqueConstraint(fields=["issue"], condition=Q(is_current=True), name="gazette_reading_current"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} · {self.sequence}"


class Line(models.Model):
    """A line of a reading that stands in no provision and no row: noise, or matter around the texts, and which."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    text = models.TextField()
    is_noise = models.BooleanField()
    what = models.CharField(max_length=20)  # Noise.why or Matter.what

    class Meta:
        ordering = ["reading", "line", "id"]

    def __str__(self) -> str:
        return f"{self.line} {self.what}"


class Document(models.Model):
    """Everything published under one number in one issue. key: the number, or the title where it bears none."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="documents")
    key = models.TextField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "key"], name="gazette_document_once")]

    def __str__(self) -> str:
        return self.key


class Revision(models.Model):
    """One text of a document (文本修订), with what it says about itself. Fields as in rules.structure.Document.

    digest: sha256 of the content without its lines. No revision of a document is current when the newest text of
    its issue no longer has the document.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="revisions")
    sequence = models.PositiveIntegerField()
    is_current = models.BooleanField()
    digest = models.CharField(max_length=64)
    position = models.PositiveIntegerField()  # in the issue, from 0
    number = models.TextField()
    title = models.TextField()
    title_en = models.TextField()
    issuers = models.JSONField(default=list)
    addressees = models.JSONField(default=list)
    issued_on = models.DateField(null=True)
    section = models.TextField()
    page = models.PositiveIntegerField(null=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    trial = models.BooleanField()
    from_publication = models.BooleanField()
    explained_by = models.JSONField(default=list)
    responsible = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="gazette_revision_sequence"),
            models.UniqueConstraint(fields=["document"], condition=Q(is_current=True), name="gazette_revision_current"),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.title} · {self.sequence}"


class Work(models.Model):
    """A notice (通知), what it issues (印发), or an annex (附件)."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="works")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=10)
    cite = models.TextField()
    title = models.TextField()
    aliases = models.JSONField(default=list)

    class Meta:
        ordering = ["revision", "position"]

    def __str__(self) -> str:
        return self.title


class Provision(models.Model):
    """One numbered piece of a work. position: in the order of the text, through all levels of its work."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    cite = models.TextField()
    level = models.CharField(max_length=10)
    number = models.TextField()
    heading = models.TextField()
    text = models.TextField()
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    responsible = models.JSONField(default=list)

    class Meta:
        ordering = ["work", "position"]

    def __str__(self) -> str:
        return self.cite


class Table(models.Model):
    """A table of a work. missing: running numbers that were not read."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="tables")
    position = models.PositiveIntegerField()
    cite = models.TextField()
    title = models.TextField()
    head = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    missing = models.JSONField(default=list)

    class Meta:
        ordering = ["work", "position"]

    def __str__(self) -> str:
        return self.cite


class Row(models.Model):
    """A row of a table."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    cite = models.TextField()
    group = models.TextField()
    cells = models.JSONField(default=list)
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()

    class Meta:
        ordering = ["table", "position"]

    def __str__(self) -> str:
        return self.cite


class Reference(models.Model):
    """A document that a revision names, by number, title or both. kind: cites, replaces or based_on."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="references")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    number = models.TextField(db_index=True)
    title = models.TextField()
    line = models.PositiveIntegerField()

    class Meta:
        ordering = ["revision", "kind", "position"]

    def __str__(self) -> str:
        return self.number or self.title


class Passage(models.Model):
    """What search finds: a title, a provision or a row of a current revision, as one text under one citation.

    Its tokens stand in the table gazette_search (models.search_index), written by the same service.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    cite = models.TextField()
    text = models.TextField()

    class Meta:
        ordering = ["revision", "position"]

    def __str__(self) -> str:
        return self.cite


class Draft(models.Model):
    """The text of an issue that an editor handed in: public only once another one has approved it.

    text: as corrected so far; the file stays as it came. writers: who handed in or corrected; none of them approves.
    reading: what it became. because: why it was returned.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待核准 waiting"
        PUBLISHED = "published", "已公布 published"
        RETURNED = "returned", "已退回 returned"

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    writers = models.ManyToManyField(Person, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=300, blank=True)
    reading = models.OneToOneField(Reading, models.PROTECT, null=True, related_name="draft")

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期 · {self.source}"
