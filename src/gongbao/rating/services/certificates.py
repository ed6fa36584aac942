"""评价等级证明: a dated paper of a published grade, with a check code."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_issue
from gongbao.kernel.canonical import Json
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise
from gongbao.organisations.selectors import organisations_of_kind
from gongbao.rating.models import Certificate, RatingCycle
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.results import score_of
from gongbao.rating.services.keeping import cycle_lock

NAME = "物业服务企业综合评价等级证明"
CLAUSE = "京建法〔2025〕2号 第十八条"


@transaction.atomic
def certificate_issue(*, cycle: RatingCycle, uscc: str, actor: Actor, now: datetime) -> Certificate:
    """For whoever may see the enterprise's result. As long as a certificate of the same result is valid, it is given
    again. Raises MoveRefused where nothing is published."""
    authorise("rating.enterprise.see", actor, uscc)
    cycle = cycle_lock(cycle)
    score = score_of(cycle.public, uscc) if cycle.public else None
    if score is None:
        raise MoveRefused(Text("没有已公布的评价结果", "there is no published result"), CLAUSE)
    valid = Certificate.objects.filter(paper__state=Paper.State.VALID, score__uscc=uscc, score__run__cycle=cycle)
    if held := valid.filter(score__score=score.score, score__grade=score.grade).first():
        return held
    today = timezone.localdate(now)
    office = organisations_of_kind("housing_commission", on=today).first()
    rows = [
        ("企业名称", score.name),
        ("统一社会信用代码", score.uscc),
        ("评价周期", cycle.cycle.name.zh + ("(试评价)" if cycle.trial else "")),
        ("评价等级", score.grade),
        ("得分", from_fixed(score.score, 4)),
        ("名次", f"{score.rank} / {score.run.enterprises}"),
        ("评分标准", edition_of(cycle).title.zh),
    ]
    if score.run.revision:
        rows.append(("结果更正", f"第 {score.run.revision} 次"))
    subject = f"enterprise/{uscc}"
    paper = paper_issue(
        name=NAME, number=f"{cycle.code}-{score.pk}", subject=subject, issuer=office.name if office else "",
        issued_on=today, rows=tuple(rows), basis=CLAUSE, belongs_to=subject, at=now,
    )  # fmt: skip
    payload: dict[str, Json] = {
        "cycle": cycle.code,
        "run": score.run_id,
        "paper": {"code": paper.code, "sha256": paper.file.sha256},
    }
    entry_append(subject=subject, kind="rating.certificate", payload=payload, at=now, actor=actor.person)
    return Certificate.objects.create(paper=paper, score=score, asked_by=actor.person)
