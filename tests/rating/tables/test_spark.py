"""The rules on PySpark: the same bytes as on Polars."""

import importlib.util
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from gongbao.config.cli import main
from gongbao.kernel.problem import BadInput
from gongbao.rating.tables.spark import SparkEngine


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.fixture
def spark() -> Iterator[None]:
    """Stop what the command has started."""
    yield
    SparkEngine().session.stop()


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what Spark's own parts warn of is not ours to mend
def test_a_city_rated_on_pyspark_is_the_same_in_every_byte(tmp_path: Path, spark: None) -> None:
    city, one, two = (str(tmp_path / name) for name in ("city", "polars", "pyspark"))
    assert run("demo-city", "--out", city, "--seed", "7", "--projects", "300") == 0
    assert run("rate", city, "--cycle", "2026H1", "--out", one) == 0
    assert run("rate", city, "--cycle", "2026H1", "--out", two, "--engine", "pyspark") == 0
    for name in ("scores.csv", "ledger.csv"):
        assert (Path(one) / name).read_bytes() == (Path(two) / name).read_bytes()
    about = json.loads((Path(two) / "run.json").read_text(encoding="utf-8"))
    assert about["engine"] == "pyspark"
    assert "pyspark" in about["versions"]


def test_a_machine_without_java_is_told_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(BadInput) as refused:
        SparkEngine().session  # noqa: B018 - asking for it is what starts it
    assert "needs a Java runtime" in refused.value.problems[-1].expected_en


def test_a_cluster_is_asked_for_by_its_name_and_keeps_its_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The builder is a stand-in: what counts is what is asked of it."""
    asked: list[tuple[str, ...]] = []

    class Builder:
        def appName(self, name: str) -> "Builder":  # noqa: N802 - PySpark's names
            return self

        def master(self, where: str) -> "Builder":
            asked.append(("master", where))
            return self

        def config(self, key: str, value: str) -> "Builder":
            asked.append((key, value))
            return self

        def getOrCreate(self) -> MagicMock:  # noqa: N802
            return MagicMock()

    monkeypatch.setattr(shutil, "which", lambda _: "/java")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setitem(sys.modules, "pyspark.sql", MagicMock(SparkSession=MagicMock(builder=Builder())))
    monkeypatch.setenv("GONGBAO_SPARK_MASTER", "spark://example:7077")
    SparkEngine().session  # noqa: B018
    assert asked == [("master", "spark://example:7077")]
