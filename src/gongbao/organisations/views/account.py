"""A person's own account: name, address, where she is logged in, tokens for programs of her own."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.forms import EmailForm, NameForm, TokenForm
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import actor, allow
from gongbao.organisations.selectors import has_second_factor, organisation_by_code, sessions_of, tokens_of
from gongbao.organisations.services.accounts import email_change, email_read, email_token, person_rename
from gongbao.organisations.services.clients import client_revoke, token_issue
from gongbao.organisations.services.mail import email_changed_send, email_confirm_send
from gongbao.web.forms import Form
from gongbao.web.words import said


def _me(request: HttpRequest) -> Person:
    allow(request, "organisations.desk.see")
    me = actor(request).person
    assert me  # noqa: S101 - the permission above
    return me


def _home(request: HttpRequest, zh: str, en: str) -> HttpResponseRedirect:
    messages.success(request, said(Text(zh, en)))
    return redirect("my_account")


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Her roles, password, second factor, sessions and tokens."""
    me = _me(request)
    context = {
        "actor": actor(request),
        "second_factor": has_second_factor(me),
        "sessions": sessions_of(me, request.session.session_key),
        "tokens": tokens_of(me),
        "now": timezone.now(),
    }
    return render(request, "organisations/my_account.html", context)


def _form(request: HttpRequest, form: Form, title: Text) -> HttpResponse:
    return render(request, "organisations/account_form.html", {"form": form, "title": title})


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    form = NameForm(request.POST or None, initial={"name": me.name})
    if request.method == "POST" and form.is_valid():
        try:
            person_rename(person=me, name=form.cleaned_data["name"], now=timezone.now())
        except BadInput as bad:
            form.take(bad)
        else:
            return _home(request, "姓名已修改。", "The name is changed.")
    return _form(request, form, Text("修改姓名", "Change the name"))


@reauthentication_required  # type: ignore[untyped-decorator]  # whoever changes the address can reset the password
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Ask for a new address; it counts once the link sent there is opened."""
    me = _me(request)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["email"]
        try:
            token = email_token(person=me, email=wanted)
        except BadInput as bad:
            form.take(bad)
        else:
            link = request.build_absolute_uri(reverse("my_email_confirm", args=[token]))
            email_confirm_send(person=me, email=wanted, link=link)
            return _home(
                request,
                f"确认链接已发到 {wanted},24 小时内打开后生效。",
                f"A link went to {wanted}; the address counts once you open it, within 24 hours.",
            )
    return _form(request, form, Text("更换电子邮箱", "Change the e-mail address"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: shown with a button, for programs that look into letters open links too."""
    me = _me(request)
    wanted = email_read(person=me, token=token)
    if wanted is None:
        return render(request, "organisations/email_closed.html", status=404)
    if request.method == "POST":
        try:
            before = email_change(person=me, email=wanted, now=timezone.now())
        except BadInput as bad:
            messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
            return redirect("my_account")
        if before:
            email_changed_send(person=me, before=before)
        return _home(request, "电子邮箱已更换。", "The e-mail address is changed.")
    return render(request, "organisations/email_confirm.html", {"email": wanted})


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """Log one of her browsers out, or all but this one."""
    me = _me(request)
    others = UserSession.objects.filter(user=me).exclude(session_key=request.session.session_key)
    chosen = request.POST.get("session", "")
    if chosen:
        others = others.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else others.none()
    ended = list(others)
    for one in ended:
        one.end()
    return _home(request, f"已退出 {len(ended)} 处登录。", f"Logged out in {len(ended)} place(s).")


@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token, shown on the page that answers, once."""
    me = _me(request)
    posts = [post.organisation for post in actor(request).posts]
    form = TokenForm(request.POST or None, organisations=list(dict.fromkeys(posts)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        where = organisation_by_code(given["organisation"])
        assert where  # noqa: S101 - one of the form's choices
        try:
            made, token = token_issue(
                person=me, name=given["name"], organisation=where, scope=given["scope"], days=given["days"],
                now=timezone.now(),
            )  # fmt: skip
        except BadInput as bad:
            form.take(bad)
        else:
            context = {"client": made, "token": token, "back": reverse("my_account")}
            return render(request, "organisations/client_issued.html", context)
    return _form(request, form, Text("新建令牌", "Make a token"))


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    me = _me(request)
    client_revoke(client=get_object_or_404(tokens_of(me), pk=pk), now=timezone.now(), by=me)
    return _home(request, "令牌已撤销。", "The token was revoked.")
