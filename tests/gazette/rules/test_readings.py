"""A file of readings is taken whole, or refused with everything that is wrong with it."""

import pytest

from gongbao.gazette.rules.readings import Reading, read_readings
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text

READING = """[[reading]]
number = "I-1"
cites = ["示范发〔2030〕7号 第二条", "示范发〔2030〕7号 附件"]
question = { zh = "每月指什么？", en = "What is a month?" }
reading = { zh = "日历月。", en = "A calendar month." }
why = { zh = "通常的数法。", en = "Usual counting." }
"""


def refused(text: str) -> list[tuple[int | None, str, str]]:
    """(entry, column, what should stand there) of every problem, in English."""
    with pytest.raises(BadInput) as caught:
        read_readings(text, "readings.toml")
    assert all(p.table == "readings.toml" and p.expected and p.expected_en for p in caught.value.problems)
    return [(p.row, p.column, p.expected_en) for p in caught.value.problems]


def test_a_reading_is_found_by_its_number() -> None:
    assert read_readings(READING, "readings.toml") == {
        "I-1": Reading(
            "I-1",
            ("示范发〔2030〕7号 第二条", "示范发〔2030〕7号 附件"),
            Text("每月指什么？", "What is a month?"),
            Text("日历月。", "A calendar month."),
            Text("通常的数法。", "Usual counting."),
        )
    }


def test_a_number_used_twice_is_refused() -> None:
    assert refused(READING + READING) == [(2, "number", "each number once")]


@pytest.mark.parametrize("number", ["1", "I-0", "I-01", "i-1", "I-"])
def test_a_number_of_another_form_is_refused(number: str) -> None:
    assert refused(READING.replace("I-1", number)) == [(1, "number", "a reading is numbered like I-2")]


def test_a_reading_about_nothing_is_refused() -> None:
    cites = '["示范发〔2030〕7号 第二条", "示范发〔2030〕7号 附件"]'
    assert refused(READING.replace(cites, "[]")) == [(1, "cites", "the provisions it is about are required")]


def test_a_citation_out_of_the_official_form_is_refused() -> None:
    assert refused(READING.replace("7号 附件", "7号附件")) == [(1, "cites", "write 示范发〔2030〕7号 附件")]


def test_a_reading_without_its_reason_is_refused() -> None:
    assert refused(READING.replace('why = { zh = "通常的数法。", en = "Usual counting." }', "")) == [
        (1, "why", "zh and en are required")
    ]


def test_a_reading_in_one_language_is_refused() -> None:
    assert refused(READING.replace(', en = "A calendar month."', "")) == [(1, "reading.en", "a text is required")]
