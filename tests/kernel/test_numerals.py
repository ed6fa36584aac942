import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.numerals import to_chinese, to_int


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_reads_back(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_articles_count_them(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize(
    ("text", "number"), [("二〇二五", 2025), ("二零二五", 2025), ("○", 0), ("一十二", 12), ("007", 7)]
)
def test_other_usual_spellings_read_too(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", "七条", "-1", "1.5", "甲"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        to_int(text)


@pytest.mark.parametrize("number", [0, 10_000, -1])
def test_only_1_to_9999_can_be_written(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        to_chinese(number)
