"""How the benchmarks measure: each run in a process of its own, all competitors in turn, round by round; medians."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
ROUNDS = 5


@dataclass(frozen=True)
class Run:
    """One competitor at one size. command: what to start; it prints one line of JSON: seconds, peak_mb, and more."""

    task: str
    who: str
    size: int
    command: tuple[str, ...]


def worker(module: str, *arguments: object) -> tuple[str, ...]:
    """The command that runs a module of the benchmarks in a fresh interpreter."""
    return (sys.executable, "-m", module, *map(str, arguments))


def once(run: Run) -> dict[str, Any]:
    """Run it and read what it printed last. Raises RuntimeError with its output when it fails."""
    done = subprocess.run(run.command, cwd=REPO, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(run.command)}\n{done.stdout}{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def measure(runs: Iterable[Run], rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Each run in every round, in turn, so that a slow minute of the machine hits all of them."""
    planned = list(runs)
    answers: list[list[dict[str, Any]]] = [[] for _ in planned]
    for _ in range(rounds):
        for at, run in enumerate(planned):
            answers[at].append(once(run))
    return [
        {"task": run.task, "who": run.who, "size": run.size} | _medians(found)
        for run, found in zip(planned, answers, strict=True)
    ]


def _medians(answers: list[dict[str, Any]]) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "seconds": round(statistics.median(answer["seconds"] for answer in answers), 3),
        "peak_mb": round(statistics.median(answer["peak_mb"] for answer in answers)),
    }
    if parts := answers[0].get("parts"):
        figures["parts"] = {
            name: round(statistics.median(answer["parts"][name] for answer in answers), 3) for name in parts
        }
    return figures


def write(figures: list[dict[str, Any]], name: str) -> Path:
    """The figures as var/bench/NAME.json."""
    path = REPO / "var" / "bench" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return path


def show(figures: list[Mapping[str, Any]], ratio_to: tuple[str, str]) -> None:
    """A line a figure, each with its ratio to one competitor's time at the same size."""
    base = {f["size"]: f["seconds"] for f in figures if (f["task"], f["who"]) == ratio_to}
    print(f"{'size':>10}  {'task':<11}{'who':<12}{'seconds':>9}{'peak MB':>9}   ÷ {ratio_to[1]} ({ratio_to[0]})")
    for f in figures:
        ratio = f"{f['seconds'] / base[f['size']]:6.2f}" if f["size"] in base else "     –"
        parts = "   " + " · ".join(f"{k} {v:.2f}" for k, v in f["parts"].items()) if "parts" in f else ""
        print(f"{f['size']:>10,}  {f['task']:<11}{f['who']:<12}{f['seconds']:>9.3f}{f['peak_mb']:>9,}   {ratio}{parts}")
