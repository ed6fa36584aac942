"""What joint handling hangs into the common frame."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gongbao.cases.issuers import end_at
from gongbao.documents.access import allow
from gongbao.documents.models import Paper
from gongbao.firesafety import permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.firesafety.access import application_files
from gongbao.firesafety.models import FIRE
from gongbao.firesafety.selectors.applicant import applicants_of, applications_online
from gongbao.firesafety.selectors.follow_ups import follow_ups_before
from gongbao.firesafety.selectors.public import decisions_published, places_found, places_public
from gongbao.firesafety.services import course, turns  # noqa: F401 - join in where the engine moves cases
from gongbao.firesafety.tables.guides import packaged_checklist, packaged_guide
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor
from gongbao.web.gathering import Entry, Results, news_from, search_in
from gongbao.web.provisions import Run, runs_from
from gongbao.web.registry import Door, Work, in_sitemap, on_the_desk, open_door
from gongbao.web.scopes import name_scope

NAME = Text("消防协同", "Fire safety")
SHOWN = 5
PUBLIC = ("fire", "fire_check", "fire_decisions", "fire_figures", "fire_checklists")


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.firesafety.views.desk import work_of

    allow("fire", application_files)
    end_at(decision_page)
    on_the_desk(work_of)
    on_the_desk(work)
    name_scope("fire.read", Text("查询经本系统提交的消防协同申请", "follow joint applications that came through it"))
    name_scope("fire.write", Text("提交消防协同申请", "hand joint applications in"))
    says = Text("公众聚集场所能不能营业,怎样协同办理", "may a public gathering place open, and how to apply")
    open_door(Door(2, NAME, says, "fire"))
    search_in(found)
    news_from(newest)
    runs_from(runs)
    in_sitemap(addresses)


def decision_page(paper: Paper) -> str:
    """A decision is ended where the public page and connected systems follow."""
    found = getattr(paper, "publication", None)
    return reverse("fire_decision_end", args=[found.pk]) if found and paper.state == Paper.State.VALID else ""


def found(query: str) -> Results | None:
    """Places with all the words."""
    if not query.strip():
        return None
    places = places_found(query)
    entries = tuple(
        Entry(one.name, reverse("fire_place", args=[one.case.number]), one.address or one.application.address)
        for one in places[:SHOWN]
        if one.case
    )
    return Results(NAME, places.count(), entries, f"{reverse('fire')}?{urlencode({'q': query})}")


def newest(today: date) -> Iterator[Entry]:  # noqa: ARG001 - what is published is not of the future
    """Decisions that were published."""
    for one in decisions_published()[:SHOWN]:
        if one.place.case:
            url = reverse("fire_place", args=[one.place.case.number])
            yield Entry(one.place.name, url, one.paper.name, one.published_on)


@cache
def runs() -> tuple[Run, ...]:
    """What runs on the provisions of the document besides the steps of the process: conditions and checklists."""
    made, guide = [], packaged_guide()
    law, check, lists = Text(guide.law, guide.law), reverse("fire_check"), reverse("fire_checklists")
    made += [Run(one.cite, Text("条件", "Condition"), one.condition, law, check) for one in guide.questions]
    for section in packaged_checklist():
        url = f"{lists}#{section.authority}-{section.code}"
        made.append(Run(section.cite, Text("检查清单", "Checklist"), section.name, law, url))
    return tuple(made)


def work(actor: Any, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - what is late stands with the cases
    """The applications of whoever acts for an enterprise; for the fire authority places that opened."""
    if isinstance(actor, Actor) and applicants_of(actor):
        drafts = applications_online(actor).filter(sent_at=None).count()
        says = Text("营业前消防安全检查和消防验收、备案一并申请", "apply for inspection and acceptance at once")
        yield Work(Text("消防协同申请", "Joint handling"), says, reverse("fire_applications"), drafts or None)
    if isinstance(actor, Actor) and actor.holds(FIRE):
        open_ones = follow_ups_before(actor).filter(closed_on=None).count()
        says = Text("已营业场所的指导、检查和隐患", "guidance, supervision and dangers of places that opened")
        yield Work(Text("营业后跟踪", "Follow-up after opening"), says, reverse("fire_follow_ups"), open_ones or None)


def addresses() -> list[str]:
    places = places_public().values_list("case__number", flat=True)
    return [*map(reverse, PUBLIC), *(reverse("fire_place", args=[number]) for number in places)]
