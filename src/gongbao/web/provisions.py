"""Where citations lead, and what runs on a provision: both ways between the gazette and the domains.

The gazette says where a citation leads; each domain says, in the `ready` of its AppConfig, what of it runs on which
provision. Pages of all domains write {% cite "…" %}.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongbao.kernel.text import Text


@dataclass(frozen=True)
class Run:
    """Something that runs on a provision. cite: in official form; kind: 评分指标, 步骤, 措施, 许可事项;
    says: in a few words what it does; url: its page, "" where it has none."""

    cite: str
    kind: Text
    name: Text
    says: Text | None = None
    url: str = ""


RunsOf = Callable[[], Iterable[Run]]
_sources: list[RunsOf] = []
_leads: list[Callable[[str], str]] = []


def runs_from(source: RunsOf) -> RunsOf:
    """Ask this function for what runs whenever a provision is shown. Usable as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def runs_by_cite() -> dict[str, tuple[Run, ...]]:
    """Everything that runs, by the provision that it runs on, in the order of registration."""
    found: dict[str, list[Run]] = defaultdict(list)
    for source in _sources:
        for run in source():
            found[run.cite].append(run)
    return {cite: tuple(runs) for cite, runs in found.items()}


def citations_lead(to: Callable[[str], str]) -> None:
    """Let this function say where a citation leads: its address, "" for what is no citation."""
    _leads[:] = [to]


def cite_url(cite: str) -> str:
    return _leads[0](cite) if _leads else ""
