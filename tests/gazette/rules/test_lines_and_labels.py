"""Lines cleaned, sentences joined, marks recognised."""

import pytest

from gongbao.gazette.rules.dates import is_date_line, read_date
from gongbao.gazette.rules.labels import read_bare_heading, read_label
from gongbao.gazette.rules.lines import Line, broken_text, drop_furniture, find_masthead, read_lines, tidy
from gongbao.gazette.rules.paragraphs import is_ended, join_lines


@pytest.mark.parametrize(
    ("scanned", "clean"),
    [
        ("总 则", "总则"),
        ("自 2026 年 1 月 1 日起", "自2026年1月1日起"),
        ("参与 ITER 计划", "参与ITER计划"),
        ("Issue No. 13", "Issue No. 13"),
        ("《甲法》 《乙条例》", "《甲法》 《乙条例》"),
        ("（国发〔2016〕72号）  《乙条例》", "（国发〔2016〕72号） 《乙条例》"),
        ("* 物业收费", "* 物业收费"),
        ("结果 * 50%", "结果 * 50%"),
        ("\u3000全角空格\u3000", "全角空格"),
    ],
)
def test_spaces_of_the_scan_go_and_others_stay(scanned: str, clean: str) -> None:
    assert tidy(scanned) == clean


def test_markup_is_taken_off_text_and_reported_where_it_stands_alone() -> None:
    lines, noise = read_lines("## 标题\n**加粗的\n文字**\n---\n![图](a.png)\n- 条目\n* 项目荣誉\t加分\n……\n")
    assert [line.text for line in lines] == ["标题", "加粗的", "文字", "条目", "* 项目荣誉\t加分"]
    assert [(one.line, one.why) for one in noise] == [(4, "markup"), (5, "picture"), (8, "unreadable")]


@pytest.mark.parametrize(
    ("text", "lost"), [("好好\ufffd", True), ("好好好\ufffd", False), ("，。", True), ("好", False)]
)
def test_a_line_is_unreadable_from_a_third_of_lost_characters_on(text: str, lost: bool) -> None:
    assert broken_text(text) is lost


def test_the_masthead_is_learned_and_page_numbers_go() -> None:
    lines, _ = read_lines("某市人民政府公报\n甲\n某市人民政府公报\n- 12 -\n12\n乙公报\n1234\n")
    masthead = find_masthead(lines)
    kept, noise = drop_furniture(lines, masthead)
    assert masthead == "某市人民政府公报"
    assert [line.text for line in kept] == ["甲", "乙公报", "1234"]
    assert [one.why for one in noise] == ["furniture", "furniture", "furniture", "repeated"]


@pytest.mark.parametrize(
    ("text", "level", "step", "rest"),
    [
        ("第二十一章 附 则", "chapter", "第二十一章", "附 则"),
        ("第3节 目的", "section", "第三节", "目的"),
        ("第一百零五条 为了", "article", "第一百零五条", "为了"),
        ("第三条之一 可以", "article", "第三条之一", "可以"),
        ("第 7 条 中介机构", "article", "第七条", "中介机构"),
        ("十二、其他", "part", "十二", "其他"),
        ("(三)现场", "item", "（三）", "现场"),
        ("（十）时限", "item", "（十）", "时限"),
        ("12.项目", "subitem", "12", "项目"),
        ("3、项目", "subitem", "3", "项目"),
        ("（4）单位", "point", "（4）", "单位"),
    ],
)
def test_marks_of_every_level(text: str, level: str, step: str, rest: str) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.level, label.step, label.rest) == (level, step, rest)


@pytest.mark.parametrize(
    "text",
    [
        "第六十五条第（一）项",
        "第七条规定的",
        "第三条至第五条",
        "3.5万元",
        "2026.1.1",
        "100.以上",
        "一是提高",
        "（试行）",
        "7个工作日",
    ],
)
def test_words_that_only_look_like_marks_are_none(text: str) -> None:
    assert read_label(text) is None


def test_only_a_word_alone_is_a_bare_heading() -> None:
    heading = read_bare_heading("说 明")
    assert heading is not None
    assert heading.step == "说明"
    assert read_bare_heading("说明如下") is None


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("到此为止。", True),
        ("如下：", True),
        ("他说“好。”", True),
        ("支持。（责任单位：甲局）", True),
        ("（含信息采集项目）", False),
        ("《北京市", False),
        ("支持（责", False),
        ("“开始。", False),
        ("一般规定", False),
        ("", False),
    ],
)
def test_a_sentence_ends_at_its_stop_and_not_inside_brackets(text: str, ended: bool) -> None:
    assert is_ended(text) is ended


def test_joined_lines_know_the_line_of_every_character() -> None:
    (first, second) = join_lines([Line(3, "甲乙"), Line(7, "丙。"), Line(9, "丁。")])
    assert (first.text, second.text) == ("甲乙丙。", "丁。")
    assert [first.line_at(offset) for offset in range(4)] == [3, 3, 7, 7]


def test_foreign_words_keep_a_space_where_lines_join() -> None:
    (paragraph,) = join_lines([Line(1, "the open"), Line(2, "door。")])
    assert paragraph.text == "the open door。"
    assert paragraph.line_at(8) == 2


def test_dates_that_no_calendar_has_are_none() -> None:
    assert read_date("2026年2月30日") is None
    assert not is_date_line("2026年2月30日")
    assert not is_date_line("2026年2月11日起")
    assert is_date_line("二〇二六年二月十一日")
