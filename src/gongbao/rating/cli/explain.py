"""gongbao explain: every point of one enterprise with its clause, and the distance to the next grade."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from gongbao.kernel.fixed import from_fixed, to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Language

if TYPE_CHECKING:
    from gongbao.rating.rules.explain import Explained, Next, Room
    from gongbao.rating.rules.standard import Standard
    from gongbao.rating.tables.runs import Run

FACTS_SHOWN = 3  # of one line in a terminal; --json has them all


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
    from gongbao.rating.rules.explain import explain_line, next_grade
    from gongbao.rating.tables.runs import read_run

    run = read_run(folder)
    standard = _standard_of(run, standard_file)
    row = next((row for row in run.scores.iter_rows(named=True) if row["uscc"] == uscc.strip()), None)
    if row is None:
        zh, en = "参加本次评价的企业的统一社会信用代码", "the code of an enterprise that took part in this run"
        raise BadInput([Problem("USCC", None, "", uscc, zh, en)])
    lines = [explain_line(line, standard) for line in run.ledger_of(row["uscc"])]
    scores = [to_fixed(score, 4) for score in run.scores["score"].to_list()]
    step = next_grade(
        to_fixed(row["score"], 4),
        int(row["rank"]),
        int(row["projects"]),
        (explained.line for explained in lines),
        scores,
        standard,
    )
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


def _show(row: dict[str, str], run: "Run", lines: list["Explained"], step: "Next | None", lang: Language) -> None:
    console = Console(highlight=False, markup=False)
    zh = lang == "zh"
    trial = (" · 试评价" if zh else " · trial") if run.about["trial"] else ""
    console.print(f"{row['name']} {row['uscc']} · {run.about['cycle']}{trial}", style="bold")
    console.print(
        f"{row['score']}分,第{row['rank']}名,{row['grade']}级;{row['projects']}个项目;"
        f"基础{row['base']} 加分{row['bonus']} 扣分{row['deduction']}"
        if zh
        else f"score {row['score']}, rank {row['rank']}, grade {row['grade']}; {row['projects']} projects; "
        f"base {row['base']} bonus {row['bonus']} deduction {row['deduction']}"
    )
    table = Table()
    heads = ("指标", "项目", "计算", "得分", "条款", "证明", "依据")
    for head in heads if zh else ("indicator", "project", "calculation", "score", "clause", "proof", "facts"):
        table.add_column(head, overflow="fold", justify="right" if head in ("得分", "score") else "left")
    for explained in lines:
        line, indicator = explained.line, explained.indicator
        level = f"({explained.level.get(lang)})" if line.level else ""
        more = f" … {len(line.facts)}" if len(line.facts) > FACTS_SHOWN else ""
        table.add_row(
            indicator.name.get(lang) + level,
            line.project_id,
            explained.sentence.get(lang),
            from_fixed(line.contribution, 6),
            indicator.cite.split(" ", 1)[1],
            indicator.proof.get(lang),
            "\n".join(line.facts[:FACTS_SHOWN]) + more,
        )
    console.print(table)
    _show_next(console, step, zh)


def _show_next(console: Console, step: "Next | None", zh: bool) -> None:
    if step is None:
        console.print("没有更高的等级可达。" if zh else "There is no better grade to reach.")
        return
    distance, score = from_fixed(step.distance, 4), from_fixed(step.score, 4)
    console.print(
        f"距{step.grade}级还差{distance}分(其他企业不变时需{score}分)。可能弥补的指标:"
        if zh
        else f"{distance} below grade {step.grade} ({score} is needed, the others unchanged). What could close it:"
    )
    for room in step.rooms:
        console.print(
            f"  {'✓' if room.enough else '·'} {room.indicator.name.get('zh' if zh else 'en')}: {_room(room, zh)}"
        )
    console.print("  ✓ 单独即可弥补" if zh else "  ✓ closes it alone", style="dim")


def _room(room: "Room", zh: bool) -> str:
    if room.gain is None:
        one = from_fixed(room.one, 6)
        return f"每增加一个 +{one}分" if zh else f"+{one} for each one more"
    gain = from_fixed(room.gain, 6)
    if room.lost:
        return f"已扣{gain}分,经异议更正或下一周期恢复" if zh else f"{gain} lost; an objection or the next cycle"
    return f"最多 +{gain}分" if zh else f"at most +{gain}"


def _as_json(row: dict[str, str], run: "Run", lines: list["Explained"], step: "Next | None") -> dict[str, Any]:
    return {
        "cycle": run.about["cycle"],
        "trial": run.about["trial"],
        "standard": run.about["standard"],
        "enterprise": row,
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
