"""Issues to read, and where every line of them went."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.structure import Issue, Provision

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="session")
def made_up_text() -> str:
    """A made-up issue with other numbers and other levels than the real one."""
    return (EXAMPLES / "made-up-issue.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def made_up(made_up_text: str) -> Issue:
    return read_issue(made_up_text)


@pytest.fixture(scope="session")
def issue_13(gazette_file: Path) -> Issue:
    """2026 No. 13; tests that use it bear the marker gazette_text."""
    return read_issue(gazette_file.read_text(encoding="utf-8"))


def _innermost(provision: Provision, taken: set[int], places: dict[int, list[str]]) -> set[int]:
    """Note the lines of a provision at the innermost place; gives back all the lines that it spans."""
    inner: set[int] = set()
    for child in provision.children:
        inner |= _innermost(child, taken, places)
    span = set(range(provision.lines[0], provision.lines[1] + 1))
    assert inner <= span, f"{provision.cite} does not span its children"
    for line in span - inner - taken:
        places[line].append(provision.cite)
    return span


@pytest.fixture(scope="session")
def places_of() -> Callable[[Issue], dict[int, list[str]]]:
    """line -> every place of an issue that holds it: provision, table row, matter, noise."""

    def find(issue: Issue) -> dict[int, list[str]]:
        places: dict[int, list[str]] = defaultdict(list)
        for one in (*issue.matter, *issue.noise):
            places[one.line].append(type(one).__name__)
        aside = set(places)
        works = [work for document in issue.documents for work in document.works]
        for row in (row for work in works for table in work.tables for row in table.rows):
            for line in range(row.lines[0], row.lines[1] + 1):
                if line not in aside:
                    places[line].append(row.cite)
        aside = set(places)  # a table may stand inside a provision
        for provision in (provision for work in works for provision in work.provisions):
            _innermost(provision, aside, places)
        return places

    return find


@pytest.fixture(scope="session")
def provisions_of() -> Callable[[Issue], dict[str, Provision]]:
    """citation -> provision, of all works of an issue; the same citation twice is an error."""

    def find(issue: Issue) -> dict[str, Provision]:
        found: dict[str, Provision] = {}

        def collect(provision: Provision) -> None:
            assert provision.cite not in found, f"{provision.cite} twice"
            found[provision.cite] = provision
            for child in provision.children:
                collect(child)

        for document in issue.documents:
            for work in document.works:
                for provision in work.provisions:
                    collect(provision)
        return found

    return find
