"""What the pages of streets, districts and city share: the cycle of an address, its ways on, services and forms."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, allow, ask
from gongbao.rating.models import RatingCycle
from gongbao.rating.selectors.conditions import Lack
from gongbao.rating.selectors.cycles import cycle_by_code, cycle_collecting, cycle_running, cycle_shown
from gongbao.rating.selectors.declarations import declarations_waiting
from gongbao.rating.selectors.helping import tasks_waiting
from gongbao.rating.selectors.objections import objections_open
from gongbao.rating.selectors.sheets import sheet_list
from gongbao.rating.views.places import districts_of, streets_of
from gongbao.rating.views.wording import STATES
from gongbao.web.registry import Work
from gongbao.web.words import said


def cycle_of(request: HttpRequest, code: str, permission: str = "organisations.desk.see") -> RatingCycle:
    """The cycle of an address, for whoever has the permission; else 403, and 404 for a cycle that is not there."""
    allow(request, permission)
    found = cycle_by_code(code)
    if found is None:
        raise Http404
    return found


def page(request: HttpRequest, template: str, cycle: RatingCycle, **context: Any) -> HttpResponse:
    """A page of a cycle, with what every one of them shows in its head."""
    head = {"cycle": cycle, "state": STATES[cycle.state], "ways": ways(actor(request), cycle)}
    return render(request, f"rating/{template}.html", {**head, **context})


def tell(request: HttpRequest, zh: str, en: str) -> None:
    """What was done, and what comes next; shown on the page that follows."""
    messages.success(request, said(Text(zh, en)))


def ways(who: Actor, cycle: RatingCycle) -> list[tuple[Text, str]]:
    """The pages of a cycle that are there for this person."""

    def to(name: str) -> str:
        return reverse(name, args=[cycle.code])

    found = []
    city = who.holds("rating_city") is not None
    if isinstance(ask("rating.board.see", who), Allowed):
        found.append((Text("进度", "Progress"), to("rating_board")))
    if streets_of(who):
        found.append((Text("评分表", "Score sheets"), to("rating_sheets")))
    if city or districts_of(who):
        found.append((Text("申报审核", "Reviews"), to("rating_reviews")))
    if districts_of(who):
        found.append((Text("核验", "Verifications"), to("rating_verifications")))
    if isinstance(ask("rating.help.list", who), Allowed):
        found.append((Text("协会协助", "Associations"), to("rating_help")))
    if who.holds("enforcement"):
        found.append((Text("责令和处罚", "Orders"), to("rating_orders")))
    if who.holds("complaints", "rating_city"):
        found.append((Text("诉求明细", "Complaints"), to("rating_complaints")))
    if city:
        found += [
            (Text("数据导入", "Files"), to("rating_files")),
            (Text("事实", "Facts"), to("rating_facts")),
            (Text("计算", "Runs"), to("rating_runs")),
            (Text("异议", "Objections"), to("rating_objections")),
            (Text("试算", "What if"), to("rating_what_if")),
            (Text("标准", "Standard"), to("rating_standard")),
            (Text("设置", "Settings"), to("rating_settings")),
        ]
    if city or districts_of(who) or who.holds("rating_street"):
        found.append((Text("双随机抽查", "Inspections"), to("rating_plans")))
    return found


WHERE = {
    "run": "rating_runs",
    "answered": "rating_objections",
    "reviewed": "rating_reviews",
    "credit_delivered": "rating_files",
    "credit_complete": "rating_files",
    "sources": "rating_files",
}


def still_lacking(cycle: RatingCycle, lacks: Iterable[Lack]) -> list[tuple[Lack, str]]:
    """What a step lacks, with the page where it is mended; "" where only time helps."""
    return [(lack, reverse(WHERE[lack.code], args=[cycle.code]) if lack.code in WHERE else "") for lack in lacks]


def work_of(who: Actor, now: datetime) -> Iterator[Work]:
    """What the rating has for a person on the desk."""
    running, collecting = cycle_running(), cycle_collecting()
    if collecting and (places := streets_of(who)):
        left = sum(not row.is_done for place in places for row in sheet_list(collecting, place))
        says = Text("本街道(乡镇)各项目的评分,逐项填写、签署。", "Score the projects of the street, one by one.")
        url = reverse("rating_sheets", args=[collecting.code])
        yield Work(Text("评分表", "Score sheets"), says, url, left)
    if running and (who.holds("rating_city") or districts_of(who)):
        waiting = declarations_waiting(running, who, now).count()
        says = Text("企业申报的加分项,对照证明材料审核。", "Items that enterprises declare, with their proof.")
        yield Work(Text("申报审核", "Reviews"), says, reverse("rating_reviews", args=[running.code]), waiting)
    if collecting and who.holds("enforcement"):
        says = Text("登记本单位对物业企业作出的责令和处罚。", "Enter what the office ordered of property enterprises.")
        yield Work(Text("责令和处罚", "Orders and penalties"), says, reverse("rating_orders", args=[collecting.code]))
    if running and who.holds("complaints"):
        says = Text(
            "每月数量背后的每一件,可以逐件更正。", "Each complaint behind the monthly counts; mended one by one."
        )
        yield Work(Text("诉求明细", "Single complaints"), says, reverse("rating_complaints", args=[running.code]))
    if running and who.holds("helper"):
        asked = tasks_waiting(running, who)
        says = Text("市、区请协会协助收集、核对的事项。", "What city and districts ask the association to help with.")
        url, late = reverse("rating_help", args=[running.code]), asked.filter(due__lt=who.on).count()
        yield Work(Text("协助任务", "Tasks to help with"), says, url, asked.count(), late)
    if isinstance(ask("rating.board.see", who), Allowed):
        says = Text("各周期的进展、期限和下一步。", "How each cycle goes, what is due and what comes next.")
        answering = objections_open(running).count() if running and who.holds("rating_city") else 0
        yield Work(Text("物业评价", "Rating"), says, reverse("rating_cycles"), answering or None)
    shown = cycle_shown()
    if shown and (districts_of(who) or who.holds("rating_street")):
        says = Text("按等级随机抽取检查对象和检查人员。", "Draw whom to inspect, and who inspects, by grade.")
        yield Work(Text("双随机抽查", "Inspections"), says, reverse("rating_plans", args=[shown.code]))


def now() -> datetime:
    return timezone.now()
