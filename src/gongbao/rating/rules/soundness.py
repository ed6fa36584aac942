"""Prove that a standard is sound: every value has one answer, and every answer its source, its proof and its clause.

What a standard cannot be read without (a missing proof, reviewer, citation, a number that is none) is found when it
is read; this module proves what can be read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from gongbao.kernel.citation import parse
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.rating.rules.standard import SHARE_PLACES, Indicator, Standard

# What a citation leads to; None where it leads nowhere. Handed in, because the gazette's texts are not known here.
Resolver = Callable[[str], object | None]


def prove(standard: Standard, resolve: Resolver | None = None, examples: Iterable[str] | None = None) -> list[Problem]:
    """Every fault of a standard, empty where it is sound.

    resolve: finds the place that a citation names; None: only the form of citations is checked. examples: codes of
    the indicators that have worked examples; None: not asked.
    """
    problems = [*_codes(standard), *_grades(standard), *_cycles(standard), *_names(standard)]
    for indicator in standard.indicators:
        problems += _indicator(indicator, standard)
    for where, cite in citations(standard):
        problems += _citation(where, cite, resolve)
    if examples is not None:
        missing = [i for i in standard.indicators if i.code not in set(examples)]
        problems += [
            _problem(i.where, "code", i.code, Text("没有算例文件", "has no file of examples")) for i in missing
        ]
    return problems


def _problem(where: str, column: str, value: str, what: Text) -> Problem:
    return Problem(where, None, column, value, what.zh, what.en)


def _codes(standard: Standard) -> Iterator[Problem]:
    for code, times in Counter(indicator.code for indicator in standard.indicators).items():
        if times > 1:
            yield _problem(
                f"indicator {code}", "code", code, Text(f"代码出现{times}次", f"the code is there {times} times")
            )


def _grades(standard: Standard) -> Iterator[Problem]:
    where, shares = "ranking", [step.up_to for step in standard.grades]
    if any(later <= earlier for earlier, later in zip([0, *shares], shares, strict=False)):
        yield _problem(where, "grades", "", Text("等级比例应逐级上升", "the shares of grades must rise"))
    if shares and shares[-1] != 10**SHARE_PLACES:
        yield _problem(where, "grades", "", Text("最后一级的比例应为 1", "the share of the last grade must be 1"))
    for grade, times in Counter(step.grade for step in standard.grades).items():
        if times > 1:
            yield _problem(where, "grades", grade, Text("等级重复", "the grade is there more than once"))
    for grade, value in standard.credit_grades.items():
        if not 0 <= value <= 1_000_000:
            yield _problem("credit_grades", grade, str(value), Text("应在 0 至 100 之间", "between 0 and 100 is due"))


def _cycles(standard: Standard) -> Iterator[Problem]:
    if standard.last is not None and standard.last < standard.first:
        yield _problem("cycles", "to", str(standard.last), Text("终止周期早于起始周期", "ends before it begins"))
    for cycle in standard.trial:
        if not standard.holds_for(cycle):
            yield _problem(
                "standard", "trial", str(cycle), Text("试评价周期不在适用周期内", "outside the cycles it holds for")
            )


def _names(standard: Standard) -> Iterator[Problem]:
    used = set(standard.score.readings) | set(standard.ranking.readings)
    used.update(reading for indicator in standard.indicators for reading in indicator.readings)
    for reading in sorted(set(standard.readings) - used):
        yield _problem("readings", reading, "", Text("没有指标用到这个读法", "no indicator uses this reading"))
    for where, readings in (("score", standard.score.readings), ("ranking", standard.ranking.readings)):
        yield from _unknown(where, "readings", readings, standard.readings)


def _unknown(where: str, column: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for key in used:
        if key not in known:
            yield _problem(where, column, key, Text(f"文件的 [{column}] 中没有", f"not among the {column} of the file"))


def _indicator(indicator: Indicator, standard: Standard) -> Iterator[Problem]:
    where, kind = indicator.where, indicator.kind
    yield from (_problem(where, "kind", kind.kind, flaw) for flaw in kind.flaws())
    if indicator.scope not in kind.scopes:
        yield _problem(where, "scope", indicator.scope, Text("这种计算方式不用于此范围", "not a scope of this kind"))
    deduction = indicator.group == "deduction"
    if any((points > 0) == deduction for points in kind.gives if points):
        yield _problem(
            where, "group", indicator.group, Text("分值的正负与类别不符", "the sign of points contradicts the group")
        )
    if not indicator.source:
        yield _problem(where, "source", "", Text("没有信息来源", "nobody supplies it"))
    yield from _unknown(where, "parties", (*indicator.source, *indicator.review), standard.parties)
    yield from _unknown(where, "readings", indicator.readings, standard.readings)
    for level, authorities in indicator.authorities.items():
        yield from _unknown(where, "authorities", authorities, standard.authorities)
        if not authorities or (level and level not in kind.levels):
            yield _problem(
                where, "authorities", level, Text("没有机关或没有这个档次", "no authority, or no such level")
            )
    if kind.reads or indicator.facts:
        bands = hasattr(kind, "bands")
        yield from _unknown(where, "levels", () if bands else (name for name in kind.levels if name), standard.levels)


def citations(standard: Standard) -> Iterator[tuple[str, str]]:
    """Every place that the standard cites, and where it does."""
    yield from (("standard", standard.cite), ("score", standard.score.cite), ("ranking", standard.ranking.cite))
    yield from ((indicator.where, indicator.cite) for indicator in standard.indicators)


def _citation(where: str, cite: str, resolve: Resolver | None) -> Iterator[Problem]:
    try:
        official = str(parse(cite))
    except ValueError as error:
        yield _problem(where, "cite", cite, Text(str(error), str(error)))
        return
    if official != cite:
        yield _problem(where, "cite", cite, Text(f"规范写法是“{official}”", f"the official form is “{official}”"))
    if resolve is not None and resolve(cite) is None:
        yield _problem(where, "cite", cite, Text("公报中没有这一处", "there is no such place in the gazette"))
