import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.canonical import canonical, digest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_reads_back_and_is_written_the_same_again(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written
    assert "\n" not in written


def test_keys_are_sorted_and_nothing_is_escaped_or_spaced() -> None:
    assert canonical({"乙": [1, None], "a": {"z": True, "b": "公报"}}) == '{"a":{"b":"公报","z":true},"乙":[1,null]}'


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), {"a": [1.0]}, Decimal("1"), b"x", {1: "a"}, {"a": {2: "b"}}, {"a"}, "\ud800", {"\udfff": 1}],
)
def test_what_json_or_other_readers_would_blur_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="/ "):
        canonical(value)


def test_the_largest_whole_number_is_2_53_minus_1() -> None:
    assert canonical([2**53 - 1, 1 - 2**53]) == "[9007199254740991,-9007199254740991]"
    for number in (2**53, -(2**53)):
        with pytest.raises(ValueError, match="超出"):
            canonical(number)


def test_the_algorithms_are_the_published_ones() -> None:
    assert digest("sha256", b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("sm3", b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_an_unknown_algorithm_is_refused_and_a_missing_one_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="未知的摘要算法 'md5'"):
        digest("md5", b"abc")
    monkeypatch.setattr("gongbao.kernel.canonical.ALGORITHMS", ("sm9",))
    with pytest.raises(ValueError, match="不提供 sm9"):
        digest("sm9", b"abc")
