from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.mentions import find_citations, find_document_numbers


def named(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.document, "".join(m.steps)) for m in find_citations(text)]


def test_document_numbers_are_found_with_their_place_and_without_the_words_before() -> None:
    text = "依据《通知》(财建〔2025〕341号)和根据国发[2012]第52号、国务院令 第 427 号"
    found = find_document_numbers(text)
    assert [m.document for m in found] == ["财建〔2025〕341号", "国发〔2012〕52号", "国务院令第427号"]
    assert [text[m.start : m.end] for m in found] == ["财建〔2025〕341号", "国发[2012]第52号", "国务院令 第 427 号"]


def test_an_article_bears_the_document_named_right_before_it() -> None:
    assert named("见京建法〔2025〕2号第七条和第九条。") == [
        ("京建法〔2025〕2号第七条", "京建法〔2025〕2号", "第七条"),
        ("第九条", "", "第九条"),
    ]
    assert named("《办法》(京建法〔2025〕2号)第七条")[-1][1:] == ("京建法〔2025〕2号", "第七条")
    assert named("《条例》第六十五条")[0][1:] == ("《条例》", "第六十五条")


def test_an_article_after_other_words_names_no_document() -> None:
    assert named("《条例》规定的情形,按第七条办理") == [("第七条", "", "第七条")]


def test_both_ends_of_a_range_and_every_article_of_a_list_are_found() -> None:
    assert [m[2] for m in named("第六十五条第(一)项至第(六)项")] == ["第六十五条（一）", "第六十五条（六）"]
    assert [m[2] for m in named("第十条第一款第（二）项、第（三）项和第二款")] == [
        "第十条第一款第（二）项",
        "第十条第一款第（三）项",
        "第十条第二款",
    ]
    assert [m[2] for m in named("本措施第二、三条")] == ["第二条", "第三条"]


def test_text_without_citations_has_none() -> None:
    assert named("本办法自2026年1月1日起试行,分为(一)和(二)两部分,第一批12个。") == []


@given(st.text("京建法国务院令〔〕[]()《》第一二十至、和条款项号 2025７\n", max_size=60))
def test_any_text_can_be_read_and_every_mention_lies_in_it(text: str) -> None:
    for mention in find_citations(text):
        assert 0 <= mention.start < mention.end <= len(text)
    assert {m.document for m in find_document_numbers(text)} <= {m.document for m in find_citations(text)}


@pytest.mark.gazette_text
def test_the_numbers_of_the_issue_are_found(gazette_file: Path) -> None:
    text = gazette_file.read_text(encoding="utf-8")
    numbers = {m.document for m in find_document_numbers(text)}
    assert numbers >= {
        "京建法〔2025〕2号",
        "京建法〔2025〕3号",
        "京商消二字〔2026〕3号",
        "京技管发〔2025〕31号",
        "京技管发〔2025〕32号",
        "京技管发〔2025〕33号",
        "京技管发〔2025〕34号",
        "京建发〔2022〕75号",
        "财建〔2025〕341号",
        "国务院令第427号",
        "国务院令第588号",
    }
    assert len(numbers) == 34
