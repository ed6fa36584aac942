"""What a line of the ledger stands on, in words: facts with document and supplier, complaints, filings, columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.text import Text
from gongbao.rating.models import Complaint, Fact, RatingCycle, Spell
from gongbao.rating.rules.facts import NumberShape
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.results import Explained
from gongbao.rating.selectors.rows import facts_by_id, spells_in
from gongbao.rating.tables.columns import contract

AREA_PLACES, SHOWN = 2, 24  # witnesses of one line that are spelt out


@dataclass(frozen=True)
class Witness:
    """says: what it is; supplier: who handed it in; on: the day it happened; document: its number; declaration: the
    number of the declaration that it came from, None for all others."""

    ref: str
    says: Text
    supplier: Text | None = None
    on: date | None = None
    document: str = ""
    declaration: int | None = None


@dataclass(frozen=True)
class Opened:
    """A line with its first witnesses; more: how many further ones there are."""

    line: Explained
    witnesses: tuple[Witness, ...]
    more: int


def opened(cycle: RatingCycle, lines: Iterable[Explained]) -> list[Opened]:
    """Every line with what it stands on, as it is on file now."""
    every = list(lines)
    refs = {ref for line in every for ref in line.facts[:SHOWN]}
    known = {**_facts(cycle, refs), **_complaints(cycle, refs), **_projects(cycle, refs), **_columns(refs)}
    return [
        Opened(
            line,
            tuple(known.get(ref, Witness(ref, Text(ref, ref))) for ref in line.facts[:SHOWN]),
            max(len(line.facts) - SHOWN, 0),
        )
        for line in every
    ]


def _facts(cycle: RatingCycle, refs: set[str]) -> Mapping[str, Witness]:
    return {ref: _fact(cycle, fact) for ref, fact in facts_by_id(cycle, refs).items()}


def _fact(cycle: RatingCycle, fact: Fact) -> Witness:
    standard, shape = edition_of(cycle), edition_of(cycle).facts[fact.indicator]
    words = [standard.by_code[fact.indicator].name]
    if fact.level:
        words.append(standard.level_name(fact.level))
    numbers = [_number(fact.value, shape.value), _number(fact.reference, shape.reference)]
    if given := " / ".join(number for number in numbers if number):
        words.append(Text(given, given))
    delivery = fact.delivery
    supplier = delivery.organisation.text if delivery.organisation else standard.parties.get(delivery.source)
    number = fact.fact_id.removeprefix("declarations/")
    return Witness(
        ref=fact.fact_id,
        says=Text(":".join(word.zh for word in words), ": ".join(word.en for word in words)),
        supplier=supplier,
        on=fact.occurred_on,
        document=fact.document_no or "",
        declaration=int(number) if number != fact.fact_id and number.isdecimal() else None,
    )


def _number(value: int | None, shape: NumberShape | None) -> str:
    return from_fixed(value, shape.decimals) if value is not None and shape else ""


def _complaints(cycle: RatingCycle, refs: set[str]) -> Mapping[str, Witness]:
    """complaints/ID/YYYY-MM; a month without a row is one without complaints."""
    wanted = {ref: ref.removeprefix("complaints/").rpartition("/") for ref in refs if ref.startswith("complaints/")}
    rows = Complaint.objects.filter(
        cycle=cycle, ended=None, project_id__in={project for project, _, _ in wanted.values()}
    )
    counts = {(row.project_id, row.month): row for row in rows}
    found = {}
    for ref, (project, _, month) in wanted.items():
        row = counts.get((project, int(month.replace("-", ""))))
        count = row.count if row else 0
        rank = Text(f",全市第{row.rank}名", f", rank {row.rank}") if row and row.rank else Text("", "")
        says = Text(f"{month}:诉求 {count} 件{rank.zh}", f"{month}: {count} complaints{rank.en}")
        found[ref] = Witness(ref, says, edition_of(cycle).parties.get("hotline"))
    return found


def _projects(cycle: RatingCycle, refs: set[str]) -> Mapping[str, Witness]:
    """projects/ID: the latest spell of it."""
    ids = {ref.removeprefix("projects/") for ref in refs if ref.startswith("projects/")}
    latest = {spell.project_id: spell for spell in spells_in(cycle).filter(project_id__in=ids)}
    return {f"projects/{project}": _spell(cycle, spell) for project, spell in latest.items()}


def _spell(cycle: RatingCycle, spell: Spell) -> Witness:
    area = from_fixed(spell.area, AREA_PLACES)
    filing = (
        Text("合同备案", "contract filed") if spell.filing == "contract" else Text("信息采集", "information collected")
    )
    says = Text(f"{spell.name}:{filing.zh},{area} 平方米", f"{spell.name}: {filing.en}, {area} m²")
    return Witness(f"projects/{spell.project_id}", says, edition_of(cycle).parties.get("system"), spell.filed_on)


def _columns(refs: set[str]) -> Mapping[str, Witness]:
    """enterprises/COLUMN: by the column's name in the files."""
    table = next(table for table in contract() if table.name == "enterprises")
    names = {column.name: Text(column.zh, column.about.en) for column in table.columns}
    return {
        ref: Witness(ref, names[name])
        for ref in refs
        if ref.startswith("enterprises/") and (name := ref.removeprefix("enterprises/")) in names
    }
