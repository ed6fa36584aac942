"""What one text of a programme changes against another (两版之间的变化), measure by measure, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongbao.kernel.text import Text
from gongbao.support.rules.programme import Material, Measure, Programme, Window

Lines = dict[str, list[Text]]  # what is said → its lines

NAMES = {
    "name": Text("名称", "name"),
    "digest": Text("摘要", "digest"),
    "window": Text("申报期间", "days of application"),
    "choice": Text("一个项目可得", "what a project takes"),
    "leans": Text("依据的文件", "documents it leans on"),
    "cite": Text("条款", "clause"),
    "scope": Text("申报对象", "applied for by"),
    "offices": Text("责任单位", "offices"),
    "amount": Text("金额", "amount"),
    "wait": Text("等待期", "waiting period"),
    "conditions": Text("条件", "conditions"),
    "papers": Text("材料", "papers"),
}


@dataclass(frozen=True)
class Change:
    """place: the measure, or the programme itself; what: of it. was, now: lines only the old, only the new one has."""

    place: Text
    what: Text
    was: tuple[Text, ...]
    now: tuple[Text, ...]


def changes(old: Programme, new: Programme) -> tuple[Change, ...]:
    """Everything that differs: the programme itself, then measures in the order of the new text, then those gone."""
    found = list(_compared(Text("政策", "programme"), _programme(old), _programme(new)))
    before = {measure.code: measure for measure in old.measures}
    after = {measure.code: measure for measure in new.measures}
    for code, measure in after.items():
        place = Text(f"{code} {measure.name.zh}", f"{code} {measure.name.en}")
        found += _compared(place, _measure(before[code]) if code in before else {}, _measure(measure))
    for code, measure in before.items():
        if code not in after:
            place = Text(f"{code} {measure.name.zh}", f"{code} {measure.name.en}")
            found += _compared(place, _measure(measure), {})
    return tuple(found)


def _compared(place: Text, was: Lines, now: Lines) -> Iterator[Change]:
    for what, name in NAMES.items():
        old, new = was.get(what, []), now.get(what, [])
        gone, come = tuple(x for x in old if x not in new), tuple(x for x in new if x not in old)
        if gone or come:
            yield Change(place, name, gone, come)


def _programme(programme: Programme) -> Lines:
    return {
        "name": [programme.name],
        "digest": [programme.digest],
        "window": [_days(programme.window)],
        "choice": [Text(f"{programme.choice} {programme.choice_cite}", f"{programme.choice} {programme.choice_cite}")],
        "leans": [Text(document, document) for document in programme.refers_to],
    }


def _measure(measure: Measure) -> Lines:
    amount = measure.amount.words() if measure.amount else Text("", "")
    promise = Text(f"{measure.promise} {amount.zh}".strip(), f"{measure.promise} {amount.en}".strip())
    wait = measure.wait
    return {
        "name": [measure.name],
        "digest": [measure.digest],
        "window": [_days(measure.window)],
        "cite": [Text(measure.cite, measure.cite)],
        "scope": [Text(measure.scope, measure.scope)],
        "offices": [Text(office, office) for office in measure.offices],
        "amount": [promise],
        "wait": [Text(f"{wait.after.label.zh} +{wait.months}", f"{wait.after.label.en} +{wait.months}")]
        if wait
        else [],
        "conditions": [_beside(condition.words(), condition.cite) for condition in measure.conditions],
        "papers": [_paper(material) for material in measure.materials],
    }


def _days(window: Window) -> Text:
    return _beside(Text(f"{window.first} – {window.last}", f"{window.first} – {window.last}"), window.cite)


def _paper(material: Material) -> Text:
    due = material.only_if or Text("", "")
    each = f" [{material.each}]" if material.each else ""
    return _beside(Text(f"{material.name.zh}{each} {due.zh}", f"{material.name.en}{each} {due.en}"), material.cite)


def _beside(text: Text, cite: str) -> Text:
    return Text(f"{text.zh.strip()} · {cite}", f"{text.en.strip()} · {cite}")
