"""What a step of a cycle needs, by the names of cycle.toml: each says what is lacking, and under which clause."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.rating.models import Enterprise, RatingCycle
from gongbao.rating.selectors.declarations import declarations_pending
from gongbao.rating.selectors.objections import objections_open, upheld_since, window_newest
from gongbao.rating.selectors.rows import spells_in
from gongbao.rating.selectors.sources import source_progress

SHOWN = 5


@dataclass(frozen=True)
class Lack:
    """Why a step cannot be taken yet. code: of the condition; waivable: the step may decide it away, with a reason;
    items: what is lacking, one by one."""

    code: str
    because: Text
    cite: str
    waivable: bool = False
    items: tuple[str, ...] = ()


Condition = Callable[[RatingCycle, datetime], Lack | None]
CONDITIONS: dict[str, Condition] = {}


def condition(check: Condition) -> Condition:
    CONDITIONS[check.__name__] = check
    return check


@condition
def cycle_over(cycle: RatingCycle, now: datetime) -> Lack | None:
    last = cycle.cycle.last_day
    if timezone.localdate(now) > last:
        return None
    because = Text(f"周期到 {last} 才届满", f"the cycle only ends on {last}")
    return Lack("cycle_over", because, "京建法〔2025〕2号 第八条")


@condition
def credit_delivered(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001 - every condition has the clock
    held = Enterprise.objects.filter(cycle=cycle, ended=None)
    if held.exclude(credit=None, credit_grade=None).exists():
        return None
    because = Text("没有公共信用评价结果", "there are no public-credit results")
    return Lack("credit_delivered", because, "京建法〔2025〕2号 附件 公共信用评价")


@condition
def credit_complete(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    without = without_credit(cycle)
    if not without:
        return None
    because = Text(
        f"{len(without)} 家参评企业没有公共信用评价结果,将按 0 分计并注明:{listed(without)}",
        f"{len(without)} enterprises without a public-credit result would be scored 0, marked: {listed(without)}",
    )
    return Lack("credit_complete", because, "京建法〔2025〕2号 附件 公共信用评价", True, tuple(without))


@condition
def sources(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    short = [progress for progress in source_progress(cycle) if progress.missing and progress.source != "economy"]
    if not short:
        return None
    zh = ";".join(f"{p.name.zh}缺 {p.missing} {p.unit.zh}" for p in short)
    en = "; ".join(f"{p.name.en}: {p.missing} {p.unit.en}" for p in short)
    because = Text(f"还没有归齐:{zh}。未提供的按没有计。", f"not yet in: {en}. What is missing counts as nothing.")
    items = tuple(f"{p.source}: {p.missing}" for p in short)
    return Lack("sources", because, "京建法〔2025〕2号 第十条", True, items)


@condition
def first_result(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    if cycle.revision == 0:
        return None
    because = Text("更正时不重新归集,只更正有关事实", "a correction mends facts; it does not collect again")
    return Lack("first_result", because, "京建法〔2025〕2号 第四条")


@condition
def reviewed(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    waiting = declarations_pending(cycle).count()
    if not waiting:
        return None
    because = Text(f"还有 {waiting} 项申报未审结", f"{waiting} declarations are not yet decided")
    return Lack("reviewed", because, "京建法〔2025〕2号 第十四条")


@condition
def run(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    """A result that has seen everything that came in, and every decision."""
    draft, clause = cycle.draft, "京建法〔2025〕2号 第十一条"
    if draft is None or draft.revision != cycle.revision:
        return Lack("run", Text("还没有计算结果", "no result has been worked out yet"), clause)
    newest = cycle.deliveries.first()
    if (newest and newest.pk != draft.seen_id) or upheld_since(cycle, draft.made_at):
        because = Text("计算之后又有更正,请重新计算", "something was corrected after the result: work it out again")
        return Lack("run", because, clause)
    return None


@condition
def windows_over(cycle: RatingCycle, now: datetime) -> Lack | None:
    window = window_newest(cycle)
    if window and timezone.localdate(now) > window.last_day:
        return None
    until = window.last_day if window else None
    because = Text(f"异议期到 {until} (含)", f"the window for objections is open until {until}, that day included")
    return Lack("windows_over", because, "京建法〔2025〕2号 第十二条")


@condition
def answered(cycle: RatingCycle, now: datetime) -> Lack | None:  # noqa: ARG001
    waiting = objections_open(cycle).count()
    if not waiting:
        return None
    because = Text(f"还有 {waiting} 件异议未答复", f"{waiting} objections are not yet answered")
    return Lack("answered", because, "京建法〔2025〕2号 第十二条")


def without_credit(cycle: RatingCycle) -> list[str]:
    """The enterprises that take part without a credit result."""
    taking_part = spells_in(cycle).values("uscc")
    held = Enterprise.objects.filter(cycle=cycle, ended=None, credit=None, credit_grade=None, uscc__in=taking_part)
    return list(held.order_by("uscc").values_list("uscc", flat=True))


def listed(items: Iterable[str]) -> str:
    """The first few, for a sentence."""
    some = list(items)
    return "、".join(some[:SHOWN]) + ("…" if len(some) > SHOWN else "")
