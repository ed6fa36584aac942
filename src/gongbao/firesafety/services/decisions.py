"""What a decision brings along: publication, the end of the paper that it takes the place of, and its own end."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.cases.models import Step
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_end
from gongbao.firesafety.models import FIRE, HOUSING, Place, Publication
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.outbox import place_tell
from gongbao.firesafety.services.publications import publication_make
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise

DECIDING = "京建法〔2025〕3号 二（四）"
DECISIONS = ("approve", "refuse", "barred", "stop", "close_failed", "certify", "certify_drawn")
OPINIONS = ("消防验收意见", "消防安全检查意见", "检查时间通知")  # of these the newest alone holds
ENDS = (Paper.State.ANNULLED, Paper.State.REVOKED)


def decision_follow(*, place: Place, step: Step, now: datetime) -> None:
    """Publish a decision, and let it take the place of an earlier one of the same kind in the case."""
    paper = step.paper
    if paper is None:
        return
    if paper.name in OPINIONS:
        earlier = Paper.objects.filter(subject=paper.subject, name=paper.name, state=Paper.State.VALID)
        for old in earlier.exclude(pk=paper.pk).order_by("pk"):
            paper_end(paper=old, state=Paper.State.REPLACED, on=step.day, because="新文书替换", replaced_by=paper)
    if step.track in (HOUSING, FIRE) and step.move in DECISIONS:
        publication_make(place=place, step=step, paper=paper, now=now)


@transaction.atomic
def decision_end(
    *, publication: Publication, state: str, because: str, actor: Actor, now: datetime, on: date | None = None
) -> Paper:
    """The authority annuls (撤销) or revokes (吊销) its own decision: paper, public page and code follow, connected
    systems are told. Raises BadInput; NotNow for another authority's decision."""
    place = publication.place
    post = authorise("fire.place.act", actor, place).post
    if post is None or post.role != publication.party:
        raise NotNow("只能处理本机关的决定。", "This is for one's own decisions.", DECIDING)
    if state not in ENDS:
        raise BadInput([Problem("decision", None, "state", state, "撤销或吊销", "annulled or revoked")])
    day = on or timezone.localdate(now)
    paper = paper_end(paper=publication.paper, state=Paper.State(state), on=day, because=because)
    entry_append(
        subject=f"fire/{place.pk}", kind="decision.ended", actor=actor.person, at=now,
        payload={"paper": paper.code, "state": state, "on": day.isoformat(), "because": paper.because},
    )  # fmt: skip
    place_tell(place=place, what=f"paper.{state}", name=f"paper-{paper.code}", paper=paper, on=day, now=now)
    return paper
