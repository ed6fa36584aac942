"""What tests of support share: the catalogue of the package, and subjects that meet every condition of a measure."""

import csv
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongbao.config.cli import main
from gongbao.support.rules.answers import Match, match_subjects
from gongbao.support.rules.facts import Value, Vocabulary
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.catalogue import catalogue as packaged

HERE = Path(__file__).parent
Json = dict[str, Any]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return packaged()


@pytest.fixture(scope="session")
def contract() -> Callable[[str], list[dict[str, str]]]:
    """The tables that the programmes must agree with: measures, conditions, facts."""

    def read(name: str) -> list[dict[str, str]]:
        with (HERE / "contract" / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def example() -> Callable[[str], Json]:
    """The example file of a measure: facts that meet every condition, and cases that change one thing."""
    return lambda code: tomllib.loads((HERE / "examples" / f"{code}.toml").read_text(encoding="utf-8"))


def facts_of(example: Json, change: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, Value]:
    """The facts of an example with some of them changed; None makes one unknown."""
    given = {
        f"{scope}.{key}": value for scope in ("entity", "project") for key, value in example.get(scope, {}).items()
    }
    known = {name: value for name, value in {**given, **change}.items() if value is not None}
    return {name: vocabulary[name].read(value) for name, value in known.items()}


@pytest.fixture(scope="session")
def ask_each(catalogue: Catalogue, example: Callable[[str], Json]) -> Callable[..., list[Match]]:
    """Match one measure with each of several changes of its example: ask_each("auto-5", [{"entity.kind": None}, …])."""

    def answers(code: str, changes: Sequence[Mapping[str, object]], on: date | None = None) -> list[Match]:
        file = example(code)
        rows = [(str(at), facts_of(file, change, catalogue.vocabulary)) for at, change in enumerate(changes)]
        return match_subjects(rows, (catalogue.by_code[code],), on or file["on"])

    return answers


@pytest.fixture(scope="session")
def ask(ask_each: Callable[..., list[Match]]) -> Callable[..., Match]:
    """Match one measure: ask("debut_centre", {"project.debut_events": 4}, on=…)."""

    def answer(code: str, change: Mapping[str, object] | None = None, on: date | None = None) -> Match:
        return ask_each(code, [change or {}], on)[0]

    return answer


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command of support on a wide terminal: exit code, output, errors."""
    monkeypatch.setenv("COLUMNS", "200")

    def command(*args: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["support", *map(str, args)])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return command


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[object], Path]:
    """A document as a JSON file."""

    def save(document: object) -> Path:
        path = tmp_path / "file.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return save
