"""gongbao rate --what-if."""

from pathlib import Path

import polars as pl
import pytest

from gongbao.config.cli import main
from gongbao.rating.tables.standards import standard_text


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, out, err


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(capsys, "demo-city", "--out", str(tmp_path / "city"), "--seed", "3", "--projects", "120")[0] == 0
    return str(tmp_path / "city")


def edited(tmp_path: Path, *changes: tuple[str, str]) -> str:
    text = standard_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "edited.toml"
    file.write_text(text, encoding="utf-8", newline="\n")
    return str(file)


def compare(capsys: pytest.CaptureFixture[str], city: str, file: str, out: Path) -> tuple[int, str, str]:
    return run(capsys, "rate", city, "--cycle", "2026H1", "--out", str(out), "--what-if", file)


def test_it_shows_who_moves_and_why(capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path) -> None:
    changes = (
        ('{ grade = "A", up_to = "0.10" }', '{ grade = "A", up_to = "0.15" }'),
        ("cap = 50", "cap = 25"),
        ('code = "media"', 'code = "press"'),
    )
    code, out, _ = compare(capsys, city, edited(tmp_path, *changes), tmp_path / "out")
    assert code == 0
    for words in ("change grade", "grades (rows: before, columns: after)", "biggest movers", "得分分布"):
        assert words in " ".join(out.split())
    assert "facts are of indicators that it does not have" in " ".join(out.split())


def test_its_files_say_the_same_and_stand_beside_the_run(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert compare(capsys, city, edited(tmp_path, ("cap = 50", "cap = 25")), out)[0] == 0
    scores = pl.read_csv(out / "scores.csv")
    migration, movers = pl.read_csv(out / "migration.csv"), pl.read_csv(out / "movers.csv")
    causes, bars = pl.read_csv(out / "causes.csv"), pl.read_csv(out / "distribution.csv")
    assert migration["enterprises"].sum() == scores.height == bars["after"].sum() == bars["before"].sum()
    assert set(causes["indicator"]) == {"credit"}
    first = movers.row(0, named=True)
    assert causes.filter(uscc=first["uscc"])["change"].sum() == pytest.approx(first["change"], abs=1e-4)
    page = (out / "what-if.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")  # it needs nothing from elsewhere


def test_a_later_run_without_it_takes_its_files_away(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert compare(capsys, city, edited(tmp_path), out)[0] == 0
    assert run(capsys, "rate", city, "--cycle", "2026H1", "--out", str(out))[0] == 0
    assert {path.name for path in out.iterdir()} == {"scores.csv", "ledger.csv", "run.json"}


def test_the_same_standard_moves_nobody(capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path) -> None:
    code, out, _ = compare(capsys, city, edited(tmp_path), tmp_path / "out")
    assert code == 0
    assert "0 change grade" in out
    assert "Nobody's score changes" in out
    assert pl.read_csv(tmp_path / "out" / "movers.csv").is_empty()


def test_a_standard_with_numbers_in_other_units_is_refused(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    old, new = "value = { minimum = 1, maximum = 10 }", "value = { decimals = 1, minimum = 1, maximum = 10 }"
    code, _, err = compare(capsys, city, edited(tmp_path, (old, new)), tmp_path / "out")
    assert code == 2
    assert "indicator community" in err
    assert not (tmp_path / "out").exists()


def test_a_standard_that_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("id = ", encoding="utf-8")
    assert compare(capsys, city, str(file), tmp_path / "out")[0] == 2
    assert not (tmp_path / "out").exists()
