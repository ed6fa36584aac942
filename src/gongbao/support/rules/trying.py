"""What if (试算): the numbers of a rule of the amount, one by one, and the same rule with other numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongbao.kernel.entries import Entry
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.support.rules.amounts import Amount, load_amount
from gongbao.support.rules.facts import Vocabulary
from gongbao.support.rules.programme import Programme
from gongbao.support.rules.soundness import flaws

Table = dict[str, object]  # a rule as its file writes it
RATE, CAP, YUAN = Text("比例", "rate"), Text("上限(元)", "limit (yuan)"), Text("金额(元)", "amount (yuan)")
OPTIONAL = ("cap",)


@dataclass(frozen=True)
class Number:
    """One number of a rule. path: as rate, steps.0.yuan, yuan.city; value: as the file writes it, "" for no limit."""

    path: str
    label: Text
    value: str


def numbers(amount: Amount) -> tuple[Number, ...]:
    """Every number of a rule, in the order of its file; a limit that it could have is among them."""
    table = amount.table()
    found = []
    if "rate" in table:
        found.append(Number("rate", RATE, str(table["rate"])))
    for at, step in enumerate(_list(table.get("steps"))):
        place = Text(f"第{at + 1}档", f"step {at + 1}")
        limit = Text(f"{place.zh}起点", f"{place.en}, from")
        found.append(Number(f"steps.{at}.from", limit, str(step["from"])))
        found.append(
            Number(f"steps.{at}.yuan", Text(f"{place.zh}{YUAN.zh}", f"{place.en}, {YUAN.en}"), str(step["yuan"]))
        )
    yuan = table.get("yuan")
    if isinstance(yuan, dict):
        names = amount.of.options if amount.of else {}
        for level, sum_ in yuan.items():
            name = names.get(level, Text(level, level))
            found.append(Number(f"yuan.{level}", Text(f"{name.zh}{YUAN.zh}", f"{name.en}, {YUAN.en}"), str(sum_)))
    elif yuan is not None:
        found.append(Number("yuan", YUAN, str(yuan)))
    if amount.rule in ("share", "added"):
        found.append(Number("cap", CAP, str(table.get("cap", ""))))
    return tuple(found)


def _list(value: object) -> list[Table]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def table_with(amount: Amount, values: Mapping[str, str]) -> Table:
    """The rule as a file would write it with other numbers, by their paths. Numbers that are not given stay."""
    table = amount.table()
    table["steps"] = [dict(step) for step in _list(table.get("steps"))]
    if isinstance(table.get("yuan"), dict):
        table["yuan"] = dict(table["yuan"])  # type: ignore[call-overload] # told to be one the line before
    for path, value in values.items():
        *way, last = path.split(".")
        place: object = table
        for key in way:
            place = place[int(key)] if isinstance(place, list) else place[key]  # type: ignore[index] # a table or a list
        if value or last not in OPTIONAL:
            place[last] = value  # type: ignore[index] # paths end in a table
        else:
            place.pop(last, None)  # type: ignore[attr-defined] # paths end in a table
    return table if table["steps"] else {key: one for key, one in table.items() if key != "steps"}


def programme_with(programme: Programme, tables: Mapping[str, object], vocabulary: Vocabulary) -> Programme:
    """The programme with other rules of the amount, by the codes of measures. Raises BadInput with what is wrong in
    them; its column is the code of the measure."""
    problems: list[Problem] = []
    measures = []
    for measure in programme.measures:
        table = tables.get(measure.code)
        if not isinstance(table, dict):
            measures.append(measure)
            continue
        wrong: list[Problem] = []
        amount = load_amount(Entry(table, measure.code, wrong), vocabulary)
        problems += (replace(one, column=measure.code) for one in wrong)
        measures.append(replace(measure, amount=amount))
    tried = replace(programme, measures=tuple(measures))
    if not problems:
        known = {flaw.zh for flaw in flaws(programme)}
        new = (flaw for flaw in flaws(tried) if flaw.zh not in known)
        problems += (Problem("what if", None, flaw.zh.split(":")[0], "", flaw.zh, flaw.en) for flaw in new)
    if problems:
        raise BadInput(problems)
    return tried
