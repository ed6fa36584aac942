"""What the commands of the permits print for people."""

from collections.abc import Iterable, Mapping, Sequence

import click

from gongbao.permits.rules.check import KINDS as VERDICTS
from gongbao.permits.rules.check import Verdict
from gongbao.permits.rules.diff import KINDS as CHANGES
from gongbao.permits.rules.diff import Change
from gongbao.permits.rules.forms import correction_text, shown
from gongbao.permits.rules.guides import PARTS, STATES, Finding, State
from gongbao.permits.rules.items import FIELDS, NAMES, Edition, Item, Mode
from gongbao.permits.rules.laws import Law, others_of_law
from gongbao.permits.rules.search import Found
from gongbao.permits.rules.writing import runs
from gongbao.permits.tables.packaged import modes

FACETS = {
    "city": NAMES["city_departments"],
    "zone": NAMES["zone_departments"],
    "body": NAMES["implementing_bodies"],
    "law": NAMES["legal_bases"],
    "mode": NAMES["mode"],
}
MOST = 5  # values of a facet that are printed; --json has them all


def print_items(items: Iterable[Item]) -> None:
    """One line for each item: number, name, who decides."""
    for item in items:
        hint = " *" if item.hints else ""
        bodies = shown(item, modes())["implementing_bodies"]
        click.echo(f"{item.no:>4}  {item.name}{hint}  [{'、'.join(item.city_departments)} → {bodies}]")


def print_found(found: Found, edition: Edition) -> None:
    """Items, then what each facet would leave, then what is missing."""
    print_items(found.items)
    click.echo(f"共 {len(found.items)} 项 · {len(found.items)} items")
    if any(item.hints for item in found.items):
        click.echo("* 有尚未采用的更正，见 show · a correction is proposed but not adopted, see show")
    if len(found.items) > 1:
        for name, counts in found.facets.items():
            values = [f"{_value(name, value)} {count}" for value, count in list(counts.items())[:MOST]]
            more = " …" if len(counts) > MOST else ""
            click.echo(f"  --{name} {FACETS[name].zh} {FACETS[name].en}: {'，'.join(values)}{more}")
    print_gaps(edition)


def _value(facet: str, value: str) -> str:
    if facet != "mode":
        return value
    name = next(mode.name for mode in modes() if mode.code == value)
    return f"{value}（{name.zh.replace('{other}', '…')}）"


def print_gaps(edition: Edition) -> None:
    """Which rows of the list could not be read."""
    if edition.missing:
        count = len(edition.missing)
        click.echo(f"清单有 {count} 项未能读出 · {count} rows of the list are unread: {runs(edition.missing, ', ')}")


def print_item(item: Item, edition: Edition, known: Sequence[Mode]) -> None:
    """Everything about an item."""
    click.echo(f"{item.no}  {item.name}")
    _line("引用 cite", item.cite)
    cells = shown(item, known)
    for field in (*FIELDS[:1], *FIELDS[2:5], "mode", "remark"):
        if cells[field]:
            _line(f"{NAMES[field].zh} {NAMES[field].en}", cells[field])
    for correction in item.corrections:
        text = correction_text(correction)
        _line("", text.zh)
        _line("", text.en)
    for service in edition.services:
        if service.item == item.no:
            _line("在线办理 service", f"{service.name.zh} · {service.name.en}（{service.cite}）")
    for law in others_of_law(edition, item):
        if law.items:
            _line("同一依据 same basis", f"{law.basis}: {'、'.join(str(other.no) for other in law.items)}")
    _line("前后 neighbours", "；".join(f"{other.no} {other.name}" for other in _neighbours(item, edition)))


def _neighbours(item: Item, edition: Edition) -> list[Item]:
    return [other for other in edition.items if abs(other.no - item.no) == 1]


def _line(label: str, text: str) -> None:
    click.echo(f"    {label}: {text}" if label else f"      {text}")


def print_laws(laws: Sequence[Law]) -> None:
    """Each law with the items that rest on it."""
    for law in laws:
        click.echo(f"{law.basis}  {len(law.items)} 项 items")
        print_items(law.items)


def print_verdict(verdict: Verdict, edition: Edition, row: int | None = None) -> None:
    """The verdict on one name, why, and what looks similar."""
    kind = VERDICTS[verdict.kind]
    where = f"第{row}行 row {row}  " if row else ""
    click.echo(f"{where}{verdict.name}: {kind.zh} · {kind.en}")
    click.echo(f"    {verdict.reason.zh}")
    click.echo(f"    {verdict.reason.en}")
    click.echo(f"    依据 basis: {verdict.cite}")
    if verdict.similar:
        names = "；".join(f"{i.no} {i.name}" for i in edition.items if i.no in verdict.similar)
        click.echo(f"    相近名称，仅供核对 similar names, to look at: {names}")


def print_guides(state_of: Mapping[int, State], found: Iterable[Finding]) -> None:
    """Which items are in which state, then what is to be mended."""
    for state, name in STATES.items():
        numbers = [number for number, own in state_of.items() if own == state]
        click.echo(f"{name.zh} {name.en}: {len(numbers)} 项 items  {runs(numbers)}".rstrip())
    for finding in found:
        part = PARTS[finding.part] if finding.part in PARTS else NAMES["no"]
        click.echo(f"{finding.item}  {part.zh} {part.en}  {finding.text}".rstrip())
        click.echo(f"    {finding.what.zh} · {finding.what.en}")


def print_changes(changes: Iterable[Change]) -> None:
    """Each change on a line: what, which numbers, from what to what."""
    for change in changes:
        kind = CHANGES[change.kind]
        numbers = " → ".join(runs(side) for side in (change.before, change.after) if side)
        words = " → ".join("；".join(texts) or "（无 none）" for texts in _sides(change))
        doubt = (
            "  ? 另一版有未读出的行，可能在其中 may be among the unread rows of the other edition"
            if change.doubtful
            else ""
        )
        click.echo(f"{kind.zh} {kind.en}  {numbers}  {words}{doubt}")


def _sides(change: Change) -> tuple[tuple[str, ...], ...]:
    if change.kind == "added":
        return (change.now,)
    return (change.was,) if change.kind == "removed" else (change.was, change.now)
