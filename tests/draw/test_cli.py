from pathlib import Path

import pytest

from gongbao.config.cli import main

SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text(SECRET + "\n", encoding="utf-8")
    Path("cases.csv").write_text(
        "\ufeffid,part,rate\nBJ-2026-0001,申请人定的数 8317,1/2\nBJ-2026-0002,申请人定的数 8317,\nBJ-2026-0003,,0\n",
        encoding="utf-8",
    )
    Path("plan.csv").write_text(
        "id,name,weight\n企业甲,一号,1\n企业乙,二号,\n企业丙,三号,3\n企业丁,四号,6\n", encoding="utf-8"
    )
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["draw", *args])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


EACH = ("cases.csv", "--purpose", "2026-07-01 消防验收备案", "--secret", "secret.txt", "--rate", "50%")
CHOICE = (
    "plan.csv",
    "--purpose",
    "2026H2 检查计划 东城",
    "--secret",
    "secret.txt",
    "--part",
    "体彩 26073",
    "--part",
    "上证 3412.66",
    "--choose",
    "3",
)


def test_each_case_gets_its_ticket_with_its_own_part_and_rate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "draw", *EACH)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "id,part,rate,ticket,drawn"
    assert lines[1] == (
        "BJ-2026-0001,申请人定的数 8317,1/2,afbf9aa0c44ed4efabcda885f47e8fd52ba19ae04b5df87a115443daef21a464,no"
    )
    assert lines[2].endswith("7be4d5021eef51b5fae21e89637d635a148045f408464fde094707f4b303e915,yes")
    assert lines[3].startswith("BJ-2026-0003,,0,")
    assert lines[3].endswith(",no")


def test_a_choice_goes_by_weight(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "draw", *CHOICE)
    assert [line.split(",")[1] for line in out.splitlines()] == ["id", "企业丙", "企业丁", "企业甲"]


@pytest.mark.parametrize("args", [EACH, CHOICE])
def test_a_draw_verifies_and_the_first_changed_line_is_named(
    files: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...]
) -> None:
    result = Path("result.csv")
    result.write_text(run(capsys, "draw", *args)[1], encoding="utf-8")
    verify = ("verify", args[0], "result.csv", *args[1:])
    assert run(capsys, *verify)[0] == 0

    lines = result.read_text(encoding="utf-8").splitlines()
    changed = [*lines[:2], lines[2].replace("企业丁", "企业乙").replace("yes", "no"), "x", *lines[4:]]
    result.write_text("\n".join(changed), encoding="utf-8")
    code, out, err = run(capsys, *verify)
    assert (code, out) == (1, "")
    assert "第 3 行" in err
    assert "第 4 行" not in err


@pytest.mark.parametrize("lines", [-1, 5])
def test_a_line_too_few_or_too_many_is_a_difference(
    files: Path, capsys: pytest.CaptureFixture[str], lines: int
) -> None:
    rows = run(capsys, "draw", *EACH)[1].splitlines()
    Path("result.csv").write_text("\n".join(rows[:-1] if lines < 0 else [*rows, rows[-1]]), encoding="utf-8")
    code, _, err = run(capsys, "verify", EACH[0], "result.csv", *EACH[1:])
    assert code == 1
    assert ("第 4 行" if lines < 0 else "第 5 行") in err


def test_what_was_published_before_is_held_against_what_is_revealed(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("result.csv").write_text(run(capsys, "draw", *EACH)[1], encoding="utf-8")
    told = dict(
        line.split()
        for line in run(capsys, "commit", "secret.txt", "--purpose", "试", "--list", "cases.csv")[1].splitlines()
    )
    before = run(capsys, "commit", "secret.txt", "--purpose", EACH[2], "--list", "cases.csv")[1].split()
    commitment, listed = before[before.index("commitment") + 1], before[before.index("list") + 1]
    assert commitment == "c26bcf4bed7a77649949b1208842e3c3481be0d8495c983a5d7863788c778ee6"
    verify = ("verify", EACH[0], "result.csv", *EACH[1:])
    assert run(capsys, *verify, "--commitment", commitment, "--list-hash", listed)[0] == 0
    code, _, err = run(capsys, *verify, "--commitment", told["commitment"], "--list-hash", "0" * 64)
    assert code == 1
    assert "承诺不符" in err
    assert "名单" in err


def test_commit_makes_a_secret_that_only_its_owner_reads_and_never_overwrites_it(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "commit", "new.txt", "--purpose", "试")
    secret = Path("new.txt").read_text(encoding="utf-8")
    assert code == 0
    assert len(secret.strip()) == 64
    assert secret.strip() not in out
    assert Path("new.txt").stat().st_mode & 0o777 == 0o600
    assert run(capsys, "commit", "new.txt", "--purpose", "试")[1] == out
    assert Path("new.txt").read_text(encoding="utf-8") == secret
    run(capsys, "commit", "other.txt", "--purpose", "试")
    assert run(capsys, "commit", "third.txt", "--purpose", "两\n行")[0] == 2
    assert not Path("third.txt").exists()
    assert Path("other.txt").read_text(encoding="utf-8") != secret


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("name\nA\n", "id"),
        ("id,wieght\nA,1\n", "wieght"),
        ("id,id\nA,A\n", "id"),
        ("id\nA\nA\n", "不重复"),
        ("id,rate\nA,2\n", "rate"),
        ("id,weight\nA,0\n", "weight"),
        ("id,weight\nA,1.5\n", "weight"),
        ("id,name\n,x\n", "id"),
        ("id,name\nA\n", "2 列"),
        ('id\n"A\nB"\n', "换行"),
        ("", "id"),
        ("id\nA\n", "--rate"),
        ("id,weight\nA,2\n", "权重"),
    ],
)
def test_a_list_with_a_mistake_is_refused_with_its_place(
    files: Path, capsys: pytest.CaptureFixture[str], text: str, column: str
) -> None:
    Path("bad.csv").write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "draw", "bad.csv", *EACH[1:-2])
    assert (code, out) == (2, "")
    assert column in err


def test_a_file_that_is_no_text_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.csv").write_bytes(b"id\n\xff\xfe\n")
    assert run(capsys, "draw", "bad.csv", *EACH[1:])[0] == 2


def test_a_choice_goes_by_weights_alone_and_takes_no_more_than_there_are(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "draw", "cases.csv", *CHOICE[1:])[0] == 2
    assert run(capsys, "draw", *CHOICE[:-1], "4")[0] == 0
    code, out, err = run(capsys, "draw", *CHOICE[:-1], "5")
    assert (code, out) == (2, "")
    assert "抽不出" in err


def test_a_secret_that_could_be_guessed_is_refused_before_anything_is_drawn(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("secret.txt").write_text("1234\n", encoding="utf-8")
    for args in (("draw", *EACH), ("commit", "secret.txt", "--purpose", "试")):
        code, out, err = run(capsys, *args)
        assert (code, out) == (2, "")
        assert "32" in err
    assert Path("secret.txt").read_text(encoding="utf-8") == "1234\n"


def test_a_bad_rate_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "draw", *EACH[:-1], "120%")
    assert (code, out) == (2, "")
    assert "120%" in err


def test_the_how_to_shows_what_the_commands_print(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "draw-fairly.md").read_text(encoding="utf-8")
    told = run(capsys, "commit", "secret.txt", "--purpose", CHOICE[2], "--list", "plan.csv")[1]
    Path("result.csv").write_text(run(capsys, "draw", *CHOICE)[1], encoding="utf-8")
    told += run(capsys, "verify", "plan.csv", "result.csv", *CHOICE[1:])[1]
    assert [line for line in told.splitlines() if line not in page] == []
