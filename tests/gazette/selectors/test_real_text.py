"""The whole way of the real text: read, stored, and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.structure import Document, Issue, Provision
from gongbao.gazette.selectors.content import issue_content
from gongbao.gazette.selectors.resolve import resolve
from gongbao.gazette.services.imports import Imported

pytestmark = [pytest.mark.django_db, pytest.mark.gazette_text]


def test_the_real_issue_comes_back_as_it_was_read_and_every_citation_in_it_resolves(
    gazette_file: Path, store: Callable[[Issue], Imported]
) -> None:
    read = read_issue(gazette_file.read_text("utf-8"))
    imported = store(read)
    assert issue_content(imported.issue) == read
    for document in read.documents:
        cites = list(all_cites(document))
        assert len(cites) > 5
        assert [cite for cite in cites if resolve(cite).place.cite != cite] == []


def all_cites(document: Document) -> list[str]:
    """A tenth of the citations of a document, so that the test stays quick."""

    def below(provisions: tuple[Provision, ...]) -> list[str]:
        return [cite for p in provisions for cite in (p.cite, *below(p.children))]

    found = [document.number]
    for work in document.works:
        found += below(work.provisions)
        found += [cite for table in work.tables for cite in (table.cite, *(row.cite for row in table.rows))]
    return found[::10] if len(found) > 60 else found
