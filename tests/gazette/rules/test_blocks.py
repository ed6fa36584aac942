"""Texts laid out for a page: blocks, anchors, and the links in their words."""

import pytest

from gongbao.gazette.rules.blocks import Span, blocks, sheet, spans
from gongbao.gazette.rules.export_html import document_to_html
from gongbao.gazette.rules.structure import Issue

NUMBER = "示范发〔2030〕7号"


def nowhere(document: str, steps: tuple[str, ...]) -> str:
    return ""


def everywhere(document: str, steps: tuple[str, ...]) -> str:
    return " ".join((document or "本文", *steps))


def test_blocks_come_in_the_order_of_the_text_each_deeper_than_what_holds_it(issue: Issue) -> None:
    laid = list(blocks(issue.documents[0].works[1], "work_2", nowhere))
    assert [(one.cite.removeprefix(NUMBER).strip(), one.depth) for one in laid] == [
        ("第一章", 0),
        ("第二条", 1),
        ("第二条（一）", 2),
        ("第二条（二）", 2),
    ]


def test_a_number_stands_before_its_words_or_with_its_title_on_a_line_of_its_own(issue: Issue) -> None:
    chapter, article, *_ = blocks(issue.documents[0].works[1], "work_2", nowhere)
    assert (chapter.head, chapter.paragraphs) == ("第一章 总则", ())
    assert article.head == ""
    assert article.name == "第二条"
    assert article.paragraphs == ((Span("第二条 灯塔管理人应当每月巡查。"),),)


def test_every_anchor_is_named_once_and_is_that_of_the_exported_page(issue: Issue) -> None:
    document = issue.documents[0]
    names = [one.anchor for n, work in enumerate(document.works, 1) for one in blocks(work, f"work_{n}", nowhere)]
    assert len(names) == len(set(names))
    exported = document_to_html(document)
    assert [name for name in names if f'id="{name}"' not in exported] == []


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("依照第二条办理", {"第二条": "本文 第二条"}),
        ("依照示范发〔2030〕8号办理", {"示范发〔2030〕8号": "示范发〔2030〕8号"}),
        ("依照《示范条例》办理", {"《示范条例》": "《示范条例》"}),
        ("依照《示范条例》第三条办理", {"《示范条例》第三条": "《示范条例》 第三条"}),
        ("没有引用", {}),
    ],
)
def test_what_a_text_names_becomes_a_link_and_the_other_words_stay(text: str, linked: dict[str, str]) -> None:
    found = spans(text, everywhere)
    assert "".join(span.text for span in found) == text
    assert {span.text: span.cite for span in found if span.cite} == linked


def test_what_leads_nowhere_stays_plain() -> None:
    assert spans("依照《示范条例》第三条办理", nowhere) == (Span("依照《示范条例》第三条办理"),)


def test_a_provision_does_not_link_to_itself(issue: Issue) -> None:
    article = list(blocks(issue.documents[0].works[1], "w", lambda *_: f"{NUMBER} 第二条"))[1]
    assert [span.cite for spans in article.paragraphs for span in spans] == [""]


def test_a_row_says_its_group_where_the_group_begins_and_each_cell_its_head(issue: Issue) -> None:
    rows = sheet(issue.documents[0].works[1].tables[0], "here", nowhere).rows
    assert [row.group for row in rows] == ["基础项", ""]
    assert [(head, cell[0].text) for head, cell in rows[0].cells] == [("项目", "灯器完好"), ("分值", "10分")]
