"""Lines of the two summary tables: the applications to the consumption fund that an office sees, in their order."""

from collections.abc import Iterator

from gongbao.cases.models import Step
from gongbao.cases.tables import process_of
from gongbao.kernel.fixed import from_fixed
from gongbao.organisations.permissions import Actor
from gongbao.support.models import Application
from gongbao.support.selectors.applications import TRACK, seen_by
from gongbao.support.selectors.drafts import facts_of
from gongbao.support.selectors.editions import measure_of
from gongbao.support.selectors.worth import worth_of
from gongbao.support.tables.course import course_of
from gongbao.support.tables.summary_sheets import Line

FUND = "support_fund"
REVIEWED = ("pass", "refuse")  # moves that end the first review
SHARE_PLACES = 4
IN_USE = ("project.in_use_on", "project.opened_on", "project.held_on", "project.launched_on")  # I-22
WAYS = {"reward": "奖励", "subsidy": "财政补助"}


def summary_lines(who: Actor, *, reviewed: bool) -> Iterator[Line]:
    """reviewed: only those whose first review is over, with its verdict."""
    for application in seen_by(who).order_by("case_id").prefetch_related("case__parts__organisation"):
        if course_of(application.programme).process != FUND or application.case is None:
            continue
        verdict = application.case.steps.filter(track=TRACK, move__in=REVIEWED).last()
        if verdict or not reviewed:
            yield _line(application, verdict)


def _line(application: Application, verdict: Step | None) -> Line:
    case, project, measure = application.case, application.project, measure_of(application)
    assert case and application.applied_on  # noqa: S101 - only what was sent is listed
    worth, facts = worth_of(application, application.applied_on, audited=False), facts_of(application)
    ledger = worth.ledger
    district = case.parts.filter(party="district").first()
    days = [facts[name] for name in IN_USE if name in facts]
    return Line(
        number=case.number or "",
        office=district.organisation.name if district else "",
        applicant=application.applicant.name,
        uscc=application.applicant.uscc or "",
        project=project.name if project else "",
        place=project.place if project else "",
        direction=measure.name.zh,
        way=WAYS.get(str(case.facts.get("way")), ""),
        applied_on=application.applied_on,
        in_use_on=next((day for day in days if hasattr(day, "year")), None),  # type: ignore[arg-type]
        investment=application.countable,
        share=from_fixed(ledger.paid_share(SHARE_PLACES), SHARE_PLACES) if ledger else "",
        claimed=application.claimed,
        assessed=application.assessed,
        reviewed_on=verdict.day if verdict else None,
        verdict=_words(application, verdict) if verdict else "",
    )


def _words(application: Application, verdict: Step) -> str:
    """The move in the words of its table, with the opinion or the reasons that stand in the case."""
    case = application.case
    assert case  # noqa: S101 - a step belongs to a case
    move = process_of(case.process, case.edition).move(TRACK, verdict.move)
    said = case.fields.get("opinion" if verdict.move == "pass" else "reasons", "")
    return f"{move.name.zh}:{said}" if said else move.name.zh
