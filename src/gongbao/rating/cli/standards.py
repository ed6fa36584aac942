"""gongbao standards: prove a scoring standard sound, show it, and compare two editions."""

import json
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from gongbao.kernel.problem import BadInput, CheckFailed, Problem
from gongbao.kernel.text import Language, Text

if TYPE_CHECKING:
    from gongbao.rating.rules.standard import Indicator, Standard

CURRENT = "property-rating-2026"
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
in_language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言。Language."
)
HEADS = {
    "zh": ("代码", "指标", "类别", "范围", "计分", "来源 → 审核", "条款", "读法"),
    "en": ("code", "indicator", "group", "scope", "calculation", "source → review", "clause", "readings"),
}
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


def _names(keys: tuple[str, ...], names: "Standard", lang: Language) -> str:
    return "、".join(names.parties.get(key, Text(key, key)).get(lang) for key in keys)


def _show_all(standard: "Standard", lang: Language) -> None:
    console = Console(highlight=False, markup=False)
    until = str(standard.last or "…")
    console.print(f"{standard.title.get(lang)} · {standard.id} · {standard.first} – {until}", style="bold")
    table = Table()
    for head in HEADS[lang]:
        table.add_column(head, overflow="fold")
    for i in standard.indicators:
        parties = " → ".join(p for p in (_names(i.source, standard, lang), _names(i.review, standard, lang)) if p)
        words = i.kind.words(standard.levels).get(lang)
        row = (i.code, i.name.get(lang), WORDS[i.group].get(lang), WORDS[i.scope].get(lang), words, parties)
        table.add_row(*row, i.cite.removeprefix(standard.cite).strip(), " ".join(i.readings))
    console.print(table)
    grades = " · ".join(f"{grade.grade} ≤ {grade.up_to / 100:g} %" for grade in standard.grades)
    console.print({"zh": f"等级(名次 ÷ 参评企业数):{grades}", "en": f"grades (rank ÷ N): {grades}"}[lang])


def _show_indicator(indicator: "Indicator", standard: "Standard", lang: Language) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{indicator.code} · {indicator.name.get(lang)}", style="bold")
    heads = dict(
        zip(("code", "name", "group", "scope", "kind", "source", "cite", "readings"), HEADS[lang], strict=True)
    )
    parties = " → ".join(
        p for p in (_names(indicator.source, standard, lang), _names(indicator.review, standard, lang)) if p
    )
    rows = [
        (heads["group"], f"{WORDS[indicator.group].get(lang)} · {WORDS[indicator.scope].get(lang)}"),
        (heads["kind"], indicator.kind.words(standard.levels).get(lang)),
        (Text("证明", "proof").get(lang), indicator.proof.get(lang)),
        (heads["source"], parties),
        (heads["cite"], indicator.cite),
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
