"""Ending a paper: by the office that issued it, with a reason that everybody can read, and an entry in the dossier."""

from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.issuers import told_of
from gongbao.cases.services.hand import beijing_day
from gongbao.cases.services.notices import notice_send
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_end
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, authorise

NAMES = {
    Paper.State.REPLACED: Text("已被新文书替换", "was replaced by another"),
    Paper.State.ANNULLED: Text("已撤销", "was annulled"),
    Paper.State.REVOKED: Text("已吊销", "was revoked"),
}


@transaction.atomic
def paper_close(
    *, paper: Paper, state: Paper.State, because: str, actor: Actor, now: datetime, replaced_by: Paper | None = None
) -> Paper:
    """End a valid paper for good: replaced (by another of the same subject), annulled (撤销, it should not have been
    made) or revoked (吊销, it holds no longer). Whoever has a part in it is told. Raises BadInput, NotAllowed."""
    authorise("cases.paper.end", actor, paper)
    today = beijing_day(now)
    ended = paper_end(paper=paper, state=state, on=today, because=because, replaced_by=replaced_by)
    entry_append(
        subject=ended.subject,
        kind="paper.ended",
        payload={
            "paper": {"code": ended.code, "sha256": ended.file.sha256}, "state": ended.state,
            "because": ended.because, "replaced_by": replaced_by.code if replaced_by else None,
        },
        at=now,
        actor=actor.person,
    )  # fmt: skip
    how = NAMES[state]
    notice_send(
        people=[person for person in told_of(ended, today) if person != actor.person],
        title=Text(f"文书{how.zh}:{ended.name} {ended.code}", f"A paper {how.en}: {ended.name} {ended.code}"),
        todo=Text(f"理由:{ended.because}。该文书不再有效。", f"Reason: {ended.because}. The paper holds no longer."),
        now=now,
        case=step.case if (step := ended.steps.select_related("case").first()) else None,
    )
    return ended
