"""Organisations in one tree; people, what they do where, who stands in for them, and who is invited."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from gongbao.kernel.text import Text
from gongbao.organisations.tables.catalogue import Kind, Role, changes, kinds, roles


class Organisation(models.Model):
    """A node of the tree: city → districts and the zone → streets → communities; offices and enterprises beside them.

    code never changes; path is the codes from the top, each followed by "/", so that "everything below" is a prefix.
    """

    code = models.CharField("代码 code", max_length=32, unique=True)
    kind = models.CharField("类型 kind", max_length=32)
    name = models.CharField("名称 name", max_length=200)
    name_en = models.CharField("英文名称 English name", max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, unique=True, editable=False)
    uscc = models.CharField("统一社会信用代码 USCC", max_length=18, blank=True)
    address = models.CharField("地址 address", max_length=300, blank=True)
    phone = models.CharField("电话 telephone", max_length=40, blank=True)
    closed_on = models.DateField("撤销日期 closed on", null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="organisation_kind_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> Text:
        return Text(self.name, self.name_en or self.name)

    @property
    def kind_of(self) -> Kind:
        return kinds()[self.kind]


class Competence(models.Model):
    """The authority for a matter at a place and everything below it, unless a lower place has a row of its own.

    matter: a short code that a domain gives ("housing", "fire", "commerce", …). Both days are included.
    """

    matter = models.CharField("事项 matter", max_length=40)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="地域 place")
    authority = models.ForeignKey(
        Organisation, models.PROTECT, related_name="competences", verbose_name="机关 authority"
    )
    first_day = models.DateField("自 from")
    last_day = models.DateField("至 until", null=True, blank=True)

    class Meta:
        ordering = ["matter", "place__path", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "place", "first_day"], name="competence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.place} → {self.authority}"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with a login. Rights come from memberships alone: there is no superuser."""

    username = models.CharField("登录名 login name", max_length=60, unique=True)
    email = models.EmailField("电子邮箱 e-mail", blank=True)
    name = models.CharField("姓名 name", max_length=60)
    phone = models.CharField("电话 telephone", max_length=40, blank=True)
    language = models.CharField("语言 language", max_length=10, default="zh-hans")
    is_active = models.BooleanField("可登录 may log in", default=True)
    demo = models.BooleanField(default=False, help_text="a made-up login: works only where GONGBAO_DEMO is set")
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="person_username_once"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name


class Membership(models.Model):
    """A person holds a role in an organisation from first_day to last_day, both included; empty: without end."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField("角色 role", max_length=40)
    first_day = models.DateField("自 from")
    last_day = models.DateField("至 until", null=True, blank=True)

    class Meta:
        ordering = ["organisation__path", "role", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role", "first_day"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="membership_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["role", "organisation"], name="membership_role")]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.organisation}"

    @property
    def role_of(self) -> Role:
        return roles()[self.role]


class Deputy(models.Model):
    """Somebody who stands in for a membership of another person (代理), both days included."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="stands_in")
    first_day = models.DateField("自 from")
    last_day = models.DateField("至 until")

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="deputy_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ⇢ {self.membership}"


class Invitation(models.Model):
    """A link by which somebody joins. Only the SHA-256 of its token is kept; it works once, until expires_at."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField("角色 role", max_length=40)
    email = models.EmailField("电子邮箱 e-mail")
    name = models.CharField("姓名 name", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    @property
    def role_of(self) -> Role:
        return roles()[self.role]


class Change(models.Model):
    """Who changed what about organisations and people. Rows are added, never changed or removed."""

    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="changes")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"

    @property
    def text(self) -> Text:
        return changes()[self.what]


class Client(models.Model):
    """A connected system (enforcement, 12345, public credit, …) that acts for an organisation through the API; or a
    program of a person, which acts as her in that organisation, and never more than she may herself.

    Only the SHA-256 of its token is kept; prefix is its first characters, to tell tokens apart.
    scopes: what it may do, separated by blanks ("rating.read penalties.write").
    """

    name = models.CharField("名称 name", max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clients")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tokens")
    scopes = models.CharField("权限范围 scopes", max_length=500)
    prefix = models.CharField(max_length=12, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "issued_at"]

    def __str__(self) -> str:
        return self.name

    # what the REST framework asks of a user
    is_authenticated = True
    is_anonymous = False

    def may(self, scope: str) -> bool:
        return scope in self.scopes.split()


class ApiCall(models.Model):
    """Who took or brought what: one row for every call of a client that was let in."""

    at = models.DateTimeField()
    client = models.ForeignKey(Client, models.PROTECT, related_name="calls")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    status = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["client", "at"], name="apicall_client_at")]

    def __str__(self) -> str:
        return f"{self.client} {self.method} {self.path} {self.status}"


class IdempotencyKey(models.Model):
    """A write that a client made under a key of its own: sent again, the same answer is given and nothing is done."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
