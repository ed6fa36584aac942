"""A made-up issue, small, with one of everything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gongbao.gazette.rules.structure import (
    Document,
    Force,
    Issue,
    Matter,
    Noise,
    Provision,
    Reference,
    Table,
    TableRow,
    Work,
)

NUMBER = "示范发〔2030〕7号"
OTHER = "示范发〔2030〕8号"


def _document() -> Document:
    article = Provision(
        f"{NUMBER} 第二条",
        "article",
        "二",
        "",
        "灯塔管理人应当每月巡查。",
        (12, 14),
        (
            Provision(f"{NUMBER} 第二条（一）", "item", "一", "", "检查灯器,含LED光源;", (13, 13), (), ("灯塔处",)),
            Provision(f"{NUMBER} 第二条（二）", "item", "二", "", "记录误差不超过1.5%。", (14, 14)),
        ),
    )
    chapter = Provision(f"{NUMBER} 第一章", "chapter", "一", "总则", "", (10, 10), (article,))
    table = Table(
        f"{NUMBER} 附件",
        "巡查评分表",
        ("项目", "分值"),
        (
            TableRow(f"{NUMBER} 附件 基础项 灯器完好", "基础项", ("灯器完好", "10分"), (20, 20)),
            TableRow(f"{NUMBER} 附件 基础项 记录齐全", "基础项", ("记录齐全", "5分"), (21, 22)),
        ),
        ("分值可以累加。",),
        (3, 4),
    )
    notice = Work(
        "notice",
        "关于印发《灯塔巡查办法(试行)》的通知",
        (Provision(f"{NUMBER} 通知", "preamble", "", "", "现将办法印发给你们。", (5, 5)),),
    )
    issued = Work("issued", "灯塔巡查办法(试行)", (chapter,), (table,), ("巡查办法",), NUMBER)
    old = Reference("示范发〔2020〕1号", "灯塔巡查暂行办法", 11)
    return Document(
        NUMBER,
        "关于印发《灯塔巡查办法(试行)》的通知",
        "Circular on Issuing the Measures for Lighthouse Inspection (Trial)",
        ("示范海事局",),
        ("各灯塔管理人",),
        date(2030, 3, 1),
        "部门文件",
        6,
        (notice, issued),
        Force(
            begins=date(2030, 4, 1),
            ends=date(2032, 3, 31),
            trial=True,
            replaces=(old,),
            based_on=(Reference("", "示范海事条例", 11),),
            explained_by=("示范海事局",),
            responsible=("灯塔处",),
        ),
        (old, Reference(OTHER, "关于灯塔经费的通知", 13)),
    )


def _other() -> Document:
    text = "经费按季拨付。巡查人员的补贴另行规定。"
    work = Work("notice", "关于灯塔经费的通知", (Provision(f"{OTHER} 一", "part", "一", "经费", text, (30, 31)),))
    return Document(
        OTHER,
        "关于灯塔经费的通知",
        "Circular on Lighthouse Funds",
        ("示范财政局",),
        (),
        date(2030, 3, 2),
        "部门文件",
        9,
        (work,),
        Force(from_publication=True),
    )


@pytest.fixture
def issue() -> Issue:
    """2030 No. 2 of a gazette that does not exist: two documents, about lighthouses."""
    noise = (Noise(8, "示范公报", "furniture"), Noise(23, "�口�", "unreadable"))
    matter = (Matter(1, "示范公报 2030年第2期", "cover"), Matter(3, "关于灯塔经费的通知 (9)", "contents"))
    return Issue(2030, 2, 102, date(2030, 3, 9), (_document(), _other()), noise, matter, {"issn": "0000-0000"})


@pytest.fixture
def better(issue: Issue) -> Issue:
    """The same issue from a better text: the second document says 按月 where the first text said 按季."""
    first, second = issue.documents
    (work,) = second.works
    (part,) = work.provisions
    mended = replace(part, text=part.text.replace("按季", "按月"))
    return replace(issue, documents=(first, replace(second, works=(replace(work, provisions=(mended,)),))))


@pytest.fixture
def store() -> Callable[..., object]:
    """Imports an issue that stands in its values; the text of the file plays no part."""
    from gongbao.gazette.services.imports import Imported, issue_import

    def take(content: Issue) -> Imported:
        return issue_import(content=content, text="…", source="made-up.txt", at=datetime(2030, 3, 10, tzinfo=UTC))

    return take
