"""An edition as a table and as JSON, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from gongbao.kernel.text import Text
from gongbao.permits.rules.cells import body_text, mode_words
from gongbao.permits.rules.editions import Head, Row, build
from gongbao.permits.rules.items import CONFIDENCES, FIELDS, NAMES, Correction, Edition, Item, Mode, Service

COLUMNS = (
    "edition",
    "no",
    "city_departments",
    "name",
    "legal_bases",
    "zone_departments",
    "implementing_bodies",
    "mode",
    "remark",
    "corrections",
)


def table(edition: Edition, modes: Sequence[Mode]) -> list[dict[str, str]]:
    """Every row that was read, in COLUMNS; lists joined by 、."""
    return [{"edition": edition.edition, "no": str(item.no)} | shown(item, modes) for item in edition.items]


def shown(item: Item, modes: Sequence[Mode]) -> dict[str, str]:
    """The cells of an item as text, corrected where a correction is applied."""
    return {
        "city_departments": "、".join(item.city_departments),
        "name": item.name,
        "legal_bases": "、".join(map(str, item.legal_bases)),
        "zone_departments": "、".join(item.zone_departments),
        "implementing_bodies": "、".join(body_text(body, modes) for body in item.implementing_bodies),
        "mode": mode(item, modes),
        "remark": item.remark,
        "corrections": "；".join(correction_text(correction).zh for correction in item.corrections),
    }


def mode(item: Item, modes: Sequence[Mode]) -> str:
    """What the bodies of an item do; where they differ, each once, in their order."""
    return "；".join(dict.fromkeys(mode_words(body, modes) for body in item.implementing_bodies))


def correction_text(correction: Correction) -> Text:
    """A correction in words: what, from what to what, how sure, why."""
    field, sure = NAMES[correction.field], CONFIDENCES[correction.confidence]
    if correction.corrected == correction.printed:
        zh, en = f"存疑{field.zh}：“{correction.printed}”", f"doubtful {field.en}: “{correction.printed}”"
    else:
        new = correction.corrected
        kind = Text("更正", "corrected") if correction.applied else Text("提示", "hint for")
        zh = f"{kind.zh}{field.zh}：“{correction.printed}”→“{new or '（空）'}”"
        en = f"{kind.en} {field.en}: “{correction.printed}” → “{new or '(empty)'}”"
    return Text(f"{zh}（{sure.zh}：{correction.reason.zh}）", f"{en} ({sure.en}: {correction.reason.en})")


def to_json(edition: Edition, modes: Sequence[Mode]) -> dict[str, Any]:
    """Everything about an edition, its gaps and what was printed included; from_json reads it back."""
    names = ("edition", "cite", "list", "rule", "replaces", "count")
    return {
        **{name: getattr(edition, name) for name in names},
        "title": asdict(edition.title),
        "in_force": edition.in_force.isoformat() if edition.in_force else None,
        "missing": list(edition.missing),
        "services": [asdict(service) for service in edition.services],
        "items": [item_json(item, modes) for item in edition.items],
    }


def item_json(item: Item, modes: Sequence[Mode]) -> dict[str, Any]:
    """An item, its lists as lists; printed: its cells as read from the page."""
    bodies = [
        asdict(body) | {"mode": {"zh": mode_words(body, modes), "en": mode_words(body, modes, "en")}}
        for body in item.implementing_bodies
    ]
    return {
        "no": item.no,
        "cite": item.cite,
        "city_departments": list(item.city_departments),
        "name": item.name,
        "legal_bases": [asdict(basis) for basis in item.legal_bases],
        "zone_departments": list(item.zone_departments),
        "implementing_bodies": bodies,
        "remark": item.remark,
        "printed": dict(zip(FIELDS, item.printed, strict=True)),
        "corrections": [asdict(correction) for correction in item.corrections],
    }


def from_json(value: Mapping[str, Any], modes: Sequence[Mode], file: str) -> Edition:
    """The edition that to_json wrote: read again from its printed cells and its corrections.

    Raises KeyError, TypeError or ValueError where the value is no such thing, BadInput where its rows are wrong.
    """
    corrections = [_correction(one) for item in value["items"] for one in item["corrections"]]
    head = Head(
        edition=str(value["edition"]),
        cite=str(value["cite"]),
        list=str(value["list"]),
        rule=str(value["rule"]),
        title=Text(**value["title"]),
        in_force=date.fromisoformat(value["in_force"]) if value["in_force"] else None,
        replaces=str(value["replaces"]),
        count=int(value["count"]),
        apply=frozenset(one.confidence for one in corrections if one.applied),
        services=tuple(Service(int(s["item"]), str(s["cite"]), Text(**s["name"])) for s in value["services"]),
    )
    rows = [Row(int(item["no"]), tuple(str(item["printed"][field]) for field in FIELDS)) for item in value["items"]]
    return build(head, rows, corrections, modes, file)


def _correction(value: Mapping[str, Any]) -> Correction:
    if value["field"] not in FIELDS or value["confidence"] not in CONFIDENCES:
        raise ValueError(value)
    return Correction(**{**value, "reason": Text(**value["reason"])})


def from_table(rows: Sequence[tuple[int, Mapping[str, str]]], modes: Sequence[Mode], file: str) -> Edition:
    """The edition that a table in COLUMNS shows; each row with its line. What was printed no table tells.

    Rows behind the last number cannot be missed. Raises BadInput with every row that cannot be read.
    """
    numbered = [(line, int(row["no"]) if row["no"].isdecimal() else 0, row) for line, row in rows]
    name = numbered[0][2]["edition"] if numbered else ""
    count = max((number for _, number, _ in numbered), default=0)
    head = Head(name, "", "清单", "", Text(f"清单 {name}", f"list {name}"), None, "", count)
    printed = [Row(number, tuple(row[field] for field in FIELDS), line) for line, number, row in numbered]
    return build(head, printed, (), modes, file)
