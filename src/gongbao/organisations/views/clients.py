"""Connected systems: who is let in, and what they took."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.forms import ClientForm
from gongbao.organisations.models import Client
from gongbao.organisations.permissions import actor, allow
from gongbao.organisations.selectors import calls_of, clients_all, organisation_by_code
from gongbao.organisations.services.clients import client_issue, client_revoke
from gongbao.web.table import Column, Table
from gongbao.web.words import said


@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    allow(request, "organisations.clients.manage")
    return render(request, "organisations/clients.html", {"clients": clients_all(), "now": timezone.now()})


@require_safe
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One system, and the log of what it took and brought."""
    allow(request, "organisations.clients.manage")
    shown = get_object_or_404(clients_all(), pk=pk)
    table = Table(
        caption=Text("调用记录", "Calls"),
        columns=[
            Column(
                "at",
                Text("时间", "Time"),
                cell=lambda c: timezone.localtime(c.at).strftime("%Y-%m-%d %H:%M:%S"),
                sort="at",
            ),
            Column("method", Text("方法", "Method"), sort="method"),
            Column("path", Text("地址", "Address"), sort="path"),
            Column("status", Text("结果", "Status"), sort="status", numeric=True),
        ],
        rows=calls_of(shown),
        query=request.GET,
        empty=Text("这个系统还没有调用过接口。", "The system has not called yet."),
    )
    if request.GET.get("format") == "csv":
        return table.csv(f"calls-{shown.pk}.csv")
    return render(request, "organisations/client.html", {"client": shown, "table": table, "now": timezone.now()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Let a system in. The token is shown on the page that answers, once."""
    allow(request, "organisations.clients.manage")
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        owner = organisation_by_code(given["organisation"])
        if owner is None:
            form.add_error("organisation", said(Text("没有这个代码的单位", "no organisation has this code")))
        else:
            try:
                made, token = client_issue(
                    name=given["name"],
                    organisation=owner,
                    scope=given["scope"],
                    now=timezone.now(),
                    by=actor(request).person,
                )
            except BadInput as bad:
                form.take(bad)
            else:
                return render(request, "organisations/client_issued.html", {"client": made, "token": token})
    return render(request, "organisations/client_form.html", {"form": form})


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, "organisations.clients.manage")
    client_revoke(client=get_object_or_404(Client, pk=pk), now=timezone.now(), by=actor(request).person)
    messages.success(request, said(Text("令牌已撤销。", "The token was revoked.")))
    return redirect("client", pk=pk)
