"""May a place open (投入使用、营业)? Not without the fire inspection's consent, nor without acceptance where that is
required; a filed place whose spot check failed must stop (京建法〔2025〕3号 三（一）)."""

from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.text import Text

CITE = "京建法〔2025〕3号 三（一）"
Answer = Literal["yes", "no", "stop"]
ANSWERS: dict[Answer, Text] = {
    "yes": Text("可以投入使用、营业", "It may be used and opened"),
    "no": Text("目前不得投入使用、营业", "It may not be opened yet"),
    "stop": Text("必须停止使用", "It must not be used any more"),
}


@dataclass(frozen=True)
class Stand:
    """Where a matter stands: state of its track; holds: its decision was published and its paper is valid."""

    state: str
    holds: bool = False


@dataclass(frozen=True)
class Opening:
    """The answer, and why: a sentence for each matter."""

    answer: Answer
    reasons: tuple[Text, ...]
    cite: str = CITE


CONSENT = Text("消防安全检查已同意投入使用、营业。", "The fire-safety inspection consents to its opening.")
NO_CONSENT = Text("消防安全检查不同意投入使用、营业。", "The fire-safety inspection does not consent to its opening.")
CONSENT_ENDED = Text("同意投入使用、营业的决定已失效。", "The consent to its opening does not hold any more.")
CONSENT_COMING = Text(
    "消防安全检查还没有公布同意的决定。", "No consent of the fire-safety inspection is published yet."
)
ACCEPTED = Text("消防验收合格。", "The fire acceptance was passed.")
NOT_ACCEPTED = Text("消防验收不合格。", "The fire acceptance was not passed.")
ACCEPTANCE_ENDED = Text("消防验收合格的决定已失效。", "The fire acceptance does not hold any more.")
ACCEPTANCE_COMING = Text("还没有公布消防验收合格的决定。", "No passed fire acceptance is published yet.")
FILED = Text("消防验收已备案。", "The acceptance was filed.")
FAILED = Text("备案抽查不合格,应停止使用并整改。", "The spot check of the filing failed: stop, and remedy it.")
NOT_FILED = Text("消防验收还没有备案。", "The acceptance is not filed yet.")

FAILED_STATES = ("remedy", "recheck", "refused")
FILED_STATES = ("certified", "drawn", "ordinary", "visited", "approved")


def may_open(matter: str, housing: Stand, fire: Stand, *, filed: bool = False) -> Opening:
    """matter: acceptance or filing; filed: a certificate of filing was given (a filing counts from then on, drawn or
    not, until its spot check fails)."""
    consent, by_fire = _fire(fire)
    if matter == "filing" and housing.state in FAILED_STATES:
        return Opening("stop", (FAILED, by_fire))
    accepted, by_housing = _filing(housing, filed) if matter == "filing" else _acceptance(housing)
    return Opening("yes" if accepted and consent else "no", (by_housing, by_fire))


def _fire(fire: Stand) -> tuple[bool, Text]:
    if fire.state == "approved":
        return fire.holds, CONSENT if fire.holds else CONSENT_COMING
    if fire.state == "ended":
        return False, CONSENT_ENDED
    return False, NO_CONSENT if fire.state == "refused" and fire.holds else CONSENT_COMING


def _acceptance(housing: Stand) -> tuple[bool, Text]:
    if housing.state == "approved":
        return housing.holds, ACCEPTED if housing.holds else ACCEPTANCE_COMING
    if housing.state == "ended":
        return False, ACCEPTANCE_ENDED
    return False, NOT_ACCEPTED if housing.state == "refused" and housing.holds else ACCEPTANCE_COMING


def _filing(housing: Stand, filed: bool) -> tuple[bool, Text]:
    if housing.state == "ended":
        return False, NOT_FILED
    ok = housing.state == "certified" or (filed and housing.state in FILED_STATES)
    return ok, FILED if ok else NOT_FILED
