"""gongbao what-if."""

import json
from pathlib import Path

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


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A standard with 15 % of A, half the cap of credit, and no media."""
    text = standard_text().replace('{ grade = "A", up_to = "0.10" }', '{ grade = "A", up_to = "0.15" }')
    text = text.replace("cap = 50", "cap = 25").replace('code = "media"', 'code = "press"')
    file = tmp_path / "edited.toml"
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def test_it_shows_who_moves_and_why(
    capsys: pytest.CaptureFixture[str], city: str, edited: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "flow.svg"
    code, out, _ = run(
        capsys, "what-if", city, str(edited), "--cycle", "2026H1", "--top", "2", "--picture", str(picture)
    )
    assert code == 0
    for words in (
        "change grade",
        "grades (rows: before, columns: after)",
        "biggest movers",
        "得分分布",
    ):
        assert words in " ".join(out.split())
    assert "facts are of indicators that it does not have" in out
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_a_program_reads_the_same(capsys: pytest.CaptureFixture[str], city: str, edited: Path) -> None:
    code, out, _ = run(capsys, "what-if", city, str(edited), "--cycle", "2026H1", "--top", "2", "--json")
    said = json.loads(out)
    assert code == 0
    assert sum(row["enterprises"] for row in said["migration"]) == said["enterprises"]
    assert sum(bar["after"] for bar in said["distribution"]) == said["enterprises"]
    assert len(said["movers"]) == 2
    first = said["movers"][0]
    assert sum(float(change) for change in first["causes"].values()) == pytest.approx(float(first["change"]), abs=1e-4)


def test_the_same_standard_moves_nobody(capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    file.write_text(standard_text(), encoding="utf-8", newline="\n")
    code, out, _ = run(capsys, "what-if", city, str(file), "--cycle", "2026H1")
    assert code == 0
    assert "0 change grade" in out
    assert "Nobody's score changes" in out


def test_a_standard_with_numbers_in_other_units_is_refused(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    file = tmp_path / "units.toml"
    text = standard_text().replace(
        "value = { minimum = 1, maximum = 10 }", "value = { decimals = 1, minimum = 1, maximum = 10 }"
    )
    file.write_text(text, encoding="utf-8", newline="\n")
    picture = tmp_path / "flow.svg"
    code, _, err = run(capsys, "what-if", city, str(file), "--cycle", "2026H1", "--picture", str(picture))
    assert code == 2
    assert "indicator community" in err
    assert not picture.exists()


def test_a_standard_that_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], city: str, tmp_path: Path
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("id = ", encoding="utf-8")
    assert run(capsys, "what-if", city, str(file), "--cycle", "2026H1")[0] == 2
