"""Checking a published result against the dossier of its cycle, from files alone, as anybody can.

The dossier is a chain that cannot be changed unseen. It says which run was published, and holds the run's own words
about itself: the standard's hash, the counts of grades, the hashes of the files. run.json must say the same, and the
scores must have the hash that stands there.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.rating.tables.sheets import file_hash

NOT_OF_THE_RUN = ("run", "because")  # what the dossier adds to what run.json says


def published_failures(run_json: Path, dossier: Path, scores: Path | None, root: str | None) -> list[str]:
    """What does not agree, [] when everything does. root: a published daily root. Raises BadInput for no JSON."""
    about = _read(run_json)
    with dossier.open(encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
        lines = list(stream)
    if broken := verify_file_lines(lines, root):
        return [str(failure) for failure in broken]
    head, *entries = (json.loads(line) for line in lines[:-1])
    found = [_both(text) for text in _disagreements(head, entries, about, root)]
    if scores is not None and (wanted := about.get("output", {}).get("scores.csv")) != file_hash(scores):
        found.append(
            _both(Text(f"{scores.name} 的 SHA-256 不是 {wanted}", f"the SHA-256 of {scores.name} is not {wanted}"))
        )
    return found


def _disagreements(
    head: Mapping[str, Any], entries: list[dict[str, Any]], about: Mapping[str, Any], root: str | None
) -> Iterator[Text]:
    subject = f"rating/{about.get('cycle')}"
    if head["subject"] != subject:
        yield Text(
            f"档案是 {head['subject']} 的,不是 {subject} 的", f"a dossier of {head['subject']}, not of {subject}"
        )
        return
    told = [(entry["entry"]["sequence"], entry["entry"]["payload"]) for entry in entries]
    published = [(at, p["data"]) for at, p in told if p["kind"] == "rating.step" and p["data"]["to"] == "published"]
    if not published:
        yield Text("档案中没有公布", "nothing was published, says the dossier")
        return
    at, step = published[-1]
    if root and head["proof"]["sequence"] < at:
        yield Text(
            "这个根值早于公布;请用公布之后的根值", "the root is older than the publication: take one from after it"
        )
    run: dict[str, Any] = next(
        (p["data"] for _, p in told if p["kind"] == "rating.run" and p["data"]["run"] == step["run"]), {}
    )
    kept = {name: value for name, value in run.items() if name not in NOT_OF_THE_RUN}
    for name in sorted(kept.keys() | about.keys()):
        if kept.get(name) != about.get(name):
            yield Text(
                f"run.json 的“{name}”与档案第 {at} 条公布的结果不一致",
                f"“{name}” in run.json is not what was published by entry {at} of the dossier",
            )


def _read(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        about = None
    if not isinstance(about, dict):
        zh, en = "从“数据下载”取得的 run.json", "run.json as downloaded from the page of data"
        raise BadInput([Problem(path.name, None, "", "", zh, en)])
    return about


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"
