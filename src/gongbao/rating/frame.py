"""What rating hangs into the common frame."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse

from gongbao.cases.issuers import Issuer, issue_as
from gongbao.cases.joining import lead_on
from gongbao.cases.models import Case
from gongbao.documents.access import allow
from gongbao.documents.services import files_forget
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, ask
from gongbao.rating import gathered, permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.rating.access import declaration_files, draft_files, enterprise_files, help_files
from gongbao.rating.models import Objection
from gongbao.rating.selectors.certificates import certificate_holders, certificates_issued
from gongbao.web.clock import at_every_turn, every_night
from gongbao.web.gathering import news_from, search_in
from gongbao.web.provisions import Run, runs_from
from gongbao.web.registry import Door, Work, on_the_desk, open_door
from gongbao.web.scopes import name_scope

INDICATOR = Text("评分指标", "Indicator")
RULE = Text("评分规则", "Rule of the rating")


def enter() -> None:
    """Called once, when the application is ready."""
    from gongbao.rating.views.enterprise import work_of

    runs_from(indicators)
    search_in(gathered.found)
    news_from(gathered.newest)
    on_the_desk(work_of)
    says = Text("企业的等级、得分和每一分的依据", "grades and scores of enterprises, and where each point comes from")
    open_door(Door(1, Text("物业评价", "Rating of property services"), says, "rating"))
    on_the_desk(office_work)
    issue_as(Issuer(certificates_issued, certificate_holders))
    allow("declaration", declaration_files)
    allow("draft", draft_files)
    allow("help", help_files)
    allow("enterprise", enterprise_files)
    allow("rating", enterprise_files)
    every_night("drafts", drafts_forget)
    for process in ("objection", "left_out"):
        lead_on(process, beside)
    at_every_turn(nightly)
    at_every_turn(recount)
    name_scope("rating.read", Text("读取评价结果和明细", "read results and their details"))
    name_scope("rating.orders.write", Text("推送责令改正和处罚", "hand in orders and penalties"))
    name_scope("rating.complaints.write", Text("推送12345诉求量", "hand in the complaint line's counts"))
    name_scope("rating.credit.write", Text("推送公共信用评价结果", "hand in public-credit results"))


def drafts_forget(now: datetime) -> int:
    """Clear the files of forms that were filled in and never sent."""
    return files_forget(kind="draft", before=now - timedelta(days=settings.KEEP_DRAFTS))


def recount(now: datetime) -> None:
    """Windows for objections that wait for a calendar."""
    from gongbao.rating.services.windows import windows_recount

    windows_recount(now)


def beside(case: Case, who: Actor) -> Iterable[tuple[Text, str]]:
    """From an objection: the commission to the queue with what comes next, the enterprise to its result."""
    made = Objection.objects.filter(case=case).select_related("cycle").first()
    if made is None:
        return
    if who.holds("rating_city"):
        yield (
            Text("异议和下一步", "Objections, and what comes next"),
            reverse("rating_objections", args=[made.cycle.code]),
        )
    if isinstance(ask("rating.enterprise.see", who, made.uscc), Allowed):
        yield (
            Text("企业的得分和依据", "The score and where it comes from"),
            reverse("own_rating", args=[made.uscc, made.cycle.code]),
        )


def nightly(now: datetime) -> None:
    """The live scores of open cycles."""
    from gongbao.rating.services.nights import live_scores_begin  # it brings the column engine along

    live_scores_begin(now)


def office_work(who: Actor, now: datetime) -> Iterable[Work]:
    """What waits for streets, districts and the city."""
    from gongbao.rating.views.desk import work_of  # as below: loaded with the first desk that is shown

    return work_of(who, now)


@cache
def indicators() -> tuple[Run, ...]:
    """What the packaged standards rest on: each indicator on its row, score and grades on their articles."""
    # loaded with the first page that asks: the kinds of calculation bring the column engine along
    from gongbao.rating.tables.standards import packaged_ids, read_standard

    runs, how = [], reverse("rating_how")
    for standard in map(read_standard, packaged_ids()):
        runs.append(Run(standard.score.cite, RULE, Text("企业得分", "Score of an enterprise"), standard.title, how))
        runs.append(Run(standard.ranking.cite, RULE, Text("等级", "Grade"), standard.title, how))
        runs += [Run(one.cite, INDICATOR, one.name, standard.title, f"{how}#{one.code}") for one in standard.indicators]
    return tuple(runs)
