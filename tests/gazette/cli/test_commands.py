"""The commands on a stored, made-up issue."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gongbao.config.cli import main
from gongbao.gazette.rules.plain import number_runs
from gongbao.gazette.rules.structure import Force, Issue

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs a command of the gazette; gives its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def command(*args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as done:
            main(["gazette", *args])
        printed = capsys.readouterr()
        return int(done.value.code or 0), printed.out + printed.err

    return command


Run = Callable[..., tuple[int, str]]


def values(run: Run, *args: str) -> Any:
    code, printed = run(*args, "--json")
    assert code == 0, printed
    return json.loads(printed)


def test_list_shows_every_document_with_the_days_it_holds(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    code, printed = run("list")
    assert code == 0
    for part in ("示范发〔2030〕7号", "灯塔巡查办法(试行)", "2030-04-01 – 2032-03-31", "试行", "2030-03-02"):
        assert part in printed


def test_list_as_json_tells_what_is_in_force_on_a_day(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    assert [d["number"] for d in values(run, "list")] == ["示范发〔2030〕7号", "示范发〔2030〕8号"]
    (only,) = values(run, "list", "--on", "2030-03-31", "--issue", "2030-2")
    assert (only["number"], only["begins"], only["ends"]) == ("示范发〔2030〕8号", "2030-03-02", None)


def test_list_marks_a_beginning_that_the_text_does_not_tell(issue: Issue, store: Store, run: Run) -> None:
    silent = replace(issue.documents[1], force=Force())
    store(replace(issue, documents=(silent,)))
    printed = run("list")[1]
    assert "2030-03-02* –" in printed
    assert "* 正文没有写明" in printed


def test_an_empty_list_says_how_to_import(run: Run) -> None:
    code, printed = run("list")
    assert code == 0
    assert "gongbao gazette import" in printed


def test_show_prints_an_article_with_what_stands_below_it(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    code, printed = run("show", "示范发[2030]7号", "第2条")
    assert code == 0
    assert printed.splitlines() == [
        "示范发〔2030〕7号 第二条  (2030年第2期, 文本 revision 1)",
        "  › 灯塔巡查办法(试行)",
        "  › 第一章 总则",
        "",
        "第二条 灯塔管理人应当每月巡查。",
        "  （一）检查灯器,含LED光源;",
        "  （二）记录误差不超过1.5%。",
    ]


def test_show_prints_what_a_document_is_and_what_is_in_it(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    _, printed = run("show", "示范发〔2030〕7号")
    assert printed.splitlines()[2:] == [
        "关于印发《灯塔巡查办法(试行)》的通知",
        "Circular on Issuing the Measures for Lighthouse Inspection (Trial)",
        "发文机关 issued by: 示范海事局",
        "发文日期 issued on: 2030-03-01",
        "效力 in force: 2030-04-01 – 2032-03-31 试行",
        "代替 replaces: 示范发〔2020〕1号",
        "依据 based on: 《示范海事条例》",
        "解释 explained by: 示范海事局",
        "",
        "关于印发《灯塔巡查办法(试行)》的通知",
        "",
        "灯塔巡查办法(试行)",
        "  第一章 总则",
        "    第二条",
        "  巡查评分表: 2 行 rows",
        "全文 the whole text: gongbao gazette export 示范发〔2030〕7号 --format text",
    ]
    assert "被引用 named by: 示范发〔2030〕7号" in run("show", "示范发〔2030〕8号")[1]


def test_show_prints_a_row_with_the_head_of_its_table(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    _, printed = run("show", "示范发〔2030〕7号 附件 基础项 灯器完好")
    assert printed.splitlines()[-3:] == ["基础项", "项目: 灯器完好", "分值: 10分"]


def test_show_as_json_gives_the_text_and_its_parts(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    shown = values(run, "show", "示范发〔2030〕7号 第二条（一）")
    assert shown["cite"] == "示范发〔2030〕7号 第二条（一）"
    assert shown["text"] == "（一）检查灯器,含LED光源;"
    assert shown["value"]["responsible"] == ["灯塔处"]
    assert shown["inside"] == ["示范发〔2030〕7号", "示范发〔2030〕7号 第一章", "示范发〔2030〕7号 第二条"]


@pytest.mark.parametrize("args", [("示范发〔2030〕7号 第九条",), ("灯塔",), ("示范发〔2030〕7号", "--revision", "9")])
def test_show_refuses_what_is_not_there_with_code_2(
    args: tuple[str, ...], issue: Issue, store: Store, run: Run
) -> None:
    store(issue)
    code, printed = run("show", *args)
    assert code == 2
    assert "没有写入任何内容" in printed
    assert "\n" in printed and "Traceback" not in printed


def test_search_marks_what_it_found_in_its_context(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    code, printed = run("search", "误差", "1.5%")
    assert code == 0
    assert printed.splitlines() == [
        "示范发〔2030〕7号 第二条（二）",
        "  （二）记录【误差】不超过【1.5%】。",
        "第 1–1 处,共 1 处 places",
    ]


def test_search_for_a_citation_names_its_place_first(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    code, printed = run("search", "示范发[2030]7号", "第2条")
    assert code == 0
    assert printed.splitlines()[:2] == ["→ 示范发〔2030〕7号 第二条", "  第二条 灯塔管理人应当每月巡查。"]
    assert "没有找到" not in printed
    assert values(run, "search", "灯塔")["named"] is None


def test_search_for_a_citation_whose_text_is_not_imported_gives_its_digest(run: Run) -> None:
    code, printed = run("search", "京建法[2025]2号第7条")
    assert code == 0
    assert printed.startswith("→ 京建法〔2025〕2号 第七条\n  摘要 digest: ")


def test_search_goes_through_its_pages(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    _, first = run("search", "灯", "--limit", "2")
    assert "--start 2" in first
    _, beyond = run("search", "灯", "--start", "99")
    assert "没有更多" in beyond
    assert values(run, "search", "灯", "--limit", "2")["count"] == values(run, "search", "灯")["count"] > 2


def test_search_that_finds_nothing_says_so_and_one_without_a_word_is_refused(
    issue: Issue, store: Store, run: Run
) -> None:
    store(issue)
    assert run("search", "没有的词") == (0, "没有找到。Nothing was found.\n")
    assert run("search", "。")[0] == 2


def test_brackets_in_a_text_are_printed_as_they_are(issue: Issue, store: Store, run: Run) -> None:
    odd = replace(issue.documents[1], title="关于[bold]的通知[/bold]")
    store(replace(issue, documents=(odd,)))
    assert "关于[bold]的通知[/bold]" in run("list")[1]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], ""), ([4], "4"), ([4, 5, 6, 8], "4–6, 8"), ([9, 1, 2], "1–2, 9")],
)
def test_runs_of_numbers_are_drawn_together(numbers: list[int], expected: str) -> None:
    assert number_runs(numbers) == expected


def test_diff_shows_the_words_that_went_and_came(issue: Issue, better: Issue, store: Store, run: Run) -> None:
    store(issue)
    assert run("diff", "示范发〔2030〕8号")[0] == 2
    store(better)
    code, printed = run("diff", "示范发〔2030〕8号")
    assert code == 0
    assert printed.splitlines() == [
        "示范发〔2030〕8号: 文本 revision 1 → 2",
        "改动 changed: 示范发〔2030〕8号 一",
        "  经费 经费按[-季-]{+月+}拨付。巡查人员的补贴另行规定。",
    ]
    assert values(run, "diff", "示范发〔2030〕8号")[0]["kind"] == "changed"


def test_export_prints_the_document_and_nothing_else(issue: Issue, store: Store, run: Run) -> None:
    store(issue)
    code, printed = run("export", "示范发〔2030〕8号", "--format", "text")
    assert code == 0
    assert printed.splitlines()[0] == "关于灯塔经费的通知"
    assert printed.splitlines()[-1] == "2030-03-02"


def test_show_gives_the_digest_of_a_text_that_is_not_imported_and_says_so(run: Run) -> None:
    code, printed = run("show", "京建法〔2025〕2号", "第七条")
    assert code == 0
    for part in ("京建法〔2025〕2号 第七条", "摘要 digest:", "读法 I-1", "正文没有导入", "The text is not imported"):
        assert part in printed
    told = values(run, "show", "京建法〔2025〕2号 第七条")
    assert told["imported"] is False
    assert told["digest"]["zh"]
