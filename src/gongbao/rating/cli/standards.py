"""gongbao standards: prove a scoring standard sound, show it, and compare two editions."""

import json
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from gongbao.kernel.kinds import plain
from gongbao.kernel.problem import BadInput, CheckFailed, Problem
from gongbao.kernel.text import Language, Text

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Indicator, Standard

CURRENT = "property-rating-2026"
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
in_language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言。Language."
)
HEADS = {"zh": ("指标", "计分", "来源 → 审核", "条款"), "en": ("indicator", "calculation", "source → review", "clause")}
WORDS = {
    "base": Text("基础", "base"),
    "bonus": Text("加分", "bonus"),
    "deduction": Text("扣分", "deduction"),
    "enterprise": Text("企业", "enterprise"),
    "project": Text("* 项目", "* project"),
}


@click.group()
def standards() -> None:
    """评分标准:核对、查看、比较。Scoring standards: check, show, compare."""


@standards.command()
@click.argument("standard", default=CURRENT)
@as_json
def check(standard: str, as_json: bool) -> None:
    """核对评分标准:档次无空缺无重叠,来源、审核、证明、条款齐全。Prove a standard sound.

    STANDARD: 程序自带标准的代码,或一个文件。The id of a packaged standard, or a file.
    """
    from gongbao.rating.rules.soundness import citations, prove
    from gongbao.rating.rules.standard import read_standard_text
    from gongbao.rating.tables.standards import standard_text
    from gongbao.terminal.database import database_ready

    text = standard_text(standard)
    database_ready()
    from gongbao.rating.selectors.clauses import Clauses

    clauses = Clauses()
    try:
        read, problems = read_standard_text(text)
    except BadInput as no_toml:
        raise CheckFailed(str(problem) for problem in no_toml.problems) from no_toml
    unreadable = {problem.table.split(" · ")[0] for problem in problems}
    problems += [problem for problem in prove(read, clauses.resolve) if problem.table not in unreadable]
    against = _against(clauses.imported, clauses.announced)
    if as_json:
        click.echo(json.dumps(_check_json(read, problems, against), ensure_ascii=False, indent=2))
    if problems:
        failures = [] if as_json else [f"{problem}\n    {problem.expected_en}" for problem in problems]
        raise CheckFailed([*failures, f"{read.id}: {len(problems)} 处不成立 · {len(problems)} faults"])
    if not as_json:
        cited = len(list(citations(read)))
        click.echo(f"{read.id}: {len(read.indicators)} 项指标成立 · {len(read.indicators)} indicators are sound")
        click.echo(f"{cited} 处引用可查 · {cited} citations resolve · {against.zh} · {against.en}")


