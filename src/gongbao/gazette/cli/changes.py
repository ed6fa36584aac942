"""Printing what changed between two texts of a document."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click
from rich.text import Text

from gongbao.gazette.cli.output import console
from gongbao.gazette.rules.diff import Change

KINDS = {
    "added": "新增 added",
    "removed": "删除 removed",
    "changed": "改动 changed",
    "renumbered": "重新编号 renumbered",
}
AROUND = 20  # characters kept on either side of a difference
# marks that stay readable where there are no colours
MARKS = {"same": ("", "", ""), "removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def print_changes(changes: Iterable[Change]) -> None:
    """Each difference with its words: [-gone-] {+come+}."""
    found, screen = tuple(changes), console()
    for change in found:
        cites = " → ".join(dict.fromkeys(cite for cite in (change.before, change.after) if cite))
        screen.print(Text(f"{KINDS[change.kind]}: {cites}", style="bold"), soft_wrap=True)
        line = Text("  ")
        for piece in change.pieces:
            before, after, style = MARKS[piece.kind]
            words = _shortened(piece.text) if piece.kind == "same" else piece.text
            line.append(f"{before}{words}{after}".replace("\n", " "), style=style)
        screen.print(line, soft_wrap=True)
    if not found:
        click.echo("条文没有改动,只有文件信息或编排有改动。No wording changed, only what is told about the document.")


def _shortened(text: str) -> str:
    """Words that stayed, with the middle of a long stretch left out."""
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]}…{text[-AROUND:]}"


def changes_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]
