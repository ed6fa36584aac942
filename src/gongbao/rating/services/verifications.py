"""What districts verify: standard disclosure, exit notices, separate revenue accounts."""

from datetime import date, datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.kernel.canonical import Json
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise
from gongbao.rating.models import Fact, RatingCycle, Verification
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.rows import enterprise_in, spells_of_project
from gongbao.rating.services.keeping import Origin, cycle_lock
from gongbao.rating.services.rows import OPEN, facts_keep, refuse_unless, rows_check


@transaction.atomic
def verification_enter(
    *,
    cycle: RatingCycle,
    indicator: str,
    uscc: str,
    counts: bool,
    occurred_on: date,
    actor: Actor,
    now: datetime,
    project_id: str = "",
    note: str = "",
) -> Verification:
    """indicator: one that districts score: disclosure (counts: disclosed as it should be), exit_notice_90,
    exit_notice_60, revenue_account (counts: missing). A later one takes the place of the one before.

    By the project's district; without a project, by the district of registration. Raises BadInput, MoveRefused.
    """
    post = authorise("rating.verify", actor, _district(cycle, uscc, project_id)).post
    cycle = cycle_lock(cycle)
    refuse_unless(cycle, OPEN)
    known = [i.code for i in edition_of(cycle).indicators if "district" in i.source]
    problems = []
    if indicator not in known:
        names = "、".join(known)
        problems.append(Problem("verification", None, "indicator", indicator, f"从中选一:{names}", f"one of {names}"))
    if occurred_on not in cycle.cycle:
        zh, en = "本周期内的日期", "a day in the cycle"
        problems.append(Problem("verification", None, "occurred_on", str(occurred_on), zh, en))
    if problems or post is None or actor.person is None:
        raise BadInput(problems)
    row = {"indicator": indicator, "uscc": uscc, "project_id": project_id, "occurred_on": occurred_on.isoformat()}
    rows_check(cycle, "facts", [{**row, "fact_id": "verifications/new"}])  # also where no points follow
    made = Verification.objects.create(
        cycle=cycle, indicator=indicator, uscc=uscc, project_id=project_id, counts=counts, occurred_on=occurred_on,
        note=note.strip(), organisation=post.organisation, by=actor.person, at=now,
    )  # fmt: skip
    before = Fact.objects.filter(
        cycle=cycle, ended=None, indicator=indicator, uscc=uscc, project_id=project_id or None,
        fact_id__startswith="verifications/",
    )  # fmt: skip
    rows = [{**row, "fact_id": f"verifications/{made.pk}"}] if counts else []
    origin = Origin("district", "verification", post.organisation, actor.person, because=note.strip())
    facts_keep(cycle, rows, origin, now, list(before))
    payload: dict[str, Json] = {
        "cycle": cycle.code,
        **row,
        "counts": counts,
        "note": note.strip(),
        "by": post.organisation.code,
    }
    subject = f"enterprise/{uscc}"
    entry_append(subject=subject, kind="rating.verification", payload=payload, at=now, actor=actor.person)
    return made


def _district(cycle: RatingCycle, uscc: str, project_id: str) -> str:
    spell = spells_of_project(cycle, project_id).last() if project_id else None
    enterprise = enterprise_in(cycle, uscc)
    if enterprise is None or (project_id and spell is None):
        zh, en = "登记在册的企业和项目", "an enterprise and a project on file"
        raise BadInput([Problem("verification", None, "project_id", project_id or uscc, zh, en)])
    return spell.district if spell else enterprise.district
