"""Answers as JSON, in the fields of the contract for files (docs/reference/support-files.md)."""

from collections.abc import Iterable, Mapping
from datetime import date

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.support.rules.answers import Because, Match
from gongbao.support.rules.combination import Best, Combination
from gongbao.support.rules.facts import MONEY_PLACES, Fact
from gongbao.support.rules.ledger import Assessment
from gongbao.support.rules.programme import Catalogue, Material, Measure

Json = dict[str, object]
SHOWN_PLACES = 4  # of a paid share
EACH = {"event": Text("每场活动", "for each event"), "store": Text("每家店铺", "for each store")}


def money(fen: int) -> str:
    """1000000.00"""
    return from_fixed(fen, MONEY_PLACES)


def match_json(on: date, matches: Iterable[Match], best: Best, catalogue: Catalogue, language: str) -> Json:
    """The answer of match."""
    return {
        "on": on.isoformat(),
        "measures": [_measure(match, catalogue, language) for match in matches],
        "best": best_json(best),
    }


def _measure(match: Match, catalogue: Catalogue, language: str) -> Json:
    measure = match.measure
    return {
        "project": match.project,
        "code": measure.code,
        "status": match.status,
        "amount": {
            "kind": measure.promise,
            "value": None if match.value is None else money(match.value),
            "steps": [step.get(language) for step in match.steps],
        },
        "because": _because(match.because, language),
        "needs": list(match.needs),
        "offices": offices(measure, catalogue, language),
        "documents": [material_words(material).get(language) for material in measure.materials],
        "window": {"from": match.first_day.isoformat(), "until": measure.window.last.isoformat()},
    }


def _because(because: Iterable[Because], language: str) -> list[Json]:
    return [{"text": b.text.get(language), "cite": b.cite, "met": b.met} for b in because]


def offices(measure: Measure, catalogue: Catalogue, language: str) -> list[str]:
    """The offices in charge, the leading one first."""
    names = catalogue.programme_of[measure.code].offices
    return [Text(office, names[office]).get(language) for office in measure.offices]


def material_words(material: Material) -> Text:
    """A paper with what it is due for, and when."""
    notes = [note for note in (EACH.get(material.each), material.only_if) if note]
    if not notes:
        return material.name
    zh, en = ",".join(note.zh for note in notes), ", ".join(note.en for note in notes)
    return Text(f"{material.name.zh}({zh})", f"{material.name.en} ({en})")


def best_json(best: Best) -> Json:
    """The best combination with its runner-up."""
    other = best.runner_up
    return {
        **_combination(best.chosen),
        "runner_up": None
        if other is None
        else {**_combination(other), "loses": money(best.chosen.total - other.total)},
    }


def _combination(combination: Combination) -> Json:
    rows = [
        {"project": row.match.project, "code": row.match.measure.code, "value": money(row.value)}
        for row in combination.rows
    ]
    return {"total": money(combination.total), "chosen": rows}


def combine_json(best: Best) -> Json:
    """The answer of combine: best, and why each other row is not in it."""
    lost = [
        {
            "project": entry.match.project,
            "code": entry.match.measure.code,
            "by": "+".join(dict.fromkeys(row.measure.code for row in entry.by)),
            "difference": money(entry.difference),
        }
        for entry in best.lost
    ]
    return {**best_json(best), "lost": lost}


def assess_json(assessment: Assessment, language: str) -> Json:
    """The answer of assess."""
    return {
        "eligible": assessment.eligible,
        "countable": money(assessment.countable),
        "paid_share": from_fixed(assessment.paid_share(SHOWN_PLACES), SHOWN_PLACES),
        "subsidy": money(assessment.subsidy),
        "kind": "up_to",
        "rows": [
            {
                "table": verdict.table,
                "no": verdict.no,
                "counted": money(verdict.counted),
                "reason": verdict.reason,
                "because": verdict.because.get(language),
                "cite": verdict.cite,
            }
            for verdict in assessment.verdicts
        ],
        "because": _because(assessment.because, language),
        "needs": list(assessment.needs),
    }


def facts_json(catalogue: Catalogue, measure: Measure | None) -> list[Json]:
    """Every fact that a measure asks for (None: every fact), in the order in which they are asked."""
    clauses: Mapping[str, list[str]] = _clauses(catalogue.measures if measure is None else [measure])
    facts = catalogue.vocabulary.facts.values() if measure is None else measure.facts
    return [_fact(fact, clauses.get(fact.name, [])) for fact in facts]


def _fact(fact: Fact, clauses: list[str]) -> Json:
    return {
        "name": fact.name,
        "type": fact.type,
        "unit": None if fact.unit is None else _both(fact.unit),
        "options": {code: _both(name) for code, name in fact.options.items()},
        "label": _both(fact.label),
        "question": _both(fact.question),
        "clause": "; ".join(clauses),
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _clauses(measures: Iterable[Measure]) -> dict[str, list[str]]:
    """fact -> the clauses that ask for it."""
    found: dict[str, dict[str, None]] = {}
    for measure in measures:
        for condition in measure.conditions:
            found.setdefault(condition.fact.name, {})[condition.cite] = None
        for fact in measure.facts:  # bases, shared limits and waiting periods stand in the clause of the measure
            found.setdefault(fact.name, {measure.cite: None})
    return {name: list(cites) for name, cites in found.items()}
