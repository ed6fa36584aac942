"""What the documentation shows is run: every console block, in the order of its page, with the output it prints.

In a block, `$ ` begins a command and what follows is its output; `…` stands for anything, a line `…` for any lines.
Commands of make are not run again here (the build runs them), but the target must exist.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PAGES = sorted([*REPO.glob("README*.md"), *(REPO / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
TARGETS = set(re.findall(r"^([a-z]+):", (REPO / "Makefile").read_text(), re.M))


@dataclass
class Shown:
    """A command as a page shows it, and the lines it is said to print."""

    command: str
    lines: list[str] = field(default_factory=list)


def shown_in(text: str) -> list[Shown]:
    found: list[Shown] = []
    for block in BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Shown(line[2:]))
            elif line.strip():
                found[-1].lines.append(line.rstrip())
    return found


def pattern(lines: list[str]) -> re.Pattern[str]:
    """The shown lines as a pattern over the printed ones; white space between words is not compared."""
    parts = []
    for line in lines:
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            words = r"\s+".join(re.escape(word).replace("…", r"[^\n]*?") for word in line.split())
            parts.append(r"[ \t]*" + words + r"[ \t]*\n")
    return re.compile("".join(parts))


def with_commands(text: str) -> bool:
    return any(not shown.command.startswith("make ") for shown in shown_in(text))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(REPO)))
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    dead = [link for link in links if not (path.parent / link).exists()]
    assert dead == []


def test_the_index_leads_to_every_page() -> None:
    index = REPO / "docs" / "README.md"
    led = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    assert {path for path in PAGES if path.is_relative_to(index.parent)} - {index} == led


@pytest.mark.gazette_text
@pytest.mark.parametrize(
    "path",
    [p for p in PAGES if with_commands(p.read_text(encoding="utf-8"))],
    ids=lambda p: str(p.relative_to(REPO)),
)
def test_a_page_prints_what_it_shows(path: Path, tmp_path: Path, gazette_file: Path) -> None:
    """Each page begins in an empty folder, beside a shared folder with the text of the issue."""
    work = tmp_path / "work"
    work.mkdir()
    text = tmp_path / "shared" / "gazette"
    text.mkdir(parents=True)
    shutil.copy(gazette_file, text / "2026-13.txt")
    environment = os.environ | {
        "GONGBAO_HOME": str(work / "var"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(REPO / "src"),
        "COLUMNS": "110",
    }
    environment.pop("GONGBAO_DATABASE_URL", None)  # a page is run as a new user has it: on the embedded database
    for shown in shown_in(path.read_text(encoding="utf-8")):
        if shown.command.startswith("make "):
            assert shown.command.split()[1] in TARGETS
            continue
        command = shown.command.replace(".venv/bin/gongbao", "gongbao")
        done = subprocess.run(
            command, shell=True, cwd=work, env=environment, capture_output=True, text=True, timeout=280, check=False
        )
        printed = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        assert done.returncode in (0, 1, 2), f"{command}\n{printed}"
        printed = "\n".join(line.rstrip() for line in printed.splitlines() if line.strip()) + "\n"
        if shown.lines:
            assert pattern(shown.lines).search(printed), f"$ {command}\n{printed}"
