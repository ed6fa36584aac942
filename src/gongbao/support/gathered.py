"""What the front page, the search, the gazette and the desk gather from the support programmes."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, ask
from gongbao.support import office_permissions  # noqa: F401 - its predicates enter by being loaded
from gongbao.support.rows import ProgrammeDraft
from gongbao.web.gathering import Entry, Results, dates_from, search_in
from gongbao.web.provisions import Run, runs_from
from gongbao.web.registry import Door, Work, in_sitemap, on_the_desk, open_door

NAME = Text("资金与政策", "Support")
MEASURE = Text("措施", "Measure")
SHOWN = 5


def enter() -> None:
    """Called once, when the application is ready."""
    says = Text("有哪些扶持政策,能得多少,找谁办", "which support there is, how much, and from whom")
    open_door(Door(3, NAME, says, "support"))
    search_in(found)
    dates_from(coming)
    runs_from(measures)
    in_sitemap(addresses)
    on_the_desk(work_of)


# Catalogue and finding are loaded with the first page that asks: they bring the column engine along.


def found(query: str) -> Results | None:
    """Measures that hold the words."""
    from gongbao.support.rules.finding import Filters, find
    from gongbao.support.selectors.programmes import catalogue_on

    if not query.strip():
        return None
    today = timezone.localdate()
    measures = find(catalogue_on(today), query, Filters(), today)
    entries = tuple(
        Entry(one.name, reverse("support_measure", args=[one.code]), one.digest) for one in measures[:SHOWN]
    )
    return Results(NAME, len(measures), entries, f"{reverse('support')}?{urlencode({'q': query})}")


def coming(today: date) -> Iterator[Entry]:
    """First and last days of applications."""
    from gongbao.support.selectors.programmes import catalogue_on

    for programme in catalogue_on(today).programmes:
        url = reverse("support_programme", args=[programme.id])
        begins = Text("开始受理申报", "applications are taken from this day")
        yield Entry(programme.name, url, begins, programme.window.first)
        yield Entry(programme.name, url, Text("申报截止(含当日)", "last day to apply"), programme.window.last)


def measures() -> Iterator[Run]:
    """Each measure on its clause; what a project may take, and the window, on theirs."""
    from gongbao.support.selectors.programmes import catalogue_on

    for programme in catalogue_on(timezone.localdate()).programmes:
        url = reverse("support_programme", args=[programme.id])
        window = Text("申报期间", "when applications are taken")
        yield Run(programme.window.cite, NAME, programme.name, window, url)
        for measure in programme.measures:
            here = reverse("support_measure", args=[measure.code])
            yield Run(measure.cite, MEASURE, measure.name, programme.name, here)


def addresses() -> Iterator[str]:
    """Every public page, for machines that list pages."""
    from gongbao.support.selectors.programmes import catalogue_on

    known = catalogue_on(timezone.localdate())
    yield from (reverse(name) for name in ("support", "support_simulator", "support_awards"))
    yield from (reverse("support_programme", args=[programme.id]) for programme in known.programmes)
    yield from (reverse("support_measure", args=[measure.code]) for measure in known.measures)


def work_of(who: Actor, now: datetime) -> Iterator[Work]:  # noqa: ARG001 - nothing here is late
    """Texts of programmes that the person may decide; estimates."""
    if isinstance(ask("support.programme.draft", who), Allowed):
        waiting = ProgrammeDraft.objects.filter(state=ProgrammeDraft.State.WAITING).exclude(drafted_by=who.person)
        says = Text("提交、核对、核准政策文件", "hand in, check and approve programmes")
        yield Work(Text("政策文件", "Programme files"), says, reverse("support_drafts"), waiting.count())
    if isinstance(ask("support.population.make", who), Allowed):
        says = Text(
            "一批单位和项目能得多少,改比例和上限会差多少",
            "what a register would take, and what other rates would change",
        )
        yield Work(Text("批量测算", "Estimates"), says, reverse("support_populations"))
