from datetime import date

import pytest

from gongbao.gazette.rules.structure import Force
from gongbao.gazette.rules.validity import Validity, validity

ISSUED = date(2030, 3, 1)


@pytest.mark.parametrize(
    ("force", "issued", "expected"),
    [
        (Force(begins=date(2030, 4, 1)), ISSUED, Validity(date(2030, 4, 1), None, stated=True)),
        (Force(from_publication=True), ISSUED, Validity(ISSUED, None, stated=True)),
        (Force(), ISSUED, Validity(ISSUED, None, stated=False)),
        (Force(), None, Validity(None, None, stated=False)),
        (Force(from_publication=True), None, Validity(None, None, stated=False)),
        (Force(ends=date(2031, 1, 1)), ISSUED, Validity(ISSUED, date(2031, 1, 1), stated=False)),
    ],
)
def test_a_document_begins_when_it_says_or_on_the_day_under_it(
    force: Force, issued: date | None, expected: Validity
) -> None:
    assert validity(force, issued) == expected


@pytest.mark.parametrize(
    ("ends", "replaced_on", "last", "by"),
    [
        (None, date(2031, 6, 1), date(2031, 5, 31), "新"),
        (date(2031, 6, 1), date(2031, 6, 1), date(2031, 5, 31), "新"),
        (date(2031, 5, 31), date(2031, 6, 1), date(2031, 5, 31), ""),
        (date(2031, 5, 30), date(2031, 6, 1), date(2031, 5, 30), ""),
        (date(2031, 6, 2), date(2031, 6, 1), date(2031, 5, 31), "新"),
    ],
)
def test_a_replaced_document_ends_by_itself_or_by_the_other_whichever_is_earlier(
    ends: date | None, replaced_on: date, last: date, by: str
) -> None:
    found = validity(Force(ends=ends), ISSUED, ("新", replaced_on))
    assert (found.ends, found.replaced_by) == (last, by)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2030, 2, 28), False),
        (date(2030, 3, 1), True),
        (date(2031, 1, 1), True),
        (date(2031, 1, 2), False),
    ],
)
def test_the_first_and_the_last_day_count(on: date, holds: bool) -> None:
    assert Validity(ISSUED, date(2031, 1, 1), stated=True).holds(on) is holds


def test_where_the_beginning_is_unknown_the_answer_is_neither_yes_nor_no_until_it_has_ended() -> None:
    silent = Validity(None, date(2031, 1, 1), stated=False)
    assert silent.holds(date(2031, 1, 1)) is None
    assert silent.holds(date(2031, 1, 2)) is False
