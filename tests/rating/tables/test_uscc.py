"""Credit codes against python-stdnum."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from gongbao.rating.tables.uscc import ALPHABET, check_characters, is_code

CHARACTERS = st.sampled_from(ALPHABET + "IOSVZabc-")


@settings(deadline=None)  # a busy machine is no error
@given(st.lists(st.tuples(st.text("0123456789", min_size=8, max_size=8), st.text(ALPHABET, min_size=9, max_size=9))))
def test_the_check_character_is_the_one_of_the_peer(parts: list[tuple[str, str]]) -> None:
    bodies = ["".join(part) for part in parts]
    expected = [peer.calc_check_digit(body) for body in bodies]
    assert check_characters(pl.Series(bodies, dtype=pl.String)).to_list() == expected
    assert is_code(pl.Series([b + e for b, e in zip(bodies, expected, strict=True)], dtype=pl.String)).all()


@settings(deadline=None)  # a busy machine is no error
@given(st.lists(st.text(CHARACTERS, min_size=16, max_size=19)))
def test_a_code_is_one_exactly_when_the_peer_says_so(codes: list[str]) -> None:
    expected = [peer.is_valid(code) and code == peer.compact(code) for code in codes]
    assert is_code(pl.Series(codes, dtype=pl.String)).to_list() == expected


def test_a_known_code_is_one_and_with_another_check_character_none() -> None:
    known = pl.Series(["91110000600037341L", "91110000600037341M", None])
    assert is_code(known).to_list() == [True, False, None]
