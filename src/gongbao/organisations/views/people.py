"""Organisations and the people in them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.forms import DeputyForm, InvitationForm, LastDayForm
from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.organisations.selectors import (
    changes_in,
    deputies_in,
    invitations_open,
    memberships_in,
    organisation_by_code,
    organisations_above,
    organisations_below,
)
from gongbao.organisations.services.mail import invitation_send
from gongbao.organisations.services.people import (
    deputy_name,
    invitation_make,
    invitation_withdraw,
    membership_end,
    organisation_leave,
)
from gongbao.organisations.tables.catalogue import kinds
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import said

CHANGES_SHOWN = 20


def _page(organisation: Organisation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("organisation", args=[organisation.code]))


def _seen(request: HttpRequest, code: str) -> Organisation:
    """The organisation of that code, if this person may know of it; else 404, as for a code that does not exist."""
    allow(request, "organisations.desk.see")
    organisation = organisation_by_code(code) or Organisation()
    allow(request, "organisations.organisation.see", organisation)
    return organisation


def _managed(request: HttpRequest, code: str) -> Organisation:
    organisation = _seen(request, code)
    allow(request, "organisations.people.manage", organisation)
    return organisation


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: its people, who is invited, what lies below it, what was changed."""
    shown, today = _seen(request, code), timezone.localdate()
    may = isinstance(ask("organisations.people.manage", actor(request), shown), Allowed)
    below = organisations_below(shown, itself=False)
    table = _below_table(request, below) if below.exists() else None
    if table and request.GET.get("format") == "csv":
        return table.csv("organisations.csv")
    context = {
        "organisation": shown,
        "above": list(reversed(organisations_above(shown, itself=False))),
        "may_manage": may,
        "memberships": memberships_in(shown, today),
        "deputies": deputies_in(shown, today),
        "invitations": invitations_open(shown, timezone.now()) if may else (),
        "below": table,
        "changes": changes_in(shown)[:CHANGES_SHOWN] if may else (),
    }
    return render(request, "organisations/organisation.html", context)


def _below_table(request: HttpRequest, below: Any) -> Table:
    def link(row: Organisation) -> str:
        return reverse("organisation", args=[row.code])

    return Table(
        caption=Text("下级组织", "Organisations below"),
        columns=[
            Column("code", Text("代码", "Code"), sort="code"),
            Column("name", Text("名称", "Name"), cell=lambda o: o.text, sort="name", link=link),
            Column("kind", Text("类型", "Kind"), cell=lambda o: o.kind_of.name, sort="kind"),
        ],
        rows=below,
        query=request.GET,
        filters=[
            Filter("name", Text("名称", "Name"), lambda rows, value: rows.filter(name__icontains=value)),
            Filter(
                "kind",
                Text("类型", "Kind"),
                lambda rows, value: rows.filter(kind=value),
                {code: kind.name for code, kind in kinds().items()},
            ),
        ],
        empty=Text("没有下级组织。", "There is nothing below."),
    )


def _asked(
    request: HttpRequest,
    form: Form,
    title: Text,
    organisation: Organisation,
    do: Callable[[dict[str, Any]], Text],
) -> HttpResponse:
    """A page with one form: shown, checked, and once done, back to the organisation with a sentence."""
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except BadInput as bad:
            form.take(bad)
        else:
            messages.success(request, said(done))
            return _page(organisation)
    context = {"form": form, "title": title, "organisation": organisation}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, code: str) -> HttpResponse:
    organisation = _managed(request, code)

    def do(given: dict[str, Any]) -> Text:
        now = timezone.now()
        invitation, token = invitation_make(organisation=organisation, by=actor(request).person, now=now, **given)
        link = request.build_absolute_uri(reverse("join", args=[token]))
        transaction.on_commit(lambda: invitation_send(invitation=invitation, link=link))
        return Text(f"邀请已发到 {invitation.email}。", f"The invitation went to {invitation.email}.")

    form = InvitationForm(request.POST or None, organisation=organisation)
    return _asked(request, form, Text("邀请人员", "Invite somebody"), organisation, do)


@require_POST
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    organisation = _managed(request, code)
    invitation = get_object_or_404(organisation.invitations, pk=pk)
    try:
        invitation_withdraw(invitation=invitation, now=timezone.now(), by=actor(request).person)
    except BadInput as bad:
        messages.error(request, said(Text(bad.problems[0].expected, bad.problems[0].expected_en)))
    else:
        messages.success(request, said(Text("邀请已撤回。", "The invitation was withdrawn.")))
    return _page(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a role of somebody, or all of them, if she leaves."""
    organisation = _managed(request, code)
    membership = get_object_or_404(organisation.memberships, pk=pk)

    def do(given: dict[str, Any]) -> Text:
        when = {"last_day": given["last_day"], "now": timezone.now(), "by": actor(request).person}
        if given["leaves"]:
            organisation_leave(person=membership.person, organisation=organisation, **when)
        else:
            membership_end(membership=membership, **when)
        return Text("最后一天已记下。", "The last day is set.")

    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    name = membership.role_of.name
    title = Text(f"结束{membership.person}的“{name.zh}”", f"End “{name.en}” of {membership.person}")
    return _asked(request, form, title, organisation, do)


@require_http_methods(["GET", "HEAD", "POST"])
def deputise(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a colleague stand in: the person herself may say so, or the manager."""
    organisation = _seen(request, code)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    if membership.person != actor(request).person:
        allow(request, "organisations.people.manage", organisation)

    def do(given: dict[str, Any]) -> Text:
        deputy_name(membership=membership, now=timezone.now(), by=actor(request).person, **given)
        return Text("代理人已指定。", "The deputy is named.")

    form = DeputyForm(request.POST or None, membership=membership, on=timezone.localdate())
    name = membership.role_of.name
    title = Text(f"{membership.person}的代理人({name.zh})", f"A deputy for {membership.person} ({name.en})")
    return _asked(request, form, title, organisation, do)
