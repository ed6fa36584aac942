"""Connected systems at the administrator's desk: what was passed on, what waits, why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongbao.firesafety.models import Message
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import allow
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import day

STATES = {"waiting": Text("待发送", "waiting"), "failed": Text("发送失败", "failed"), "sent": Text("已送达", "taken")}


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message, the newest first."""
    allow(request, "fire.outbox.see")
    table = Table(
        caption=Text("消防信息共享", "Passed on to connected systems"),
        columns=[
            Column("receiver", Text("接收系统", "Receiver"), cell=lambda m: m.receiver.name, sort="receiver__name"),
            Column("name", Text("消息", "Message")),
            Column("made", Text("产生", "Made"), cell=lambda m: day(m.made_at), sort="made_at"),
            Column("tries", Text("发送次数", "Tries"), numeric=True, sort="tries"),
            Column("sent", Text("接收", "Taken"), cell=lambda m: m.sent_at and day(m.sent_at), sort="sent_at"),
            Column("error", Text("最近一次失败", "Last failure")),
        ],
        rows=Message.objects.select_related("receiver").order_by("-pk"),
        query=request.GET,
        filters=[Filter("state", Text("状态", "State"), _state, STATES)],
        empty=Text(
            "没有消息。用 gongbao firesafety receiver 登记接收系统后,办理信息会发送给它。",
            "There are no messages. Register a receiver with gongbao firesafety receiver, and it is told what happens.",
        ),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv("outbox.csv")
    return render(request, "firesafety/desk/outbox.html", {"table": table})


def _state(rows: Any, value: str) -> Any:
    if value == "sent":
        return rows.exclude(sent_at=None)
    waiting = rows.filter(sent_at=None)
    return waiting.exclude(error="") if value == "failed" else waiting.filter(error="")
