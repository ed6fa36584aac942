"""`make bench`: our full standard with its ledger beside the peers' simplified score, on the same data, in one run.

Competitors must agree before they are timed. OpenFisca and pandas count in floats: a score may differ by 0.001, a
grade by one in a thousand enterprises that stand at a limit.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.rating_data import write_nation
from benchmarks.rounds import ROUNDS, Run, measure, once, show, worker, write

SIZES = (10_000, 100_000, 1_000_000)
ENTRANTS = (
    ("full", "gongbao"),
    ("simplified", "gongbao"),
    ("simplified", "openfisca"),
    ("simplified", "numpy"),
    ("simplified", "pandas"),
)


def plan(folder: Path, size: int) -> list[Run]:
    return [Run(task, who, size, worker("benchmarks.rating_worker", who, task, folder)) for task, who in ENTRANTS]


def check_agreement(runs: list[Run]) -> None:
    """Raise ValueError where a competitor found another score than we did."""
    ours, *peers = [(run.who, once(run)) for run in runs if run.task == "simplified"]
    enterprises = sum(ours[1]["grades"].values())
    for who, found in peers:
        apart = max(abs(a - b) for a, b in zip(ours[1]["some"], found["some"], strict=True))
        moved = sum(abs(ours[1]["grades"][g] - found["grades"].get(g, 0)) for g in ours[1]["grades"])
        if apart > 0.001 or abs(ours[1]["total"] - found["total"]) > 0.001 * enterprises or moved > enterprises / 1000:
            raise ValueError(
                f"{who} does not agree: {apart} points apart, grades {found['grades']}, ours {ours[1]['grades']}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of projects")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as place:
        for size in chosen.sizes:
            folder = Path(place) / str(size)
            write_nation(folder / "tables", size)
            (folder / "tables" / "plain.npz").rename(folder / "plain.npz")
            (folder / "tables" / "about.json").unlink()
            runs = plan(folder, size)
            check_agreement(runs)
            figures += measure(runs, chosen.rounds)
    show(figures, ("simplified", "openfisca"))
    print(
        f"medians of {chosen.rounds} interleaved rounds, each run in a process of its own; {write(figures, 'rating')}"
    )


if __name__ == "__main__":
    main()
