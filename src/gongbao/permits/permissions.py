"""Who may do what with the permit list and its guides. The thing is an EditionRevision, or None."""

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Ruling, permission
from gongbao.permits.models import EditionRevision

ONLY_EDITORS = Refused(Text("只有公报编辑可以维护清单。", "Only a gazette editor keeps the list."), "")
SECOND_PERSON = Refused(
    Text("须由起草人以外的另一位编辑审核。", "Another editor than the one who drafted it has to decide."), ""
)


@permission("permits.edition.draft")
def _draft(actor: Actor, _: object) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds("editor")
    return Allowed(post) if post else ONLY_EDITORS


@permission("permits.guide.write")
def _write(actor: Actor, _: object) -> Ruling:
    return _draft(actor, None)


@permission("permits.edition.decide")
def _decide(actor: Actor, revision: EditionRevision) -> Ruling:
    ruling = _draft(actor, None)
    own = actor.person is not None and actor.person.pk == revision.drafted_by_id
    return SECOND_PERSON if own and isinstance(ruling, Allowed) else ruling
