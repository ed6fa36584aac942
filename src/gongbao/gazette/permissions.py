"""Who may bring texts in. Reading what is published needs no permission."""

from typing import Any

from gongbao.gazette.models import Draft
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import LOG_IN, Actor, Allowed, Ruling, permission


@permission("gazette.drafts.see")
def _see(actor: Actor, _: Any) -> Ruling:
    if not actor.person:
        return LOG_IN
    post = actor.holds("editor")
    return Allowed(post) if post else Refused(Text("只有公报编辑可以导入公报。", "Only editors import issues."), "")


@permission("gazette.draft.correct")
def _correct(actor: Actor, draft: Draft) -> Ruling:
    """An editor, while it waits; so may the one who will then no longer approve it."""
    seen = _see(actor, draft)
    if isinstance(seen, Allowed) and draft.state != Draft.State.WAITING:
        return Refused(Text("已经办结,不能再改。", "It is decided and cannot be changed."), "")
    return seen


@permission("gazette.draft.publish")
def _publish(actor: Actor, draft: Draft) -> Ruling:
    """An editor who neither handed the text in nor corrected it."""
    may = _correct(actor, draft)
    if isinstance(may, Allowed) and draft.writers.filter(pk=actor.person.pk if actor.person else None).exists():
        return Refused(
            Text(
                "上传或改过这份文字的人不能核准,请另一位编辑核准。", "Who handed it in or corrected it may not approve."
            ),
            "",
        )
    return may
