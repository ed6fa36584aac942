"""The checker (检查): whether a programme that could be read is also sound. Empty: proven."""

from collections.abc import Iterator

from gongbao.kernel.text import Text
from gongbao.support.rules.amounts import Steps
from gongbao.support.rules.conditions import AtLeast, From, Within
from gongbao.support.rules.programme import Measure, Programme


def flaws(programme: Programme) -> list[Text]:
    """Everything that makes a programme no proper rule, each with its measure."""
    found = list(_programme(programme))
    for measure in programme.measures:
        flawed = _measure(measure, programme)
        found += (Text(f"{measure.code}:{flaw.zh}", f"{measure.code}: {flaw.en}") for flaw in flawed)
    return found


def _programme(programme: Programme) -> Iterator[Text]:
    window = programme.window
    if window.last < window.first:
        yield Text("有效期的末日早于首日", "the programme ends before it begins")
    codes = [measure.code for measure in programme.measures]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Text(f"措施代码重复:{code}", f"the code {code} stands twice")


def _measure(measure: Measure, programme: Programme) -> Iterator[Text]:
    if (measure.promise in ("exact", "up_to")) != (measure.amount is not None):
        yield Text("金额写法与金额规则不符", "promise and rule of the amount do not fit")
    if measure.scope == "entity" and any(fact.scope == "project" for fact in measure.facts):
        yield Text("单位措施用了项目事实", "a measure for entities asks for facts of a project")
    for condition in measure.conditions:
        yield from condition.flaws()
        if isinstance(condition, Within | From) and condition.first > measure.window.last:
            yield Text(
                f"期间在有效期之后:{condition.words().zh}", f"a window behind the programme: {condition.words().en}"
            )
    if measure.amount:
        yield from measure.amount.flaws()
    if isinstance(measure.amount, Steps):
        yield from _first_step(measure, measure.amount)
    inside = programme.window.first <= measure.window.first <= measure.window.last <= programme.window.last
    if not inside:
        yield Text("措施的期间超出政策有效期", "the window lies outside the programme's")
    slots = [material.slot for material in measure.materials]
    for slot in sorted({slot for slot in slots if slots.count(slot) > 1}):
        yield Text(f"材料位置重复:{slot}", f"the slot {slot} stands twice")


def _first_step(measure: Measure, amount: Steps) -> Iterator[Text]:
    """Whoever meets the conditions reaches the first step: the lowest limit of the base is its beginning."""
    limits = [c.limit for c in measure.conditions if isinstance(c, AtLeast) and c.fact == amount.of]
    lowest = min((at for at, _ in amount.steps), default=0)
    if max(limits, default=0) < lowest:
        yield Text("条件与第一档之间有空缺", "there is a gap between the conditions and the first step")
