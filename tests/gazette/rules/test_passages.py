from dataclasses import replace

import pytest

from gongbao.gazette.rules.passages import label, pieces
from gongbao.gazette.rules.structure import Issue, Level, Provision


@pytest.mark.parametrize(
    ("level", "number", "expected"),
    [
        ("chapter", "一", "第一章"),
        ("section", "二", "第二节"),
        ("article", "七", "第七条"),
        ("article", "三之一", "第三条之一"),
        ("part", "二", "二、"),
        ("item", "二", "（二）"),
        ("subitem", "3", "3."),
        ("point", "3", "（3）"),
        ("paragraph", "", ""),
        ("preamble", "", ""),
        ("heading", "", ""),
    ],
)
def test_a_provision_bears_its_number_the_way_it_is_printed(level: Level, number: str, expected: str) -> None:
    assert label(Provision("", level, number, "", "", (1, 1))) == expected


def test_a_document_is_cut_into_titles_provisions_and_rows_in_the_order_of_the_text(issue: Issue) -> None:
    found = list(pieces(issue.documents[0]))
    assert [piece.cite.removeprefix("示范发〔2030〕7号").strip() for piece in found] == [
        "",
        "通知",
        "第一章",
        "第二条",
        "第二条（一）",
        "第二条（二）",
        "附件",
        "附件 基础项 灯器完好",
        "附件 基础项 记录齐全",
    ]
    assert found[2].text == "第一章 总则"
    assert found[3].text == "第二条 灯塔管理人应当每月巡查。"
    assert found[7].text == "基础项\n灯器完好\n10分"


def test_titles_names_and_issuers_stand_once_in_the_first_piece(issue: Issue) -> None:
    first = next(pieces(issue.documents[0])).text.split("\n")
    assert first == [
        "示范发〔2030〕7号",
        "关于印发《灯塔巡查办法(试行)》的通知",
        "Circular on Issuing the Measures for Lighthouse Inspection (Trial)",
        "灯塔巡查办法(试行)",
        "巡查办法",
        "示范海事局",
    ]


def test_a_document_without_a_number_goes_by_its_title(issue: Issue) -> None:
    assert next(pieces(replace(issue.documents[1], number=""))).cite == "关于灯塔经费的通知"