def _against(imported: set[str], announced: set[str]) -> Text:
    texts, places = "、".join(sorted(imported)), "、".join(sorted(announced))
    parts = []
    if texts:
        parts.append(Text(f"对照已导入的正文:{texts}", f"against the imported text of {texts}"))
    if places:
        parts.append(Text(f"对照程序自带的条款目录(正文未导入):{places}", f"against the packaged places of {places}"))
    return Text(";".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _check_json(standard: "Standard", problems: list[Problem], against: Text) -> dict[str, object]:
    return {
        "standard": standard.id,
        "sha256": standard.sha256,
        "sound": not problems,
        "against": {"zh": against.zh, "en": against.en},
        "problems": [
            {"where": p.table, "column": p.column, "value": p.value, "zh": p.expected, "en": p.expected_en}
            for p in problems
        ],
    }


@standards.command()
@click.argument("standard", default=CURRENT)
@click.option("--indicator", "code", help="只看一项指标。One indicator only.")
@in_language
@as_json
def show(standard: str, code: str | None, lang: Language, as_json: bool) -> None:
    """查看评分标准。Show a standard."""
    from gongbao.rating.tables.standards import read_standard

    read = read_standard(standard)
    if code is not None and code not in read.by_code:
        known = "、".join(read.by_code)
        raise BadInput([Problem("--indicator", None, "", code, f"应为其中之一:{known}", f"one of {known} is due")])
    if as_json:
        table = read.by_code[code].table() if code else read.table()
        click.echo(json.dumps(table, ensure_ascii=False, indent=2, default=str))
    elif code:
        _show_indicator(read.by_code[code], read, lang)
    else:
        _show_all(read, lang)


def _parties(indicator: "Indicator", standard: "Standard", lang: Language) -> str:
    source, review = (
        "、".join(standard.parties.get(key, Text(key, key)).get(lang) for key in keys)
        for keys in (indicator.source, indicator.review)
    )
    return f"{source} → {review}" if review else source


def _show_all(standard: "Standard", lang: Language) -> None:
    console = Console(highlight=False, markup=False)
    title = f"{standard.title.get(lang)} · {standard.id} · {standard.first} – {standard.last or '…'}"
    console.print(title, style="bold", soft_wrap=True)
    table = Table(show_lines=True)
    for head in HEADS[lang]:
        table.add_column(head, overflow="fold")
    for indicator in standard.indicators:
        star = "* " if indicator.by_project else ""
        clause = indicator.cite.removeprefix(standard.cite).strip()
        table.add_row(
            f"{star}{indicator.name.get(lang)}\n{indicator.code}",
            indicator.kind.words(standard.levels).get(lang),
            _parties(indicator, standard, lang),
            "\n".join([clause, " ".join(indicator.readings)]).strip(),
        )
    console.print(table)
    grades = " · ".join(f"{grade.grade} ≤ {plain(grade.up_to, 2)} %" for grade in standard.grades)
    note = Text(
        "* 各项目合计后除以项目数。等级(名次 ÷ 参评企业数):", "* averaged over the projects. Grades (rank ÷ N): "
    )
    console.print(note.get(lang) + grades, soft_wrap=True)


def _show_indicator(indicator: "Indicator", standard: "Standard", lang: Language) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{indicator.code} · {indicator.name.get(lang)}", style="bold")
    rows = [
        (Text("类别", "group").get(lang), f"{WORDS[indicator.group].get(lang)} · {WORDS[indicator.scope].get(lang)}"),
        (HEADS[lang][1], indicator.kind.words(standard.levels).get(lang)),
        (Text("证明", "proof").get(lang), indicator.proof.get(lang)),
        (HEADS[lang][2], _parties(indicator, standard, lang)),
        (HEADS[lang][3], indicator.cite),
    ]
    for level, keys in indicator.authorities.items():
        named = "、".join(standard.authorities[key].get(lang) for key in keys)
        of_level = f"({standard.level_name(level).get(lang)})" if level else ""
        rows.append((Text("机关", "authorities").get(lang) + of_level, named))
    rows += [(reading, standard.readings[reading].get(lang)) for reading in indicator.readings]
    for head, value in rows:
        console.print(f"  {head}: {value}")


@standards.command()
@click.argument("old")
@click.argument("new")
@as_json
def diff(old: str, new: str, as_json: bool) -> None:
    """并列比较两个版本。Show two editions side by side."""
    from gongbao.rating.rules.editions import compare
    from gongbao.rating.tables.standards import read_standard

    before, after = read_standard(old), read_standard(new)
    changes = compare(before, after)
    if as_json:
        rows = [{"place": change.place, "before": change.before, "after": change.after} for change in changes]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not changes:
        click.echo("两个版本没有差别。The two editions do not differ.")
        return
    table = Table(title=f"{len(changes)} 处不同 · {len(changes)} differences")
    for head in ("位置 place", before.id, after.id):
        table.add_column(head, overflow="fold")
    for change in changes:
        table.add_row(change.place, _or_dash(change.before), _or_dash(change.after))
    Console(highlight=False, markup=False).print(table)


def _or_dash(value: str | None) -> str:
    return "–" if value is None else value
