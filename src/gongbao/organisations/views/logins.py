"""For administrators: every login, blocked and unblocked with a reason, and who is locked out."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.forms import ReasonForm
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.organisations.selectors import has_second_factor, lockouts, people_all, posts_of
from gongbao.organisations.services.accounts import lockout_lift, person_block, person_unblock
from gongbao.web.registry import Work
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import said

BLOCKED, OPEN = Text("已停用", "blocked"), Text("可登录", "may log in")


def work_of(who: Actor, now: datetime) -> Iterator[Work]:
    """Logins and lock-outs, and connected systems, on an administrator's desk."""
    if not isinstance(ask("organisations.logins.manage", who), Allowed):
        return
    says = Text("查找、停用和恢复账号,解除登录锁定。", "Find, block and unblock logins; lift lock-outs.")
    yield Work(Text("账号", "Logins"), says, reverse("logins"), len(lockouts(now)) or None)
    says = Text("发放和撤销令牌,查看调用记录。", "Issue and revoke tokens, see what they took.")
    yield Work(Text("接入系统", "Connected systems"), says, reverse("clients"))


@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """Everybody with a login, and who is locked out now."""
    allow(request, "organisations.logins.manage")
    table = Table(
        caption=Text("账号", "Logins"),
        columns=[
            Column("username", Text("登录名", "Login name"), sort="username", link=_url),
            Column("name", Text("姓名", "Name"), sort="name"),
            Column("email", Text("电子邮箱", "E-mail")),
            Column("state", Text("状态", "State"), cell=lambda p: OPEN if p.is_active else BLOCKED),
        ],
        rows=people_all(),
        query=request.GET,
        filters=[
            Filter("username", Text("登录名", "Login name"), lambda p, value: p.filter(username__icontains=value)),
            Filter("name", Text("姓名", "Name"), lambda p, value: p.filter(name__icontains=value)),
            Filter(
                "state", Text("状态", "State"), lambda p, value: p.filter(is_active=value == "open"),
                {"open": OPEN, "blocked": BLOCKED},
            ),
        ],
        empty=Text("没有符合条件的账号。", "No login fits."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("logins.csv")
    return render(request, "organisations/logins.html", {"table": table, "lockouts": lockouts(timezone.now())})


def _url(person: Person) -> str:
    return reverse("login_of", args=[person.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def login_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One login: its roles, what was changed about it; blocked, or let in again, with a reason."""
    allow(request, "organisations.logins.manage")
    person, who = get_object_or_404(Person, pk=pk), actor(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = person_block if person.is_active else person_unblock
        try:
            change(person=person, now=timezone.now(), by=who.person, because=form.cleaned_data["because"])
        except BadInput as bad:
            form.take(bad)
        else:
            done = OPEN if person.is_active else BLOCKED
            messages.success(request, said(Text(f"{person.username}:{done.zh}。", f"{person.username}: {done.en}.")))
            return redirect("login_of", pk)
    context = {
        "person": person,
        "posts": posts_of(person, timezone.localdate()),
        "second_factor": has_second_factor(person),
        "changes": person.changes.select_related("by"),
        "own": person == who.person,
        "form": form,
    }
    return render(request, "organisations/login_of.html", context)


@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Let somebody try again at once."""
    allow(request, "organisations.logins.manage")
    username = request.POST.get("username", "")
    if lockout_lift(username=username, now=timezone.now(), by=actor(request).person):
        messages.success(request, said(Text(f"{username} 可以重新登录。", f"{username} can log in again.")))
    return redirect("logins")
