"""A document as an HTML fragment: headings, articles with anchors, tables; no styles, no scripts."""

from html import escape

from gongbao.gazette.rules.anchors import name_below, name_children, row_name
from gongbao.gazette.rules.passages import label, labelled
from gongbao.gazette.rules.structure import Document, Provision, Table, Work

_DEEPEST = 6


def document_to_html(document: Document, top: int = 1, before: str = "") -> str:
    """One <article> in Chinese. Anchors are the names of Akoma Ntoso; data-cite holds the citation of each piece.

    top: level of the document's heading; before: begins its anchors where several documents stand on one page.
    """
    first, *others = (
        _work(work, f"{before}work_{count}", top + 1) for count, work in enumerate(document.works, start=1)
    )
    addressees = (
        f'<p class="addressees">{escape("，".join(document.addressees))}：</p>\n' if document.addressees else ""
    )
    return (
        f'<article lang="zh-Hans" data-cite="{escape(document.number)}">\n'
        f"<h{top}>{escape(document.title)}</h{top}>\n"
        f'<p class="number">{escape(document.number)}</p>\n'
        f"{addressees}{first}{_signature(document)}{''.join(others)}</article>\n"
    )


def _signature(document: Document) -> str:
    day = document.issued_on
    issued = (
        f'<p class="issued"><time datetime="{day}">{day.year}年{day.month}月{day.day}日</time></p>\n' if day else ""
    )
    return f'<p class="issuers">{"<br>".join(map(escape, document.issuers))}</p>\n{issued}'


def _work(work: Work, name: str, level: int) -> str:
    is_notice = work.role == "notice"  # it stands under the heading of the document
    heading, tag = ("", "div") if is_notice else (f"<h{level}>{escape(work.title)}</h{level}>\n", "section")
    provisions = "\n".join(_provision(p, anchor, level + 1) for anchor, p in name_children(work.provisions, name))
    tables = "\n".join(_table(table, f"{name}__tbl_{count}") for count, table in enumerate(work.tables, start=1))
    opening = f'<{tag} id="{name}" class="{work.role}" data-cite="{escape(work.cite)}">'
    return f"{opening}\n{heading}{provisions}\n{tables}</{tag}>\n"


def _provision(provision: Provision, name: str, depth: int) -> str:
    lines = provision.text.split("\n") if provision.text else []
    tag = f"h{min(depth, _DEEPEST)}"
    head = f"<{tag}>{escape(labelled(provision, provision.heading))}</{tag}>\n" if provision.heading else ""
    if not head and label(provision):
        lines = [labelled(provision, lines[0] if lines else ""), *lines[1:]]
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    inner = "".join(_provision(child, anchor, depth + 1) for anchor, child in name_below(provision, name))
    return (
        f'<div id="{name}" class="{provision.level}" data-cite="{escape(provision.cite)}">\n{head}{body}{inner}</div>\n'
    )


def _table(table: Table, name: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join(
        f'<tr id="{row_name(name, count)}" data-cite="{escape(row.cite)}"'
        + (f' data-group="{escape(row.group)}"' if row.group else "")
        + ">"
        + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        + "</tr>"
        for count, row in enumerate(table.rows, start=1)
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>\n' for note in table.notes)
    caption = f"<caption>{escape(table.title)}</caption>"
    return (
        f'<table id="{name}" data-cite="{escape(table.cite)}">{caption}\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n{notes}"
    )
