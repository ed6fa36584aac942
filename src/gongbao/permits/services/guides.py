"""Writing the service guide of an item. Nothing may be asked for that no law of the item asks for."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.services.hand import beijing_day
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise
from gongbao.permits.models import GuideText
from gongbao.permits.rules.guides import PARTS, Guide, findings
from gongbao.permits.rules.items import Edition


@transaction.atomic
def guide_write(*, edition: Edition, guide: Guide, actor: Actor, now: datetime) -> GuideText:
    """Keep a guide as the newest of its item; earlier texts stay. Raises NotAllowed; BadInput for a condition or a
    material without a basis among the laws of the item, for a day that has not come, and where nothing is told."""
    authorise("permits.guide.write", actor)
    problems = [
        Problem("guide", None, one.part, one.text, f"“{one.text}”:{one.what.zh}", f"“{one.text}”: {one.what.en}")
        for one in findings(edition, [guide])
        if one.text
    ]
    if guide.updated > beijing_day(now):
        zh, en = "不晚于今天的日期", "a day that is not after today"
        problems.append(Problem("guide", None, "updated", guide.updated.isoformat(), zh, en))
    if not any(getattr(guide, part) for part in PARTS):
        zh, en = "请至少写明一项内容", "tell one thing at least"
        problems.append(Problem("guide", None, "", "", zh, en))
    if problems:
        raise BadInput(problems)
    item = next(one for one in edition.items if one.no == guide.item)
    assert actor.person is not None, "who is authorised is somebody"  # noqa: S101 - narrows the type
    told = asdict(guide)
    content = {part: told[part] for part in PARTS}
    written = GuideText.objects.create(
        edition=edition.edition,
        number=item.no,
        name=item.name,
        updated=guide.updated,
        content=content,
        written_by=actor.person,
        written_at=now,
    )
    entry_append(
        subject=f"permits-guide/{edition.edition}/{item.no}",
        kind="permits.guide.written",
        payload={"name": item.name, "updated": guide.updated.isoformat(), "content": content},
        at=now,
        actor=actor.person,
    )
    return written
