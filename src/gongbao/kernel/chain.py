"""A chain of entries about one subject, in which nothing can be changed without being noticed.

Every entry holds the hash of the one before. Personal values stand outside: the entry holds their salted hashes, so a
value and its salt can be erased and the chain still holds. A chain that was rewritten from some entry to its end is
consistent in itself; only its head against a published root shows that (kernel/merkle.py). docs/explanation/archive.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gongbao.kernel.canonical import Json, canonical, digest
from gongbao.kernel.text import Text

VERSION = 1
SHORTEST_SALT = 32  # hexadecimal digits: 128 bits


@dataclass(frozen=True)
class Personal:
    """A personal value, and the salt that keeps its hash from being guessed: random, at least 32 hexadecimal digits."""

    value: Json
    salt: str


@dataclass(frozen=True)
class Entry:
    """sequence: from 1; previous: hash of the entry before, "" in the first; personal: field → salted hash;
    hash: of everything else, by `algorithm`."""

    version: int
    algorithm: str
    subject: str
    sequence: int
    previous: str
    payload: Mapping[str, Json]
    personal: Mapping[str, str]
    hash: str

    def content(self) -> dict[str, Json]:
        """What the hash is made of."""
        return {
            "version": self.version,
            "algorithm": self.algorithm,
            "subject": self.subject,
            "sequence": self.sequence,
            "previous": self.previous,
            "payload": self.payload,
            "personal": dict(self.personal),
        }


@dataclass(frozen=True)
class Failure:
    """The entry that a verification stumbled over, and why. sequence is None where no entry is meant."""

    sequence: int | None
    reason: Text

    def __str__(self) -> str:
        where = "" if self.sequence is None else f"第 {self.sequence} 条 · entry {self.sequence}: "
        return f"{where}{self.reason.zh} · {self.reason.en}"


def append(
    subject: str,
    before: Entry | None,
    payload: Mapping[str, Json],
    personal: Mapping[str, Personal] | None = None,
    algorithm: str = "sha256",
) -> Entry:
    """The next entry of a subject's chain; before: its last one, None when this is the first.

    Raises ValueError (Chinese and English) for an unknown algorithm, an entry of another subject, a payload with
    floats, a salt that is too short.
    """
    if before and before.subject != subject:
        raise ValueError(f"前一条属于 {before.subject},不属于 {subject} / the entry before is another subject's")
    sealed = {field: seal(field, value, algorithm) for field, value in (personal or {}).items()}
    entry = Entry(
        VERSION,
        algorithm,
        subject,
        before.sequence + 1 if before else 1,
        before.hash if before else "",
        payload,
        sealed,
        "",
    )
    return replace(entry, hash=_hash(entry))


def seal(field: str, personal: Personal, algorithm: str = "sha256") -> str:
    """The salted hash that stands in the entry for a personal value."""
    if len(personal.salt) < SHORTEST_SALT or set(personal.salt) - set("0123456789abcdef"):
        raise ValueError(
            f"盐值应为至少 {SHORTEST_SALT} 位十六进制数 / a salt has {SHORTEST_SALT} hexadecimal digits or more"
        )
    return digest(algorithm, canonical(["personal", personal.salt, field, personal.value]).encode())


def verify(entries: Iterable[Entry]) -> list[Failure]:
    """What is wrong with a chain, from its first entry on; the first failure names the first changed entry."""
    failures: dict[int, Failure] = {}  # one for each entry, the first found
    before: Entry | None = None
    number = 0  # of the entry before, by its place: a changed entry is not asked for its number
    for entry in entries:
        number += 1
        own = _own_failure(entry, number)
        failure = own or _link_failure(before, entry, number)
        if failure:
            failures.setdefault(failure.sequence or number, failure)
        before = entry
        number = number if own else max(number, entry.sequence)
    return [failures[number] for number in sorted(failures)]


def _hash(entry: Entry) -> str:
    return digest(entry.algorithm, canonical(entry.content()).encode())


def _own_failure(entry: Entry, number: int) -> Failure | None:
    if entry.version != VERSION:
        return Failure(number, Text(f"未知的版本 {entry.version}", f"unknown version {entry.version}"))
    try:
        made = _hash(entry)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        return Failure(number, Text(zh, en))
    if made != entry.hash:
        return Failure(number, Text("内容与摘要不符,已被改动", "its content is not what its hash says: changed"))
    return None


def _link_failure(before: Entry | None, entry: Entry, number: int) -> Failure | None:
    if before and entry.subject != before.subject:
        return Failure(number, Text(f"属于另一主体 {entry.subject}", f"belongs to another subject {entry.subject}"))
    if entry.sequence != number:
        return Failure(
            number, Text(f"应在此处,却是第 {entry.sequence} 条", f"entry {entry.sequence} stands in its place")
        )
    if entry.previous == (before.hash if before else ""):
        return None
    if not before:
        return Failure(1, Text("首条之前还有内容", "something stood before the first entry"))
    # This entry's own hash holds, so it is the one before that is no longer what this one was chained to.
    return Failure(
        number - 1, Text("不是后一条所衔接的内容,已被改写", "is not what the next entry was chained to: rewritten")
    )
