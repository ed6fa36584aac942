"""The commands say what the rules say, and end with the house's exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongbao.config.cli import main

UNREAD = "14 rows of the list are unread: 4–8, 28–30, 62–67"


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]):
    """run("search", "消防") -> (exit code, standard output, standard error)."""

    def call(*args: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["permits", *map(str, args)])
        out, err = capfd.readouterr()
        return int(str(left.value.code)), out, err

    return call


def test_editions_are_listed_with_their_gaps(run) -> None:
    code, out, _ = run("editions")
    assert code == 0
    assert UNREAD in out
    (told,) = json.loads(run("editions", "--json")[1])
    assert (told["edition"], told["count"], told["read"], told["in_force"]) == ("2025", 193, 179, "2025-12-02")


@pytest.mark.parametrize(("day", "code"), [("2025-12-01", 1), ("2025-12-02", 0), ("2026-12-03", 0), ("yesterday", 2)])
def test_the_edition_of_a_day_is_the_one_in_force(run, day: str, code: int) -> None:
    left, out, _ = run("editions", "--on", day)
    assert left == code
    assert bool(out) is (code == 0)


def test_a_file_that_cannot_be_written_is_bad_input(run, tmp_path: Path) -> None:
    for args in (("export", "--format", "csv"), ("check", "建设工程消防验收")):
        code, _, err = run(*args, "--output", tmp_path / "nowhere" / "x.csv")
        assert code == 2
        assert "a writable file in a folder that exists" in err


def test_search_tells_items_facets_and_gaps(run) -> None:
    code, out, _ = run("search", "消防")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if "→" in line] == ["59", "191"]
    assert UNREAD in out
    told = json.loads(run("search", "许可", "--mode", "entrusted", "--city", "市市场监管局", "--json")[1])
    assert [item["no"] for item in told["items"]] == [150, 153]
    assert told["facets"]["mode"]["entrusted"] == 2
    assert told["missing"][0] == 4


def test_an_item_shows_printed_and_corrected_text_with_the_reason_in_both_languages(run) -> None:
    code, out, _ = run("show", 77)
    assert code == 0
    assert "道路货物运输使用4500千克及以下普通货运车辆从事普通货物运输许可（除克重及普通货运外）" in out
    assert out.startswith("77  道路货物运输经营许可（除使用4500千克及以下普通货运车辆从事普通货运经营外）")
    assert "高" in out
    assert "the printed text says the opposite" in out
    told = json.loads(run("show", 59, "--json")[1])
    assert told["printed"]["name"] == "建设工程消防验收"
    assert [one["applied"] for one in told["corrections"]] == [False, False]
    assert told["services"][0]["cite"] == "京建法〔2025〕3号"


def test_an_item_leads_to_the_law_s_other_items_its_neighbours_and_its_service(run) -> None:
    out = run("show", 59)[1]
    assert "《中华人民共和国消防法》: 191" in out
    assert "58 房地产开发企业资质核定；60 建设工程质量检测机构资质审批" in out
    assert "京建法〔2025〕3号" in out


@pytest.mark.parametrize(("number", "code"), [(3, 0), (4, 1), (8, 1), (9, 0), (193, 0), (194, 2), (0, 2)])
def test_a_lost_row_is_told_and_a_number_beyond_the_list_refused(run, number: int, code: int) -> None:
    left, out, err = run("show", number)
    assert left == code
    assert bool(out) is (code == 0)
    if code == 1:
        assert f"row {number} of the list is unread" in err


def test_check_ends_with_0_where_every_name_is_on_the_list_and_with_1_where_one_is_not(run) -> None:
    assert run("check", "建设工程消防验收", "律师事务所变更许可")[0] == 0
    code, out, err = run("check", "建设工程消防验收", "养老机构设立许可", "--json")
    assert code == 1
    assert [answer["kind"] for answer in json.loads(out)] == ["listed", "not_found"]
    assert "1 of 2 names: not found" in err


def test_check_without_a_name_is_bad_input(run) -> None:
    assert run("check")[0] == 2
    assert run("check", " ")[0] == 2


def test_a_list_is_answered_row_by_row_in_a_file(run, tmp_path: Path) -> None:
    names, answers = tmp_path / "names.txt", tmp_path / "answers.xlsx"
    names.write_text("建设工程消防验收\n\n=养老机构设立许可\n", encoding="utf-8")
    assert run("check", "--file", names, "--output", answers)[0] == 1
    rows = list(load_workbook(answers).worksheets[0].iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [
        ("1", "建设工程消防验收", "listed"),
        ("3", "=养老机构设立许可", "not_found"),
    ]
    assert run("check", "--file", names, "--output", tmp_path / "answers.csv")[0] == 1
    told = list(csv.DictReader(io.StringIO((tmp_path / "answers.csv").read_text(encoding="utf-8"))))
    assert [(row["row"], row["verdict"], row["items"]) for row in told] == [
        ("1", "listed", "59"),
        ("3", "not_found", ""),
    ]


def test_a_bad_list_is_refused_and_no_answer_is_written(run, tmp_path: Path) -> None:
    names, answers = tmp_path / "names.csv", tmp_path / "answers.csv"
    names.write_text("甲,乙\n丙,丁\n", encoding="utf-8")
    assert run("check", "--file", names, "--output", answers)[0] == 2
    assert not answers.exists()


def made_up(path: Path, name: str, *rows: str) -> Path:
    """An edition in a folder: every row "name|laws|bodies"."""
    path.mkdir()
    cite = f"灯发〔{name}〕1号"
    head = f'edition = "{name}"\ncite = "{cite}"\nlist = "{cite} 清单"\nrule = "{cite} 说明"\ncount = {len(rows)}\n'
    head += 'title = { zh = "灯塔许可清单", en = "Permits of the lighthouse" }\n'
    (path / "edition.toml").write_text(head, encoding="utf-8")
    lines = ["no,city_departments,name,legal_bases,zone_departments,implementing_bodies,remark"]
    for number, row in enumerate(rows, start=1):
        item, laws, bodies = row.split("|")
        lines.append(f"{number},市园林局,{item},{laws},灯塔局,{bodies},")
    (path / "items.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def two_editions(tmp_path: Path) -> tuple[Path, Path]:
    old = made_up(tmp_path / "old", "2029", "守塔人登记、变更核准|《灯塔条例》|审批局", "放烟花许可|《烟花法》|审批局")
    new = made_up(
        tmp_path / "new",
        "2030",
        "守塔人登记核准|《灯塔条例》|审批局",
        "守塔人变更核准|《灯塔条例》|审批局",
        "放烟花许可|《烟花法》|海鸥局",
    )
    return old, new


def test_two_editions_are_compared(run, two_editions: tuple[Path, Path]) -> None:
    code, out, _ = run("diff", *two_editions)
    assert code == 0
    assert "拆分 split  1 → 1–2  守塔人登记、变更核准 → 守塔人登记核准；守塔人变更核准" in out
    assert "变更实施部门 moved to another body  2 → 3  审批局 → 海鸥局" in out
    assert "2 changes" in out
    told = json.loads(run("diff", *two_editions, "--json")[1])
    assert [(one["kind"], one["before"], one["after"]) for one in told] == [("split", [1], [1, 2]), ("moved", [2], [3])]


def test_check_knows_earlier_names_where_an_earlier_edition_is_given(run, two_editions: tuple[Path, Path]) -> None:
    old, new = two_editions
    code, out, _ = run("check", "守塔人登记、变更核准", "--edition", new, "--before", old)
    assert code == 0
    assert "已拆分为第1项 守塔人登记核准；第2项 守塔人变更核准" in out
    code, out, err = run("check", "守塔人登记、变更核准", "--edition", new)
    assert code == 1
    assert "must not be handled as a permit" in out
    assert "not on the list" in err


def test_a_law_tells_its_items(run) -> None:
    code, out, _ = run("law", "消防法", "--json")
    assert code == 0
    assert [[item["no"] for item in law["items"]] for law in json.loads(out)] == [[59, 191]]
    assert run("law", "消防法")[1].splitlines()[0] == "《中华人民共和国消防法》  2 项 items"
    assert run("law")[1].splitlines()[0].split()[0] == "12"
    code, _, err = run("law", "没有的法")
    assert code == 1
    assert "no item of the list rests on it" in err


def test_guides_are_held_against_the_list(run, tmp_path: Path) -> None:
    path = tmp_path / "guides.toml"
    basis = 'basis = "《中华人民共和国消防法》"'
    head = '[[guide]]\nitem = 59\nupdated = 2025-12-02\ntime_limit = "15日"\nfee = "不收费"\nplace = "大厅"\n'
    path.write_text(f'{head}conditions = [{{ text = "完工", {basis} }}]\nmaterials = [{{ text = "图纸" }}]\n', "utf-8")
    code, out, err = run("guides", path)
    assert code == 1
    assert "现行 current: 1 项 items  59" in out
    assert "没有指南 without a guide: 178 项 items" in out
    assert "59  材料 materials  图纸" in out
    assert "1 to be mended" in err
    path.write_text(path.read_text("utf-8").replace('"图纸"', f'"图纸", {basis}'), "utf-8")
    code, out, _ = run("guides", path, "--json")
    assert code == 0
    told = json.loads(out)
    assert (told["states"]["59"], told["findings"]) == ("current", [])


def test_an_export_goes_to_standard_output_or_into_a_file(run, tmp_path: Path) -> None:
    code, out, _ = run("export", "--format", "csv")
    assert code == 0
    for form in ("csv", "json"):
        path = tmp_path / f"permits.{form}"
        assert run("export", "--format", form, "--output", path)[0] == 0
        assert path.read_text(encoding="utf-8") == run("export", "--format", form)[1]
    assert len(list(csv.DictReader(io.StringIO(out)))) == 179
    assert run("export", "--format", "pdf", "--output", tmp_path / "permits.pdf")[0] == 0
    assert (tmp_path / "permits.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.gazette_text
def test_a_list_is_read_from_the_text_of_an_issue_into_a_new_folder(run, tmp_path: Path, gazette_file: Path) -> None:
    code, out, _ = run("read", gazette_file, tmp_path / "read")
    assert code == 0
    assert "179 项 items" in out
    assert UNREAD in out
    assert run("show", 17, "--edition", tmp_path / "read")[0] == 0
    assert run("read", gazette_file, tmp_path / "read")[0] == 2
