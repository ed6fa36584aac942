"""The programmes say what the contract's three tables say: every row, every condition, every fact."""

from collections.abc import Callable

import pytest

from gongbao.kernel.citation import parse
from gongbao.support.rules.amounts import Added, Amount, Fixed, Share, Steps
from gongbao.support.rules.answers import Match
from gongbao.support.rules.conditions import Condition, Within, _Options
from gongbao.support.rules.facts import Fact
from gongbao.support.rules.programme import Catalogue, Measure

Read = Callable[[str], list[dict[str, str]]]
GROUPS = {
    "fund": "consumption-2026",
    "auto": "etown-automotive",
    "energy": "etown-future-energy",
    "synbio": "etown-synthetic-biology",
}


def yuan(fen: int | None) -> str:
    return "" if fen is None else str(fen // 100)


def amount_words(amount: Amount | None) -> str:
    """The rule of an amount as the contract writes it."""
    if amount is None:
        return ""
    of, per = (fact.name if fact else "" for fact in (amount.of, amount.per))
    match amount:
        case Fixed():
            words = f"fixed {yuan(amount.fen)}" + (f" once_per {per}" if per else "")
        case Steps():
            words = f"steps {of} " + " ".join(
                f"{at // 10 ** (amount.of.decimals if amount.of else 0)}:{yuan(fen)}" for at, fen in amount.steps
            )
        case Share():
            words = f"share {of} {amount.own()['rate']}"
            words += f" cap {yuan(amount.cap)}" if amount.cap is not None else ""
            words += f" per {per}" if per else ""
        case Added():
            words = f"added {of} " + " ".join(f"{level}:{yuan(fen)}" for level, fen in amount.levels)
            words += f" cap {yuan(amount.cap)}" if amount.cap is not None else ""
        case _:
            raise AssertionError(amount)
    return words


def test_every_row_has_its_clause_its_amount_and_its_offices(contract: Read, catalogue: Catalogue) -> None:
    rows = [
        {
            "code": measure.code,
            "document": catalogue.programme_of[measure.code].document,
            "clause": measure.cite.replace("（", "(").replace("）", ")").split(" ")[1],
            "scope": measure.scope,
            "amount_kind": measure.promise,
            "amount": amount_words(measure.amount),
            "offices": "|".join(measure.offices),
        }
        for measure in catalogue.measures
    ]
    assert rows == contract("measures")


def condition_row(condition: Condition) -> tuple[str, str, str, str]:
    value = condition.value
    if isinstance(condition, _Options):
        value = "|".join(condition.codes)
    elif isinstance(condition, Within):
        value = f"{condition.first}..{condition.last}"
    elif isinstance(value, bool):
        value = str(value).lower()
    clause = condition.cite.replace("（", "(").replace("）", ")").split(" ")[1]
    return condition.fact.name, condition.test, "-" if value is None else str(value), clause


def test_every_measure_asks_for_the_conditions_of_its_document_and_its_own(
    contract: Read, catalogue: Catalogue
) -> None:
    asked = contract("conditions")
    for measure in catalogue.measures:
        names = {measure.code} | {g for g, of in GROUPS.items() if of == catalogue.programme_of[measure.code].id}
        due = [(r["fact"], r["test"], r["value"], r["clause"]) for r in asked if r["applies_to"] in names]
        assert sorted(map(condition_row, measure.conditions)) == sorted(due), measure.code


def fact_row(fact: Fact) -> dict[str, str]:
    kind = fact.type
    if kind == "number":
        kind = f"number:{fact.decimals}"
    elif kind == "codes":
        kind = "list"
    elif fact.options:
        kind = ("list:" if kind == "choices" else "") + "|".join(fact.options)
    return {"scope": fact.scope, "fact": fact.name.split(".")[1], "type": kind, "words": fact.words}


def test_every_fact_has_its_type_and_its_words_in_the_order_of_the_contract(
    contract: Read, catalogue: Catalogue
) -> None:
    assert [fact_row(fact) for fact in catalogue.vocabulary.facts.values()] == contract("facts")


def test_every_clause_is_a_citation_in_official_form(catalogue: Catalogue) -> None:
    for measure in catalogue.measures:
        cites = [
            measure.cite,
            measure.window.cite,
            *(c.cite for c in measure.conditions),
            *(m.cite for m in measure.materials),
        ]
        assert [str(parse(cite)) for cite in cites] == cites


def test_every_text_is_there_in_both_languages(catalogue: Catalogue) -> None:
    texts = [text for p in catalogue.programmes for m in p.measures for text in (p.name, p.digest, m.name, m.digest)]
    texts += [text for fact in catalogue.vocabulary.facts.values() for text in (fact.label, fact.question)]
    assert [text for text in texts if not text.zh.strip() or not text.en.strip() or text.zh == text.en] == []


@pytest.fixture(scope="module")
def rows(contract: Read, catalogue: Catalogue) -> list[tuple[Measure, list[dict[str, str]]]]:
    """Each measure with the conditions that the contract has for it."""
    found = []
    for measure in catalogue.measures:
        names = {measure.code} | {g for g, of in GROUPS.items() if of == catalogue.programme_of[measure.code].id}
        found.append((measure, [row for row in contract("conditions") if row["applies_to"] in names]))
    return found


def test_a_yes_or_no_that_is_wrong_refuses_alone_with_its_clause(
    rows: list[tuple[Measure, list[dict[str, str]]]], ask_each: Callable[..., list[Match]], catalogue: Catalogue
) -> None:
    for measure, conditions in rows:
        wrong = [row for row in conditions if row["test"] == "is"]
        matches = ask_each(measure.code, [{row["fact"]: row["value"] != "true"} for row in wrong])
        for row, match in zip(wrong, matches, strict=True):
            refused = [because.cite for because in match.because if because.met is False]
            clause = row["clause"].replace("(", "（").replace(")", "）")
            assert refused == [f"{catalogue.programme_of[measure.code].document} {clause}"], (measure.code, row)
            assert (match.status, match.value, match.needs, match.steps) == ("not_eligible", None, (), ())


def test_a_fact_that_is_unknown_alone_is_asked_for_alone(
    rows: list[tuple[Measure, list[dict[str, str]]]], ask_each: Callable[..., list[Match]]
) -> None:
    for measure, conditions in rows:
        matches = ask_each(measure.code, [{row["fact"]: None} for row in conditions])
        for row, match in zip(conditions, matches, strict=True):
            assert (match.status, match.value, match.needs) == ("needs", None, (row["fact"],)), (measure.code, row)


def test_the_base_of_an_amount_is_asked_for_where_it_is_unknown(
    catalogue: Catalogue, ask: Callable[..., Match]
) -> None:
    bases = [(measure.code, measure.base) for measure in catalogue.measures if measure.base]
    assert len(bases) == 17
    for code, base in bases:
        match = ask(code, {base.name: None})
        assert (match.status, match.needs) == ("needs", (base.name,))


def test_a_refusal_asks_for_nothing_even_where_facts_are_unknown(
    catalogue: Catalogue, ask: Callable[..., Match]
) -> None:
    match = ask("debut_centre", {"entity.fiscal_arrears": True, "project.launch_area_m2": None})
    assert (match.status, match.needs) == ("not_eligible", ())


def test_needs_come_in_the_order_of_the_fact_table(ask: Callable[..., Match]) -> None:
    unknown = ["project.debut_events", "entity.fiscal_arrears", "project.directions", "entity.kind"]
    match = ask("debut_centre", dict.fromkeys(unknown))
    assert match.needs == ("entity.kind", "entity.fiscal_arrears", "project.directions", "project.debut_events")


def test_platform_and_product_are_not_asked_for_where_they_are_left_out(ask: Callable[..., Match]) -> None:
    for code in ("auto-4a", "auto-4b", "auto-5"):
        match = ask(code)
        assert (match.status, match.pool) == ("eligible", None)
