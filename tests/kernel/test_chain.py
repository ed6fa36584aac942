from dataclasses import replace

import pytest

from gongbao.kernel.chain import Entry, Personal, append, seal, verify

SUBJECT = "91110000MA00000000"
SALT = "00112233445566778899aabbccddeeff"


def chain(length: int = 4, algorithm: str = "sha256") -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        personal = {"name": Personal("张三(虚构)", SALT)} if number == 1 else {}
        entries.append(
            append(SUBJECT, entries[-1] if entries else None, {"kind": "fact", "n": number}, personal, algorithm)
        )
    return entries


def rewritten(entry: Entry) -> Entry:
    """The entry changed by somebody who also works its hash out anew."""
    before = replace(entry, sequence=entry.sequence - 1, hash=entry.previous) if entry.sequence > 1 else None
    return append(entry.subject, before, {"n": "rewritten"})


def first(entries: list[Entry]) -> int | None:
    return verify(entries)[0].sequence


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_chain_of_any_length_and_algorithm_verifies(algorithm: str) -> None:
    for length in range(4):
        assert verify(chain(length, algorithm)) == []


def test_a_chain_may_go_on_with_another_algorithm() -> None:
    entries = chain(2)
    entries.append(append(SUBJECT, entries[-1], {"n": 3}, algorithm="sm3"))
    entries.append(append(SUBJECT, entries[-1], {"n": 4}))
    assert verify(entries) == []


def test_sequence_and_previous_hash_link_each_entry_to_the_one_before() -> None:
    entries = chain()
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4]
    assert [entry.previous for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]


CHANGES = [
    {"version": 2},
    {"algorithm": "sm3"},
    {"algorithm": "md5"},
    {"subject": "x"},
    {"sequence": 7},
    {"previous": "0" * 64},
    {"payload": {"kind": "fact", "n": 99}},
    {"payload": {"n": 0.5}},
    {"personal": {"name": "0" * 64}},
    {"hash": "0" * 64},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_changed_field_names_its_entry(change: dict[str, object], at: int) -> None:
    entries = chain()
    entries[at - 1] = replace(entries[at - 1], **change)
    assert first(entries) == at


def test_a_sealed_hash_that_is_taken_away_names_its_entry() -> None:
    entries = chain()
    entries[1] = replace(entries[1], personal={})
    assert first(entries) == 2


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_entry_rewritten_with_a_fresh_hash_is_named_through_the_next_one(at: int) -> None:
    entries = chain()
    entries[at - 1] = rewritten(entries[at - 1])
    failures = verify(entries)
    assert [failure.sequence for failure in failures] == [at]
    assert "改写" in str(failures[0])


def test_a_last_entry_rewritten_with_a_fresh_hash_is_consistent_in_itself() -> None:
    """Only a published root finds this; see test_merkle and test_archive_file."""
    entries = chain()
    entries[-1] = rewritten(entries[-1])
    assert verify(entries) == []


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_missing_entry_is_named(at: int) -> None:
    entries = chain()
    del entries[at - 1]
    assert first(entries) == at


def test_entries_out_of_order_or_of_another_subject_are_found() -> None:
    entries = chain()
    assert first([entries[0], entries[2], entries[1], entries[3]]) == 2
    foreign = append("other", None, {"n": 0})
    assert first([entries[0], append("other", foreign, {"n": 1})]) == 2


def test_the_first_of_several_changed_entries_comes_first() -> None:
    entries = chain()
    entries[3] = replace(entries[3], payload={"n": 99})
    entries[1] = replace(entries[1], payload={"n": 99})
    assert [failure.sequence for failure in verify(entries)] == [2, 4]


def test_a_personal_value_can_be_proven_and_erased() -> None:
    entries = chain()
    assert entries[1].personal == {"name": seal("name", Personal("张三(虚构)", SALT))}
    assert "张三" not in repr(entries)
    assert verify(entries) == [], "the chain holds the sealed hash alone, whether or not the value is kept elsewhere"


@pytest.mark.parametrize(
    "other",
    [
        ("name", Personal("李四(虚构)", SALT)),
        ("phone", Personal("张三(虚构)", SALT)),
        ("name", Personal("张三(虚构)", SALT[::-1])),
    ],
)
def test_value_field_and_salt_are_all_sealed(other: tuple[str, Personal]) -> None:
    assert seal(*other) != seal("name", Personal("张三(虚构)", SALT))


def test_a_short_salt_is_refused() -> None:
    assert seal("name", Personal("x", "0" * 32))
    for salt in ("0" * 31, "g" * 32, "0A" * 16):
        with pytest.raises(ValueError, match="盐值"):
            seal("name", Personal("x", salt))


def test_what_cannot_be_written_exactly_is_refused() -> None:
    for bad in ({"points": 0.1}, {"n": 2**53}):
        with pytest.raises(ValueError, match="/ "):
            append(SUBJECT, None, bad)
    with pytest.raises(ValueError, match="属于"):
        append("other", chain(1)[0], {})
    with pytest.raises(ValueError, match="未知的摘要算法"):
        append(SUBJECT, None, {}, algorithm="md5")
