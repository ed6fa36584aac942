"""What the commands of the gazette print: tables and lines for people, plain values for JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.digests import Digest
from gongbao.gazette.rules.plain import number_runs, outline, plain
from gongbao.gazette.rules.validity import Validity

if TYPE_CHECKING:
    from gongbao.gazette.selectors.documents import Listed
    from gongbao.gazette.selectors.resolve import Announced, Resolved
    from gongbao.gazette.selectors.search import Found
    from gongbao.gazette.services.imports import Imported

KINDS = {"new": "新增 new", "revised": "修订 revised", "withdrawn": "撤下 withdrawn", "same": "未变 same"}
UNSTATED = "* 正文没有写明,按发文日期 the text tells no day; the day under it is taken"
WHY = {
    "furniture": "页眉页脚 furniture",
    "repeated": "重复 repeated",
    "markup": "标记 markup",
    "unreadable": "无法识别 unreadable",
    "picture": "图片 picture",
}


def print_json(value: Any) -> None:
    """Print a value as JSON, dates as 2026-04-09."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_day))


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


# -- import


def print_imported(content: s.Issue, imported: "Imported", *, noise: bool) -> None:
    total = f" (总第{content.total}期)" if content.total else ""
    click.echo(f"{content.year}年第{content.number}期{total} · {content.published_on or '日期不明 no date'}")
    for change in imported.changes:
        document = change.content
        facts = [KINDS[change.kind]]
        if document:
            facts += [f"第{document.page}页 page"] if document.page else []
            facts += [f"{_provisions(document)} 条款 provisions", f"{_rows(document)} 表行 rows"]
        _print_listed(change.key, facts, document.title if document else "")
    for document in content.documents:
        for part in (part for work in document.works for part in work.tables if part.missing):
            missing = f"缺 {len(part.missing)} 个序号 numbers missing: {number_runs(part.missing)}"
            click.echo(f"{part.cite}: {len(part.rows)} 行 rows, {missing}")
    hint = "" if noise or not content.noise else ";用 --noise 查看 (see --noise)"
    click.echo(f"不属于正文的行 lines that are no text: {len(content.noise)}{hint}")
    if noise:
        for line in content.noise:
            click.echo(f"{line.line:>6}  {WHY[line.why]}  {line.text}")
    click.echo(
        f"已导入。Imported: {imported.issue}"
        if imported.changed
        else "与已导入的文本相同,没有改动。The same text is already there; nothing was changed."
    )


def imported_json(content: s.Issue, imported: "Imported", *, noise: bool) -> dict[str, Any]:
    return {
        "year": content.year,
        "number": content.number,
        "total": content.total,
        "published_on": content.published_on,
        "changed": imported.changed,
        "reading": imported.reading.sequence,
        "documents": [
            {
                "change": change.kind,
                "key": change.key,
                "title": change.content.title if change.content else None,
                "page": change.content.page if change.content else None,
                "provisions": _provisions(change.content) if change.content else None,
                "tables": [
                    {"cite": table.cite, "rows": len(table.rows), "missing": table.missing}
                    for work in (change.content.works if change.content else ())
                    for table in work.tables
                ],
            }
            for change in imported.changes
        ],
        "noise": [asdict(line) for line in content.noise] if noise else len(content.noise),
    }


def _provisions(document: s.Document) -> int:
    def count(provisions: tuple[s.Provision, ...]) -> int:
        return sum(1 + count(p.children) for p in provisions)

    return sum(count(work.provisions) for work in document.works)


def _rows(document: s.Document) -> int:
    return sum(len(table.rows) for work in document.works for table in work.tables)


# -- list


def print_list(listed: Sequence["Listed"]) -> None:
    if not listed:
        click.echo("没有符合的文件;导入一期公报: gongbao gazette import 文件")
        click.echo("No such documents; import an issue: gongbao gazette import FILE")
        return
    for entry in listed:
        r = entry.revision
        issue = r.document.issue
        facts = [f"{issue.year}-{issue.number}"]
        facts += [f"第{r.page}页 page"] if r.page else []
        facts += [_days(entry.validity, trial=r.trial), f"文本 revision {r.sequence}"]
        _print_listed(r.number, facts, r.title)
    if any(not entry.validity.stated for entry in listed):
        click.echo(UNSTATED)


def _days(validity: Validity, *, trial: bool) -> str:
    """2026-01-01 – 2028-12-31 试行; ?: a day that the text does not tell, *: the day under it, as it tells no other."""
    by = f" ← {validity.replaced_by}" if validity.replaced_by else ""
    begins = validity.begins.isoformat() + ("" if validity.stated else "*") if validity.begins else "?"
    days = f"{begins} – {validity.ends}" if validity.ends else f"{begins} –"
    return f"{days}{' 试行' if trial else ''}{by}"


def listed_json(entry: "Listed") -> dict[str, Any]:
    r, v = entry.revision, entry.validity
    return {
        "issue": f"{r.document.issue.year}-{r.document.issue.number}",
        "number": r.number,
        "title": r.title,
        "title_en": r.title_en,
        "issuers": r.issuers,
        "issued_on": r.issued_on,
        "section": r.section,
        "page": r.page,
        "revision": r.sequence,
        "trial": r.trial,
        "begins": v.begins,
        "begins_stated": v.stated,
        "ends": v.ends,
        "replaced_by": v.replaced_by or None,
    }


# -- show


