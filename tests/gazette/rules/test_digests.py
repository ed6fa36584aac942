"""A file of digests is taken whole, or refused with everything that is wrong with it."""

import pytest

from gongbao.gazette.rules.digests import Digest, read_digests
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text

HEAD = """number = "示范发〔2030〕7号"
title = { zh = "灯塔巡查办法", en = "Measures for Lighthouse Inspection" }
"""
DIGEST = """[[digest]]
cite = "示范发〔2030〕7号 第二条"
zh = "灯塔每月查一次。"
en = "Lighthouses are inspected monthly."
readings = ["I-2"]
"""


def refused(text: str) -> list[tuple[int | None, str, str]]:
    """(entry, column, what should stand there) of every problem, in English."""
    with pytest.raises(BadInput) as caught:
        read_digests(text, "digests/lighthouse.toml")
    assert all(p.table == "digests/lighthouse.toml" and p.expected and p.expected_en for p in caught.value.problems)
    return [(p.row, p.column, p.expected_en) for p in caught.value.problems]


def test_a_digest_is_found_by_the_official_citation() -> None:
    read = read_digests(HEAD + DIGEST, "digests/lighthouse.toml")
    assert (read.number, read.title) == (
        "示范发〔2030〕7号",
        Text("灯塔巡查办法", "Measures for Lighthouse Inspection"),
    )
    assert read.digests == {
        "示范发〔2030〕7号 第二条": Digest("灯塔每月查一次。", "Lighthouses are inspected monthly.", ("I-2",))
    }


def test_digests_keep_the_order_of_the_file() -> None:
    text = HEAD + DIGEST.replace("第二条", "第十条") + DIGEST
    assert [cite[-3:] for cite in read_digests(text, "x").digests] == ["第十条", "第二条"]


def test_a_text_that_is_no_toml_is_refused() -> None:
    assert refused("number = ") == [(None, "", "the file must be TOML")]


def test_a_file_without_digests_is_refused() -> None:
    assert refused(HEAD) == [(None, "digest", "at least one [[digest]] is required")]


def test_a_missing_language_is_refused() -> None:
    assert refused(HEAD + DIGEST.replace('en = "Lighthouses are inspected monthly."\n', "")) == [
        (1, "en", "a text is required")
    ]


def test_a_blank_digest_is_refused() -> None:
    assert refused(HEAD + DIGEST.replace("灯塔每月查一次。", " ")) == [(1, "zh", "a text is required")]


def test_a_citation_out_of_the_official_form_is_refused_and_the_form_is_named() -> None:
    assert refused(HEAD + DIGEST.replace("示范发〔2030〕7号 第二条", "示范发[2030]7号第2条")) == [
        (1, "cite", "write 示范发〔2030〕7号 第二条")
    ]


def test_a_citation_that_cannot_be_read_is_refused() -> None:
    ((row, column, _),) = refused(HEAD + DIGEST.replace("示范发〔2030〕7号 第二条", "第二条"))
    assert (row, column) == (1, "cite")


def test_a_citation_of_another_document_is_refused() -> None:
    assert refused(HEAD + DIGEST.replace("〕7号 第二条", "〕8号 第二条")) == [
        (1, "cite", "must belong to 示范发〔2030〕7号")
    ]


def test_a_second_digest_of_one_provision_is_refused() -> None:
    assert refused(HEAD + DIGEST + DIGEST) == [(2, "cite", "one digest for each citation")]


def test_a_reading_without_its_number_is_refused() -> None:
    assert refused(HEAD + DIGEST.replace("I-2", "2")) == [(1, "readings", "a reading is numbered like I-2")]


def test_a_reading_named_twice_is_refused() -> None:
    assert refused(HEAD + DIGEST.replace('["I-2"]', '["I-2", "I-2"]')) == [(1, "readings", "each once")]


def test_an_unknown_field_is_refused() -> None:
    assert refused(HEAD + DIGEST + 'fr = "Les phares"\n') == [(1, "fr", "only these: cite, zh, en, readings")]


def test_a_title_in_one_language_is_refused() -> None:
    assert refused(HEAD.replace(', en = "Measures for Lighthouse Inspection"', "") + DIGEST) == [
        (None, "title.en", "a text is required")
    ]


def test_all_problems_of_a_file_are_named_at_once() -> None:
    second = DIGEST.replace("第二条", "第三条").replace("I-2", "II").replace("灯塔每月查一次。", "")
    assert [(row, column) for row, column, _ in refused("number = 7\n" + DIGEST + second)] == [
        (None, "number"),
        (None, "title"),
        (1, "cite"),
        (2, "cite"),
        (2, "readings"),
        (2, "zh"),
    ]
