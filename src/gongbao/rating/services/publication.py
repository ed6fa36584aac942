"""Publishing a result: one pointer, an entry in every dossier, notices; certificates of a corrected result end."""

from datetime import datetime

from django.utils import timezone

from gongbao.archive.services import entries_append
from gongbao.cases.services.notices import notice_send
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_end
from gongbao.kernel.canonical import Json
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor
from gongbao.rating.models import Certificate, RatingCycle, Run, Score
from gongbao.rating.services.windows import people_of


def result_publish(cycle: RatingCycle, actor: Actor, now: datetime) -> None:
    """Let the public read the settled run, in the transaction of the step."""
    run, earlier = cycle.draft, cycle.public
    if run is None:
        raise RuntimeError("a final cycle has a run")
    cycle.public, cycle.published_at = run, now
    cycle.save(update_fields=["public", "published_at"])
    payloads = {f"enterprise/{score.uscc}": _told(cycle, score) for score in run.scores.all()}
    entries_append(payloads=payloads, kind="rating.published", at=now, actor=actor.person)
    if earlier:
        _end_certificates(earlier, run, now)
    title = Text(f"{cycle.cycle.name.zh}评价结果已公布", f"The result of the {cycle.cycle.name.en} is published")
    todo = Text("可查看等级并开具证明", "see your grade, and take a certificate if you need one")
    codes = run.scores.values_list("uscc", flat=True)
    notice_send(people=people_of(codes, now), title=title, todo=todo, now=now)


def _told(cycle: RatingCycle, score: Score) -> dict[str, Json]:
    return {
        "cycle": cycle.code, "revision": cycle.revision, "trial": cycle.trial, "run": score.run_id,
        "score": from_fixed(score.score, 4), "rank": score.rank, "grade": score.grade,
    }  # fmt: skip


def _end_certificates(earlier: Run, run: Run, now: datetime) -> None:
    """Annul the certificates whose grade or score no longer stands."""
    issued = Certificate.objects.filter(score__run__cycle=earlier.cycle_id, paper__state=Paper.State.VALID)
    for certificate in issued.select_related("paper", "score"):
        stands = run.scores.filter(uscc=certificate.score.uscc).first()
        ends = (stands.score, stands.grade) if stands else None
        if ends != (certificate.score.score, certificate.score.grade):
            because = "评价结果已更正 · the result was corrected"
            on = timezone.localdate(now)
            paper_end(paper=certificate.paper, state=Paper.State.ANNULLED, on=on, because=because)
