"""The page of commands says what the commands say."""

import importlib.util
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def test_the_page_of_commands_is_what_the_commands_print() -> None:
    spec = importlib.util.spec_from_file_location("generate", REPO / "docs" / "reference" / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.PAGE.read_text(encoding="utf-8") == generate.page(), "run make docs"