def print_resolved(resolved: "Resolved") -> None:
    place = resolved.place
    issue = resolved.revision.document.issue
    click.echo(f"{place.cite}  ({issue.year}年第{issue.number}期, 文本 revision {resolved.revision.sequence})")
    for name in dict.fromkeys(o.title if isinstance(o, s.Work | s.Table) else next(plain(o), "") for o in place.inside):
        click.echo(f"  › {name}")
    click.echo("")
    if isinstance(place.target, s.Document):
        _print_document(resolved, place.target)
    else:
        for line in plain(place.target, _head(resolved)):
            click.echo(line)
        if resolved.digest:
            click.echo("")
            _print_digest(resolved.digest)


def _print_document(resolved: "Resolved", document: s.Document) -> None:
    """What a document is and what is in it; its whole text is for export."""
    force = document.force
    lines = (
        ("", document.title),
        ("", document.title_en),
        ("发文机关 issued by", "、".join(document.issuers)),
        ("发文日期 issued on", str(document.issued_on or "")),
        ("效力 in force", _days(resolved.validity, trial=force.trial)),
        ("代替 replaces", "、".join(_reference(r) for r in force.replaces)),
        ("依据 based on", "、".join(_reference(r) for r in force.based_on)),
        ("解释 explained by", "、".join(force.explained_by)),
        ("被引用 named by", "、".join(link.origin for link in resolved.named_by)),
    )
    for name, value in lines:
        if value:
            click.echo(f"{name}: {value}" if name else value)
    if not resolved.validity.stated:
        click.echo(UNSTATED)
    for line in outline(document):
        click.echo(line)
    click.echo(f"全文 the whole text: gongbao gazette export {document.number} --format text")


def _reference(reference: s.Reference) -> str:
    return reference.number or f"《{reference.title}》"


def print_announced(announced: "Announced") -> None:
    """What the package knows of a place whose text is not imported."""
    place = announced.place
    click.echo(f"{place.cite}  {place.heading}".rstrip())
    click.echo(f"  › {announced.title.zh}\n  › {announced.title.en}\n")
    _print_digest(announced.digest)
    click.echo("正文没有导入;导入一期公报: gongbao gazette import 文件")
    click.echo("The text is not imported; import an issue: gongbao gazette import FILE")


def _print_digest(digest: Digest | None) -> None:
    if digest:
        readings = f" ({', '.join(f'读法 {number}' for number in digest.readings)})" if digest.readings else ""
        click.echo(f"摘要 digest: {digest.zh}{readings}\n{digest.en}\n")


def announced_json(announced: "Announced") -> dict[str, Any]:
    return {
        "cite": announced.place.cite,
        "imported": False,
        "heading": announced.place.heading,
        "title": asdict(announced.title),
        "digest": asdict(announced.digest) if announced.digest else None,
    }


def resolved_json(resolved: "Resolved") -> dict[str, Any]:
    place, revision = resolved.place, resolved.revision
    return {
        "cite": place.cite,
        "imported": True,
        "kind": type(place.target).__name__.lower(),
        "issue": f"{revision.document.issue.year}-{revision.document.issue.number}",
        "revision": revision.sequence,
        "inside": [getattr(outer, "cite", "") for outer in place.inside],
        "head": _head(resolved),
        "begins": resolved.validity.begins,
        "ends": resolved.validity.ends,
        "named_by": [asdict(link) for link in resolved.named_by],
        "text": "\n".join(plain(place.target, _head(resolved))),
        "value": asdict(place.target),
        "digest": asdict(resolved.digest) if resolved.digest else None,
    }


def _head(resolved: "Resolved") -> tuple[str, ...]:
    """The head of the table that a row stands in."""
    return next((outer.head for outer in resolved.place.inside if isinstance(outer, s.Table)), ())


# -- search


def print_found(found: "Found", start: int) -> None:
    screen = console()
    if found.named:
        screen.print(Text(f"→ {found.named.place.cite}\n  {found.named.summary}", style="bold"), soft_wrap=True)
    for hit in found.hits:
        screen.print(Text(hit.passage.cite, style="bold"), soft_wrap=True)
        line = Text("  ")
        for piece in hit.excerpt:
            marked = f"【{piece.text}】" if piece.hit and not screen.is_terminal else piece.text
            line.append(marked, style="bold red" if piece.hit else "")
        screen.print(line, soft_wrap=True)
    if not found.count:
        if not found.named:
            click.echo("没有找到。Nothing was found.")
    elif not found.hits:
        click.echo(f"共 {found.count} 处,没有更多。{found.count} places, no more behind --start {start}.")
    else:
        last = start + len(found.hits)
        more = f";续看 next: --start {last}" if last < found.count else ""
        click.echo(f"第 {start + 1}–{last} 处,共 {found.count} 处 places{more}")


def found_json(found: "Found") -> dict[str, Any]:
    return {
        "words": found.words,
        "count": found.count,
        "named": found.named.place.cite if found.named else None,
        "hits": [
            {
                "cite": hit.passage.cite,
                "title": hit.passage.revision.title,
                "excerpt": [asdict(piece) for piece in hit.excerpt],
            }
            for hit in found.hits
        ],
    }


def console() -> Console:
    """Standard output, where brackets are brackets: 〔2025〕 and [2025] are no markup."""
    return Console(markup=False, highlight=False)


def _print_listed(number: str, facts: list[str], title: str) -> None:
    """A document of a list: its number and what is said of it, and below its title, which may be long."""
    console().print(f"{number}  {' · '.join(facts)}", soft_wrap=True)
    if title:
        console().print(Padding(title, (0, 0, 0, 4)))
