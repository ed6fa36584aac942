"""A dossier as a file: one line of canonical JSON for the head, one for each entry, one for the foot.

    {"entries":2,"format":"gongbao-archive-1","subject":"…"}             and, with a published root, "proof": {…}
    {"entry":{…},"personal":{"name":{"salt":"…","value":"…"}}}           null in place of an erased value
    {"algorithm":"sha256","lines":3,"digest":"…"}

Every byte counts: a line that is not exactly canonical is a failure, and the foot holds the hash of all lines before.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import takewhile
from typing import Any

from gongbao.kernel.canonical import canonical, digest
from gongbao.kernel.chain import Entry, Failure, Personal, seal, verify
from gongbao.kernel.merkle import Head, Proof, proven_root
from gongbao.kernel.text import Text

FORMAT = "gongbao-archive-1"
ENTRY_FIELDS = {
    "version": int,
    "algorithm": str,
    "subject": str,
    "sequence": int,
    "previous": str,
    "payload": dict,
    "personal": dict,
    "hash": str,
}

UNREADABLE = Text("不是规范写出的条目,已被改动", "not an entry in its one canonical form: changed")

Secrets = Mapping[str, Personal | None]  # field → value and salt, None once erased


def file_lines(
    subject: str,
    entries: Sequence[tuple[Entry, Secrets]],
    proof: tuple[Head, Proof, str] | None = None,
    algorithm: str = "sha256",
) -> Iterator[str]:
    """The lines of the file, without line ends. proof: a head of this chain, its proof, and the root it leads to."""
    top: dict[str, Any] = {"format": FORMAT, "subject": subject, "entries": len(entries)}
    if proof:
        head, way, root = proof
        top["proof"] = {"algorithm": algorithm, "sequence": head.sequence, "root": root} | asdict(way)
    lines = [canonical(top)]
    for entry, secrets in entries:
        values = {field: asdict(kept) if kept else None for field, kept in secrets.items()}
        lines.append(canonical({"entry": entry.content() | {"hash": entry.hash}, "personal": values}))
    yield from lines
    yield canonical({"algorithm": algorithm, "lines": len(lines), "digest": _over(lines, algorithm)})


def verify_file_lines(lines: Iterable[str], root: str | None = None) -> list[Failure]:
    """What is wrong with an archive file; [] when nothing is. The first failure names the first changed entry.

    root: a published root that the file's proof must lead to; it finds a chain that was rewritten as a whole.
    Bytes that are no UTF-8 are found too when the file is read with errors="surrogateescape".
    """
    texts = [line.removesuffix("\n") for line in lines]
    if len(texts) < 2:  # head and foot
        return [_file("文件不完整,至少有首行和末行", "the file is cut short: it has a head and a foot at least")]
    head, *bodies, foot = map(_value, texts)
    entries = [_entry(body) for body in bodies]
    unread = [Failure(number, UNREADABLE) for number, entry in enumerate(entries, start=1) if not entry]
    readable = [entry for entry in takewhile(bool, entries) if entry]
    failures = verify(readable) + unread
    failures += (f for body, entry in zip(bodies, readable, strict=False) for f in _personal(body, entry))
    failures.sort(key=lambda failure: failure.sequence or 0)
    failures += _head(head, readable, len(bodies), root)
    failures += _foot(foot, texts[:-1])
    return failures


def _over(lines: Sequence[str], algorithm: str) -> str:
    return digest(algorithm, "\n".join(lines).encode(errors="surrogateescape"))


def _file(zh: str, en: str) -> Failure:
    return Failure(None, Text(zh, en))


def _value(text: str) -> dict[str, Any]:
    """The object on a line; {} when the line is not the one canonical way to write an object."""
    try:
        value = json.loads(text)
        return value if isinstance(value, dict) and canonical(value) == text else {}
    except (ValueError, RecursionError):
        return {}


def _entry(body: Mapping[str, Any]) -> Entry | None:
    fields = body.get("entry")
    if not isinstance(fields, dict) or fields.keys() != ENTRY_FIELDS.keys() or body.keys() != {"entry", "personal"}:
        return None
    if any(type(fields[name]) is not kind for name, kind in ENTRY_FIELDS.items()):
        return None
    return Entry(**fields)


def _personal(body: Mapping[str, Any], entry: Entry) -> Iterator[Failure]:
    """Every sealed field has its value or null beside it, and every value is the sealed one."""
    values = body["personal"]
    if not isinstance(values, dict) or values.keys() != entry.personal.keys():
        yield Failure(
            entry.sequence, Text("个人信息与封存的字段不一致", "its personal values are not those that were sealed")
        )
        return
    for field, kept in values.items():
        if kept is None:
            continue
        try:
            sealed = seal(field, Personal(kept["value"], kept["salt"]), entry.algorithm) if len(kept) == 2 else ""
        except (TypeError, KeyError, ValueError):
            sealed = ""
        if sealed != entry.personal[field]:
            yield Failure(
                entry.sequence, Text(f"个人信息“{field}”已被改动", f"its personal value “{field}” was changed")
            )


def _head(head: Mapping[str, Any], entries: Sequence[Entry], count: int, root: str | None) -> Iterator[Failure]:
    if head.get("format") != FORMAT or not head.keys() <= {"format", "subject", "entries", "proof"}:
        yield _file(f"不是 {FORMAT} 格式的文件", f"not a file of the format {FORMAT}")
        return
    if head.get("entries") != count:
        yield _file(
            f"应有 {head.get('entries')} 条,实有 {count} 条",
            f"{head.get('entries')} entries are due, {count} are there",
        )
    if entries and head.get("subject") != entries[0].subject:
        yield _file("首行的主体与条目不符", "the head names another subject than the entries")
    if "proof" in head:
        yield from _proof(head["proof"], entries, root)
    elif root is not None:
        yield _file("文件没有根值证明", "the file holds no proof for a root")


def _proof(proof: Any, entries: Sequence[Entry], root: str | None) -> Iterator[Failure]:
    try:
        proven = next(entry for entry in entries if entry.sequence == proof["sequence"])
        way = Proof(proof["index"], proof["size"], tuple(proof["path"]))
        reached = proven_root(Head(proven.subject, proven.sequence, proven.hash), way, proof["algorithm"])
        said = proof["root"]
    except (TypeError, KeyError, ValueError, AttributeError, StopIteration):
        yield _file("根值证明不完整", "the proof for the root is incomplete")
        return
    if reached != said or len(proof) != 6:
        yield _file("档案与其根值证明不符", "the chain does not lead to the root of its proof")
    elif root is not None and said != root.lower():
        yield _file(f"档案通向根值 {said},不是 {root}", f"the chain leads to the root {said}, not to {root}")


def _foot(foot: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Failure]:
    try:
        whole = foot == {"algorithm": foot["algorithm"], "lines": len(lines), "digest": _over(lines, foot["algorithm"])}
    except (KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        yield _file("全文与末行的摘要不符", "the file is not what its foot says")
