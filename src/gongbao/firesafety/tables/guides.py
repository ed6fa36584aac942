"""The guide and the checklist that come with the house."""

import tomllib
from functools import cache
from pathlib import Path

from gongbao.firesafety.rules.checklist import Section
from gongbao.firesafety.rules.guides import Guide, checklist, guide

FOLDER = Path(__file__).resolve().parent.parent / "guides"


@cache
def packaged_guide() -> Guide:
    path = FOLDER / "joint-2025.toml"
    return guide(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


@cache
def packaged_checklist() -> tuple[Section, ...]:
    path = FOLDER / "checklist-2025.toml"
    return checklist(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
