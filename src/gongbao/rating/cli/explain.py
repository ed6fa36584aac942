"""gongbao explain: every point of one enterprise with its clause, and the distance to the next grade."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.kinds import plain
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Language, Text

if TYPE_CHECKING:
    from gongbao.rating.rules.explain import Explained, Next, Room
    from gongbao.rating.rules.standard import Standard
    from gongbao.rating.tables.runs import Run

FACTS_SHOWN = 3  # of one line in a terminal; --json has them all
POINTS = ("base", "bonus", "deduction", "score")


@click.command()
@click.argument("uscc")
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="当前目录 here",
    help="gongbao rate 写出的结果目录。The folder that gongbao rate wrote.",
)
@click.option(
    "--standard",
    "standard_file",
    type=click.Path(path_type=Path),
    help="评分所用的标准文件(非自带标准时)。The standard of the run, where it is none of the package.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言。Language.")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。Print JSON.")
def explain(uscc: str, folder: Path, standard_file: Path | None, lang: Language, as_json: bool) -> None:
    """逐分说明一家企业的得分,以及距上一等级还差多少。Explain every point of an enterprise.

    USCC: 统一社会信用代码。The unified social credit code.
    """
    import polars as pl

    from gongbao.rating.rules.explain import explain_line, next_grade
    from gongbao.rating.tables.runs import read_run

    run = read_run(folder)
    standard = _standard_of(run, standard_file)
    own = run.scores.filter(pl.col("uscc") == uscc.strip())
    if own.is_empty():
        zh, en = "参加本次评价的企业的统一社会信用代码", "the code of an enterprise that took part in this run"
        raise BadInput([Problem("USCC", None, "", uscc, zh, en)])
    row = own.row(0, named=True)
    lines = [explain_line(line, standard) for line in run.ledger_of(row["uscc"])]
    found = [explained.line for explained in lines]
    step = next_grade(row["score"], row["rank"], row["projects"], found, run.scores["score"].to_list(), standard)
    if as_json:
        click.echo(json.dumps(_as_json(row, run, lines, step), ensure_ascii=False, indent=2))
    else:
        _show(row, run, lines, step, lang)


def _standard_of(run: "Run", file: Path | None) -> "Standard":
    """The standard that the run was made with; another one would explain another result."""
    from gongbao.rating.tables.standards import packaged_ids, read_standard

    made_with = run.about["standard"]
    names = [file] if file else [name for name in packaged_ids() if name == made_with["id"]]
    for name in names:
        standard = read_standard(name)
        if standard.sha256 == made_with["sha256"]:
            return standard
    zh = f"评分时所用的标准文件({made_with['id']},SHA-256 {made_with['sha256'][:12]}…);请用 --standard 指明"
    en = "the file of the standard that the run was made with; name it with --standard"
    raise BadInput([Problem("--standard", None, "", str(file or made_with["id"]), zh, en)])


def _show(row: dict[str, Any], run: "Run", lines: list["Explained"], step: "Next | None", lang: Language) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    trial = Text(" · 试评价", " · trial").get(lang) if run.about["trial"] else ""
    console.print(f"{row['name']} {row['uscc']} · {run.about['cycle']}{trial}", style="bold")
    score, base, bonus, deduction = (from_fixed(row[name], 4) for name in ("score", "base", "bonus", "deduction"))
    summary = Text(
        f"{score}分,第{row['rank']}名,{row['grade']}级;{row['projects']}个项目;基础{base} 加分{bonus} 扣分{deduction}",
        f"score {score}, rank {row['rank']}, grade {row['grade']}; {row['projects']} projects; "
        f"base {base} bonus {bonus} deduction {deduction}",
    )
    console.print(summary.get(lang))
    project = None
    for explained in lines:
        if explained.line.project_id != project:
            project = explained.line.project_id
            head = Text(f"项目 {project}", f"project {project}") if project else Text("企业", "enterprise")
            console.print(f"\n{head.get(lang)}", style="bold")
        _show_line(console, explained, lang)
    console.print()
    _show_next(console, step, lang)


def _show_line(console: Console, explained: "Explained", lang: Language) -> None:
    line, indicator = explained.line, explained.indicator
    level = explained.level
    name = (
        indicator.name
        if not line.level
        else Text(f"{indicator.name.zh}({level.zh})", f"{indicator.name.en} ({level.en})")
    )
    console.print(f"{from_fixed(line.contribution, 6):>12}  {name.get(lang)}")
    facts = " ".join(line.facts[:FACTS_SHOWN]) + (f" … ({len(line.facts)})" if len(line.facts) > FACTS_SHOWN else "")
    details = (
        Text(explained.sentence.zh, explained.sentence.en),
        Text(f"{indicator.cite} · 证明:{indicator.proof.zh}", f"{indicator.cite} · proof: {indicator.proof.en}"),
        Text(f"依据:{facts}", f"facts: {facts}") if facts else Text("", ""),
    )
    for detail in filter(None, (detail.get(lang) for detail in details)):
        console.print(f"{'':14}{detail}", style="dim")


def _show_next(console: Console, step: "Next | None", lang: Language) -> None:
    if step is None:
        console.print(Text("没有更高的等级可达。", "There is no better grade to reach.").get(lang))
        return
    distance, score = from_fixed(step.distance, 4), from_fixed(step.score, 4)
    head = Text(
        f"距{step.grade}级还差{distance}分(其他企业不变时需{score}分)。可能弥补的指标(✓ 单独即可):",
        f"{distance} below grade {step.grade} ({score} is needed, the others unchanged). "
        "What could close it (✓ alone):",
    )
    console.print(head.get(lang), style="bold")
    for room in step.rooms:
        console.print(f"  {'✓' if room.enough else '·'} {room.indicator.name.get(lang)}: {_room(room).get(lang)}")


def _room(room: "Room") -> Text:
    if room.gain is None:
        one = plain(room.one, 6)
        return Text(f"每增加一个 +{one}分,需{room.units}个", f"+{one} for each one more, {room.units} are needed")
    gain = plain(room.gain, 6)
    if room.lost:
        return Text(f"已扣{gain}分,经异议更正或下一周期恢复", f"{gain} lost; an objection or the next cycle")
    return Text(f"最多 +{gain}分", f"at most +{gain}")


def _as_json(row: dict[str, Any], run: "Run", lines: list["Explained"], step: "Next | None") -> dict[str, Any]:
    return {
        "cycle": run.about["cycle"],
        "trial": run.about["trial"],
        "standard": run.about["standard"],
        "enterprise": {k: from_fixed(v, 4) if k in POINTS else v for k, v in row.items()},
        "lines": [_line_json(explained) for explained in lines],
        "next": step
        and {
            "grade": step.grade,
            "score": from_fixed(step.score, 4),
            "distance": from_fixed(step.distance, 4),
            "items": [
                {
                    "indicator": room.indicator.code,
                    "gain": None if room.gain is None else from_fixed(room.gain, 6),
                    "one": from_fixed(room.one, 6),
                    "units": room.units,
                    "enough": room.enough,
                    "lost": room.lost,
                }
                for room in step.rooms
            ],
        },
    }


def _line_json(explained: "Explained") -> dict[str, Any]:
    line, indicator = explained.line, explained.indicator
    return {
        "indicator": indicator.code,
        "name": {"zh": indicator.name.zh, "en": indicator.name.en},
        "project_id": line.project_id,
        "level": line.level,
        "quantity": line.quantity,
        "points": from_fixed(line.points, 6),
        "n": line.n,
        "contribution": from_fixed(line.contribution, 6),
        "cite": indicator.cite,
        "proof": {"zh": indicator.proof.zh, "en": indicator.proof.en},
        "readings": list(indicator.readings),
        "facts": list(line.facts),
        "sentence": {"zh": explained.sentence.zh, "en": explained.sentence.en},
    }
