"""What inspectors find on the spot, kept as it comes from the phone: nothing lost, nothing twice.

Each answer and photo bears a key made on the phone. The same key again changes nothing; so the phone may send
everything again until it has heard that it was taken.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongbao.archive.services import entry_append
from gongbao.documents.services import file_store
from gongbao.firesafety.models import Answer, Inspection, Photo, Place
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.selectors.checklists import sections_of
from gongbao.firesafety.selectors.visits import inspection_of
from gongbao.kernel.problem import BadInput, Problem
from gongbao.organisations.permissions import Actor, authorise

VISITING = "京建法〔2025〕3号 二（三）"
KEY_LENGTH = 64
AHEAD = timedelta(minutes=10)  # by so much a phone's clock may be ahead of ours


@transaction.atomic
def answer_keep(
    *,
    place: Place,
    party: str,
    round_: int,
    item: str,
    verdict: str,
    note: str,
    key: str,
    answered_at: datetime,
    actor: Actor,
    now: datetime,
) -> Answer | None:
    """Keep what was found at a point. None: there is a newer answer already, from another phone.

    Raises BadInput, or NotNow once the visit is recorded or another round has begun.
    """
    inspection = _open(place, party, round_, actor)
    _check(place, party, item, key, answered_at, now, verdict)
    held = inspection.answers.filter(item=item).first()
    if held and held.key == key:
        return held
    if held and held.answered_at > answered_at:
        return None
    kept = held or Answer(inspection=inspection, item=item)
    assert actor.person  # noqa: S101 - authorised
    kept.verdict, kept.note, kept.key, kept.answered_at, kept.by = verdict, note, key, answered_at, actor.person
    kept.save()
    data: dict[str, str | int] = {"party": party, "round": round_, "item": item, "verdict": verdict, "note": note}
    entry_append(subject=f"fire/{place.pk}", kind="visit.found", payload=data, actor=actor.person, at=now)
    if verdict == Answer.Verdict.FIT and round_ > 1:
        _mend(place, party, round_, item, now)
    return kept


@transaction.atomic
def photo_keep(
    *,
    place: Place,
    party: str,
    round_: int,
    item: str,
    name: str,
    content: bytes,
    key: str,
    taken_at: datetime,
    actor: Actor,
    now: datetime,
) -> Photo:
    """Keep a photo of a point. Raises as `answer_keep`, and BadInput for a file that is no picture."""
    inspection = _open(place, party, round_, actor)
    _check(place, party, item, key, taken_at, now)
    if held := inspection.photos.filter(key=key).first():
        return held
    number = place.case.number if place.case else ""
    file = file_store(name=name, content=content, belongs_to=f"case/{number}", by=actor.person, at=now)
    if not file.media_type.startswith("image/"):
        zh, en = "照片(JPG 或 PNG)", "a photo (JPG or PNG)"
        raise BadInput([Problem("photos", None, "file", name, zh, en)])
    data: dict[str, str | int] = {"party": party, "round": round_, "item": item, "sha256": file.sha256}
    entry_append(subject=f"fire/{place.pk}", kind="visit.photo", payload=data, actor=actor.person, at=now)
    return Photo.objects.create(inspection=inspection, item=item, file=file, key=key, taken_at=taken_at)


def _open(place: Place, party: str, round_: int, actor: Actor) -> Inspection:
    """The inspection, locked, while its visit is not recorded yet."""
    post = authorise("fire.place.act", actor, place).post
    if post is None or post.role != party:
        raise NotNow("只能记录本机关的检查。", "This is for one's own authority.", VISITING)
    found = inspection_of(place, party) or Inspection.objects.create(place=place, party=party, round=1)
    found = Inspection.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.done_at or found.round != round_:
        raise NotNow(
            "这次检查已经记录,不能再改。内容还留在手机上。",
            "This visit is recorded and cannot be changed. What you entered is still on the phone.", VISITING,
        )  # fmt: skip
    return found


def _check(
    place: Place, party: str, item: str, key: str, at: datetime, now: datetime, verdict: str | None = None
) -> None:
    known = {section.key(point) for section in sections_of(place, party) for point in section.points}
    problems = []
    if item not in known:
        problems.append(Problem("checklist", None, "item", item, "检查清单中的一项", "a point of the checklist"))
    if verdict is not None and verdict not in Answer.Verdict.values:
        problems.append(Problem("checklist", None, "verdict", verdict, "符合、不符合、不涉及", "fit, unfit, not_here"))
    if not 0 < len(key) <= KEY_LENGTH:
        problems.append(Problem("checklist", None, "key", key, f"1 至 {KEY_LENGTH} 个字符", "1 to 64 characters"))
    if at > now + AHEAD:
        problems.append(
            Problem("checklist", None, "at", at.isoformat(), "手机的时间不对,请校准", "the phone's clock is wrong")
        )
    if problems:
        raise BadInput(problems)


def _mend(place: Place, party: str, round_: int, item: str, now: datetime) -> None:
    """What a re-check finds in order was remedied."""
    earlier = Answer.objects.filter(inspection__place=place, inspection__party=party, inspection__round__lt=round_)
    earlier.filter(item=item, verdict=Answer.Verdict.UNFIT, mended_on=None).update(mended_on=timezone.localdate(now))
