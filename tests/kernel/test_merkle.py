from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.canonical import digest
from gongbao.kernel.merkle import Head, Proof, prove, proven_root, root


def heads(count: int) -> list[Head]:
    return [Head(f"主体{n:03d}", n + 1, digest("sha256", str(n).encode())) for n in range(count)]


def test_the_root_of_few_heads_is_worked_out_by_hand() -> None:
    leaves = [digest("sha256", b"\x00" + f'["{h.subject}",{h.sequence},"{h.hash}"]'.encode()) for h in heads(3)]

    def node(left: str, right: str) -> str:
        return digest("sha256", b"\x01" + (left + right).encode())

    assert root([]) == digest("sha256", b"")
    assert root(heads(1)) == leaves[0]
    assert root(heads(2)) == node(leaves[0], leaves[1])
    assert root(heads(3)) == node(node(leaves[0], leaves[1]), leaves[2])


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize("count", range(1, 18))
def test_every_head_is_proven_in_a_tree_of_any_size(count: int, algorithm: str) -> None:
    whole = root(heads(count), algorithm)
    for head in heads(count):
        proof = prove(heads(count), head.subject, algorithm)
        assert proven_root(head, proof, algorithm) == whole
        assert len(proof.path) <= (count - 1).bit_length()


@given(st.permutations(heads(7)))
def test_the_order_in_which_heads_come_does_not_matter(shuffled: list[Head]) -> None:
    assert root(shuffled) == root(heads(7))


@pytest.mark.parametrize("count", [1, 2, 5, 8])
def test_any_change_of_any_head_changes_the_root(count: int) -> None:
    whole = root(heads(count))
    for n, head in enumerate(heads(count)):
        for change in ({"subject": "x"}, {"sequence": 99}, {"hash": "0" * 64}):
            assert root([*heads(count)[:n], replace(head, **change), *heads(count)[n + 1 :]]) != whole
    assert root(heads(count + 1)) != whole


def test_a_proof_holds_for_its_own_head_and_place_alone() -> None:
    whole, head, other = root(heads(5)), heads(5)[2], heads(5)[3]
    proof = prove(heads(5), head.subject)
    assert proven_root(other, proof) != whole
    assert proven_root(replace(head, sequence=9), proof) != whole
    for changed in (
        replace(proof, index=3),
        replace(proof, index=-1),
        replace(proof, index=5),
        replace(proof, size=9),
        replace(proof, path=proof.path[:-1]),
        replace(proof, path=(*proof.path, "0" * 64)),
        replace(proof, path=("0" * 64, *proof.path[1:])),
        Proof(0, 1, ()),
        Proof(0, 0, ()),
    ):
        assert proven_root(head, changed) != whole


def test_a_node_cannot_be_passed_off_as_a_leaf() -> None:
    """Leaves and nodes are hashed with different first bytes."""
    two = root(heads(2))
    assert digest("sha256", b"\x00" + two.encode()) not in {root([h]) for h in heads(2)}
    assert root([Head(two, 1, two)]) != two


def test_a_subject_twice_or_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="两次"):
        root([*heads(2), heads(1)[0]])
    with pytest.raises(ValueError, match="没有主体"):
        prove(heads(2), "x")
