"""The heads of all chains under one root: a hash a day, published, that no chain can be rewritten under.

A tree as in RFC 6962: leaves and nodes are hashed with different first bytes, a tree of n leaves is split at the
largest power of two below n. Leaves stand in the order of their subjects' UTF-8 bytes, each subject once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongbao.kernel.canonical import canonical, digest

LEAF, NODE = b"\x00", b"\x01"


@dataclass(frozen=True)
class Head:
    """The last entry of a subject's chain at the time of the root: its sequence and hash."""

    subject: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Proof:
    """That a head stands under a root: index and size of the tree, and the hashes beside the way up, lowest first."""

    index: int
    size: int
    path: tuple[str, ...]


def root(heads: Iterable[Head], algorithm: str = "sha256") -> str:
    """The root over all heads, hexadecimal; of none, the hash of nothing. Raises ValueError for a subject twice."""
    return _root(_leaves(heads, algorithm)[1], algorithm)


def prove(heads: Iterable[Head], subject: str, algorithm: str = "sha256") -> Proof:
    """The proof for the head of one subject. Raises ValueError when it is not among the heads."""
    subjects, leaves = _leaves(heads, algorithm)
    if subject not in subjects:
        raise ValueError(f"没有主体 {subject} / there is no such subject")
    index = subjects.index(subject)
    return Proof(index, len(leaves), tuple(_path(leaves, index, algorithm)))


def proven_root(head: Head, proof: Proof, algorithm: str = "sha256") -> str | None:
    """The root that a head and its proof lead to; None when the proof has not the shape of its tree."""
    if not 0 <= proof.index < proof.size:
        return None
    steps = _sides(proof.index, proof.size)
    if len(steps) != len(proof.path):
        return None
    reached = _leaf(head, algorithm)
    for on_the_right, beside in zip(steps, proof.path, strict=True):
        reached = _node(reached, beside, algorithm) if on_the_right else _node(beside, reached, algorithm)
    return reached


def _leaves(heads: Iterable[Head], algorithm: str) -> tuple[list[str], list[str]]:
    ordered = sorted(heads, key=lambda head: head.subject.encode())
    subjects = [head.subject for head in ordered]
    if len(set(subjects)) < len(subjects):
        raise ValueError("同一主体出现两次 / a subject stands there twice")
    return subjects, [_leaf(head, algorithm) for head in ordered]


def _leaf(head: Head, algorithm: str) -> str:
    return digest(algorithm, LEAF + canonical([head.subject, head.sequence, head.hash]).encode())


def _node(left: str, right: str, algorithm: str) -> str:
    return digest(algorithm, NODE + f"{left}{right}".encode())


def _split(size: int) -> int:
    """The largest power of two below size (>= 2)."""
    return 1 << (size - 1).bit_length() - 1


def _root(leaves: Sequence[str], algorithm: str) -> str:
    if len(leaves) < 2:  # one leaf is its own root
        return leaves[0] if leaves else digest(algorithm, b"")
    middle = _split(len(leaves))
    return _node(_root(leaves[:middle], algorithm), _root(leaves[middle:], algorithm), algorithm)


def _path(leaves: Sequence[str], index: int, algorithm: str) -> list[str]:
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*_path(leaves[:middle], index, algorithm), _root(leaves[middle:], algorithm)]
    return [*_path(leaves[middle:], index - middle, algorithm), _root(leaves[:middle], algorithm)]


def _sides(index: int, size: int) -> list[bool]:
    """For every step from the leaf up, whether the hash beside stands on the right."""
    if size == 1:
        return []
    middle = _split(size)
    if index < middle:
        return [*_sides(index, middle), True]
    return [*_sides(index - middle, size - middle), False]
