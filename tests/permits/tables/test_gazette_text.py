"""The catalogue of the package is what the text of the issue says."""

import re
from pathlib import Path

import pytest

import gongbao.permits
from gongbao.gazette.rules.issue import read_issue
from gongbao.kernel.problem import BadInput
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.printed import printed_lists
from gongbao.permits.tables import folders
from gongbao.permits.tables.packaged import read_folder

PACKAGED = Path(gongbao.permits.__file__).parent / "editions" / "2025"


def independent(text: str) -> dict[int, list[str]]:
    """The rows of the list, read as simply as can be: lines between the first head and the last row, cut at tabs."""
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("序号\t市级主管部门"))
    last = max(at for at, line in enumerate(lines) if re.match(r"193\t", line))
    cells = [[re.sub(r"\s", "", cell) for cell in line.split("\t")] for line in lines[first : last + 1]]
    return {int(row[0]): row[1:] for row in cells if row[0].isdigit() and len(row) == 7}


@pytest.mark.gazette_text
def test_every_row_equals_an_independent_reading(gazette_file: Path, edition_2025: Edition) -> None:
    rows = independent(gazette_file.read_text(encoding="utf-8"))
    assert len(rows) == 179
    packaged = {item.no: [re.sub(r"\s", "", cell) for cell in item.printed] for item in edition_2025.items}
    assert packaged == rows


@pytest.mark.gazette_text
def test_importing_the_text_gives_the_packaged_catalogue(gazette_file: Path, tmp_path: Path) -> None:
    issue = read_issue(gazette_file.read_text(encoding="utf-8"))
    edition = folders.write(tmp_path / "read", issue, "2026-13.txt")
    assert (tmp_path / "read" / "items.csv").read_bytes() == (PACKAGED / "items.csv").read_bytes()
    assert read_folder(tmp_path / "read") == edition
    packaged = read_folder(PACKAGED)
    for name in ("edition", "cite", "list", "rule", "in_force", "replaces", "count", "missing"):
        assert getattr(edition, name) == getattr(packaged, name), name
    with_corrections = tmp_path / "read" / "corrections.csv"
    with_corrections.write_bytes((PACKAGED / "corrections.csv").read_bytes())
    head = tmp_path / "read" / "edition.toml"
    head.write_text(head.read_text(encoding="utf-8") + 'apply = ["high"]\n', encoding="utf-8")
    assert read_folder(tmp_path / "read").items == packaged.items


@pytest.mark.gazette_text
def test_nothing_is_written_where_something_is_there_already(gazette_file: Path, tmp_path: Path) -> None:
    issue = read_issue(gazette_file.read_text(encoding="utf-8"))
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput):
        folders.write(tmp_path, issue, "2026-13.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert kept.read_text(encoding="utf-8") == "mine"


def test_an_issue_without_a_list_is_refused(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "gazette" / "examples" / "made-up-issue.txt").read_text(encoding="utf-8")
    issue = read_issue(text)
    assert list(printed_lists(issue)) == []
    with pytest.raises(BadInput, match="恰有一份"):
        folders.write(tmp_path / "new", issue, "made-up-issue.txt")
    assert not (tmp_path / "new").exists()
