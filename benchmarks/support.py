"""`make bench`: support beside OpenFisca-core and publicodes on five measures, and all measures on a population.

Competitors must agree before they are timed: on who gets something, and on how much to one part in a million
(OpenFisca counts in floats of 32 bits, publicodes in floats of 64 bits and does not cut off to the fen).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.rounds import REPO, ROUNDS, Run, measure, once, worker, write
from benchmarks.support_data import FIVE, NODE_MOST

SIZES = (100_000, 1_000_000)
TASK, ALL = "five", "all"


def node() -> str:
    """The Node.js of the environment, or that of the machine."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return shutil.which("node", path=path) or "node"


def plan(folder: Path, size: int) -> list[Run]:
    script = str(REPO / "benchmarks" / "support_publicodes.mjs")
    return [
        Run(TASK, "gongbao", size, worker("benchmarks.support_worker", "gongbao", "measures", folder)),
        Run(TASK, "openfisca", size, worker("benchmarks.support_worker", "openfisca", "measures", folder)),
        Run(TASK, "publicodes", min(size, NODE_MOST), (node(), script, str(folder))),
        Run(ALL, "gongbao", size, worker("benchmarks.support_worker", "gongbao", "batch", folder)),
    ]


def check_agreement(runs: list[Run]) -> None:
    """Raise ValueError where a competitor found something else than we did."""
    ours, openfisca, publicodes = (once(run) for run in runs if run.task == TASK)
    for at, code in enumerate(FIVE):
        mine: dict[str, Any] = ours["found"][code]
        if openfisca["found"][code]["given"] != mine["given"]:
            raise ValueError(
                f"openfisca, {code}: {openfisca['found'][code]['given']} get something, ours {mine['given']}"
            )
        _compare("openfisca", code, mine["some"], openfisca["found"][code]["some"])
        _compare("publicodes", code, mine["some"], publicodes["values"][at][: len(mine["some"])])


def _compare(who: str, code: str, ours: list[float], theirs: list[float]) -> None:
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if abs(one - other) > max(1, one / 1_000_000):
            raise ValueError(f"{who}, {code}, situation {place}: {other} fen, ours {one}")


def show(figures: list[dict[str, Any]]) -> None:
    """A line a figure with its pace, and how many times the pace of others ours is."""
    for figure in figures:
        figure["each_second"] = round(figure["size"] / figure["seconds"])
        print(
            "{task:<6}{who:<12}{size:>10,}{seconds:>10.3f} s{peak_mb:>8,} MB{each_second:>12,} a second".format(
                **figure
            )
        )
    for size in sorted({figure["size"] for figure in figures if figure["who"] == "openfisca"}):
        pace = {f["who"]: f["each_second"] for f in figures if f["task"] == TASK and f["size"] in (size, NODE_MOST)}
        for who in ("openfisca", "publicodes"):
            print(f"five measures, {size:,} situations: {pace['gongbao'] / pace[who]:.1f} times the pace of {who}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of situations")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    figures = []
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            subprocess.run(worker("benchmarks.support_data", folder, size), cwd=REPO, check=True)
            runs = plan(folder, size)
            check_agreement(runs)
            figures += measure(runs, chosen.rounds)
    show(figures)
    print(
        f"medians of {chosen.rounds} interleaved rounds, each run in a process of its own; {write(figures, 'support')}"
    )


if __name__ == "__main__":
    main()
