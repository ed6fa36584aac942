import json
from dataclasses import replace

import pytest

from gongbao.kernel.archive_file import file_lines, verify_file_lines
from gongbao.kernel.canonical import canonical, digest
from gongbao.kernel.chain import Entry, Personal, append
from gongbao.kernel.merkle import Head, prove, root

SUBJECT = "主体甲"
NAME = Personal("张三(虚构)", "00112233445566778899aabbccddeeff")
OTHERS = [Head("主体乙", 4, "1" * 64), Head("主体丙", 2, "2" * 64)]


def dossier(words: str = "第一次", length: int = 3) -> list[tuple[Entry, dict[str, Personal | None]]]:
    made: list[tuple[Entry, dict[str, Personal | None]]] = []
    for n in range(length):
        personal = {"name": NAME} if n == 1 else {}
        made.append(
            (append(SUBJECT, made[-1][0] if made else None, {"n": n, "words": words}, personal), dict(personal))
        )
    return made


def exported(made: list[tuple[Entry, dict[str, Personal | None]]], proven: int | None = None) -> tuple[list[str], str]:
    """The lines, proven at entry number `proven` (the last), and the root."""
    entry = made[(proven or len(made)) - 1][0]
    head = Head(SUBJECT, entry.sequence, entry.hash)
    whole = root([*OTHERS, head])
    return list(file_lines(SUBJECT, made, (head, prove([*OTHERS, head], SUBJECT), whole))), whole


def sealed(lines: list[str]) -> list[str]:
    """The lines with a foot worked out anew, as a forger would."""
    body = lines[:-1]
    foot = {"algorithm": "sha256", "lines": len(body), "digest": digest("sha256", "\n".join(body).encode())}
    return [*body, canonical(foot)]


def test_an_exported_dossier_verifies_with_and_without_the_root() -> None:
    lines, whole = exported(dossier())
    assert verify_file_lines(lines) == []
    assert verify_file_lines([line + "\n" for line in lines], whole.upper()) == []
    assert verify_file_lines(file_lines(SUBJECT, dossier())) == []
    assert verify_file_lines(file_lines(SUBJECT, [])) == []


def test_a_root_from_before_the_last_entries_still_holds() -> None:
    lines, whole = exported(dossier(), proven=2)
    assert verify_file_lines(lines, whole) == []


def test_an_erased_personal_value_does_not_break_the_chain() -> None:
    made = dossier()
    made[1][1]["name"] = None
    lines, whole = exported(made)
    assert "张三" not in "".join(lines)
    assert verify_file_lines(lines, whole) == []


def test_every_changed_byte_of_an_entry_names_that_entry_first() -> None:
    lines, whole = exported(dossier())
    for number in range(1, len(lines) - 1):
        for at, character in enumerate(lines[number]):
            changed = lines[number][:at] + ("x" if character != "x" else "y") + lines[number][at + 1 :]
            failures = verify_file_lines([*lines[:number], changed, *lines[number + 1 :]], whole)
            assert failures[0].sequence == number, (number, at)


def test_every_changed_byte_of_head_and_foot_is_found() -> None:
    lines, _ = exported(dossier())
    for number in (0, len(lines) - 1):
        for at, character in enumerate(lines[number]):
            changed = lines[number][:at] + ("x" if character != "x" else "y") + lines[number][at + 1 :]
            assert verify_file_lines([*lines[:number], changed, *lines[number + 1 :]]), (number, at)


@pytest.mark.parametrize("byte", [" ", "\r", "\ufeff", "\udcff"])
def test_bytes_that_change_no_meaning_are_found_too(byte: str) -> None:
    lines, _ = exported(dossier())
    failures = verify_file_lines([*lines[:2], byte + lines[2], *lines[3:]])
    assert failures[0].sequence == 2


@pytest.mark.parametrize("number", range(5))
def test_a_missing_line_is_found_even_under_a_fresh_foot(number: int) -> None:
    lines, whole = exported(dossier())
    without = [*lines[:number], *lines[number + 1 :]]
    assert verify_file_lines(without)
    if 0 < number < 4:
        assert verify_file_lines(sealed(without), whole)[0].sequence in {number, None}


def test_a_changed_personal_value_is_found_even_under_a_fresh_foot() -> None:
    lines, _ = exported(dossier())
    failures = verify_file_lines(sealed([line.replace("张三", "李四") for line in lines]))
    assert [failure.sequence for failure in failures] == [2]
    assert "“name”" in str(failures[0])
    dropped = verify_file_lines(
        sealed([line.replace(canonical({"name": {"salt": NAME.salt, "value": NAME.value}}), "{}") for line in lines])
    )
    assert [failure.sequence for failure in dropped] == [2]


def test_a_chain_rewritten_as_a_whole_is_found_by_the_published_root_alone() -> None:
    _, whole = exported(dossier())
    forged, forged_root = exported(dossier("改写过"))
    assert verify_file_lines(forged) == []
    assert verify_file_lines(forged, forged_root) == []
    failures = verify_file_lines(forged, whole)
    assert len(failures) == 1
    assert whole in str(failures[0])


def test_a_forged_chain_under_the_true_proof_does_not_lead_to_its_root() -> None:
    true, whole = exported(dossier())
    forged, _ = exported(dossier("改写过"))
    failures = verify_file_lines(sealed([true[0], *forged[1:]]), whole)
    assert ["根值证明不符" in str(failure) for failure in failures] == [True]


def test_a_file_without_proof_cannot_be_held_against_a_root() -> None:
    failures = verify_file_lines(file_lines(SUBJECT, dossier()), "0" * 64)
    assert ["没有根值证明" in str(failure) for failure in failures] == [True]


@pytest.mark.parametrize(
    "proof",
    [
        None,
        {},
        {"sequence": 9},
        {"index": "0"},
        {"path": 5},
        {"path": [1]},
        {"algorithm": "md5"},
        {"size": 1},
        {"more": 1},
        {"root": "0"},
    ],
)
def test_a_proof_that_is_none_is_a_failure_and_no_crash(proof: dict[str, object] | None) -> None:
    lines, _ = exported(dossier())
    top = json.loads(lines[0])
    top["proof"] = top["proof"] | proof if proof else proof
    failures = verify_file_lines(sealed([canonical(top), *lines[1:]]))
    assert len(failures) == 1
    assert "证明" in str(failures[0])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "[" * 100_000, '{"entry":{},"personal":{}}', '{"entry":null,"personal":null}']
)
def test_any_line_in_place_of_another_is_a_failure_and_no_crash(text: str) -> None:
    lines, _ = exported(dossier())
    for number in range(len(lines)):
        assert verify_file_lines([*lines[:number], text, *lines[number + 1 :]])


@pytest.mark.parametrize("lines", [[], [""], ["{}"]])
def test_a_file_without_head_and_foot_is_cut_short(lines: list[str]) -> None:
    assert "不完整" in str(verify_file_lines(lines)[0])


def test_entries_of_another_subject_do_not_fit_the_head() -> None:
    made = dossier()
    lines = list(file_lines("主体丁", made))
    assert ["主体" in str(failure) for failure in verify_file_lines(lines)] == [True]
    with_changed = [(replace(made[0][0], payload={"n": 9}), {}), *made[1:]]
    assert verify_file_lines(file_lines(SUBJECT, with_changed))[0].sequence == 1
