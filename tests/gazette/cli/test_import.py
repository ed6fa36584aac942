"""Importing files from the command line: the made-up issue beside this test, and the real one."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.config.cli import main
from gongbao.gazette.models import Reading, Revision

pytestmark = pytest.mark.django_db
LIGHTHOUSE = Path(__file__).with_name("lighthouse.txt")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `gazette import`; gives its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def command(*args: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as done:
            main(["gazette", "import", *map(str, args)])
        printed = capsys.readouterr()
        return int(done.value.code or 0), printed.out + printed.err

    return command


@pytest.fixture
def better(tmp_path: Path) -> Path:
    """A better text of the made-up issue: 按月 for 按季."""
    file = tmp_path / "better.txt"
    file.write_text(LIGHTHOUSE.read_text("utf-8").replace("按季", "按月"), "utf-8")
    return file


def test_an_import_tells_what_it_read_and_how_to_see_the_rest(run: Run) -> None:
    code, printed = run(LIGHTHOUSE)
    assert code == 0
    for part in ("2030年第2期 (总第102期) · 2030-03-09", "示海发〔2030〕7号", "示财发〔2030〕8号", "--noise", "已导入"):
        assert part in printed


def test_the_lines_left_out_are_listed_when_asked_for(run: Run) -> None:
    _, printed = run(LIGHTHOUSE, "--noise")
    assert "     1  页眉页脚 furniture  示范市人民政府公报" in printed


def test_a_second_import_says_that_nothing_was_changed(run: Run) -> None:
    run(LIGHTHOUSE)
    code, printed = run(LIGHTHOUSE)
    assert code == 0
    assert "没有改动" in printed
    assert (Reading.objects.count(), Revision.objects.count()) == (1, 2)


def test_a_text_that_would_revise_another_is_refused_until_it_is_confirmed(run: Run, better: Path) -> None:
    run(LIGHTHOUSE)
    code, printed = run(better)
    assert code == 2
    assert "修订 revised: 示财发〔2030〕8号" in printed
    assert "--yes" in printed
    assert (Reading.objects.count(), Revision.objects.count()) == (1, 2)
    code, printed = run(better, "--yes")
    assert code == 0
    assert (Reading.objects.count(), Revision.objects.count()) == (2, 3)


@pytest.mark.parametrize(("answer", "readings", "expected"), [("y", 2, 0), ("n", 1, 2), ("", 1, 2)])
def test_at_a_terminal_the_question_is_asked(
    answer: str, readings: int, expected: int, run: Run, better: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    run(LIGHTHOUSE)
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    code, printed = run(better)
    assert "写入这些修订?" in printed
    assert (code, Reading.objects.count()) == (expected, readings)


def test_json_tells_the_same(run: Run) -> None:
    told = json.loads(run(LIGHTHOUSE, "--json")[1])
    assert (told["year"], told["number"], told["changed"], told["noise"]) == (2030, 2, True, 3)
    assert [d["change"] for d in told["documents"]] == ["new", "new"]
    again = json.loads(run(LIGHTHOUSE, "--json", "--noise")[1])
    assert again["changed"] is False
    assert [line["line"] for line in again["noise"]] == [1, 19, 48]


def test_a_text_that_is_no_issue_is_refused_and_nothing_is_stored(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("灯塔\n", "utf-8")
    code, printed = run(file)
    assert code == 2
    assert "期号" in printed
    assert Reading.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n",
        "灯塔".encode("gb18030"),
        "灯塔".encode("utf-16"),
        b"%PDF-1.7 broken",
        LIGHTHOUSE.read_bytes() + b"\0",
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_sentence(content: bytes, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    code, printed = run(file)
    assert code == 2
    assert len(printed.splitlines()) == 2
    assert str(file) in printed
    assert Reading.objects.count() == 0


@pytest.mark.parametrize("name", ["none.txt", ""])
def test_a_missing_file_and_a_folder_are_refused_in_one_sentence(name: str, run: Run, tmp_path: Path) -> None:
    code, printed = run(tmp_path / name)
    assert code == 2
    assert len(printed.splitlines()) == 2


@pytest.mark.gazette_text
def test_the_real_issue_holds_7_documents_and_179_permits_and_lacks_14_numbers(run: Run, gazette_file: Path) -> None:
    told = json.loads(run(gazette_file, "--json")[1])
    assert (told["year"], told["number"], told["total"], told["published_on"]) == (2026, 13, 937, "2026-04-09")
    assert len(told["documents"]) == 7
    (permits,) = (t for d in told["documents"] for t in d["tables"] if t["missing"])
    assert (permits["cite"], permits["rows"]) == ("京技管发〔2025〕31号 清单", 179)
    assert permits["missing"] == [*range(4, 9), *range(28, 31), *range(62, 68)]
    _, printed = run(gazette_file)
    assert "缺 14 个序号 numbers missing: 4–8, 28–30, 62–67" in printed
    assert "没有改动" in printed
