"""Digests beside the text of the issue: every provision has one, its figures are the text's, its words are not."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.gazette.figures import figures, spelled

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.plain import plain
from gongbao.gazette.rules.resolve import find
from gongbao.gazette.rules.structure import Document, Issue, Provision
from gongbao.gazette.tables.packaged import packaged_digests, packaged_documents, packaged_readings
from gongbao.kernel.citation import parse

pytestmark = pytest.mark.gazette_text

DIGESTS = packaged_digests()
PERMITS = "清单"  # its 179 rows speak for themselves
LONGEST_RUN = 12  # characters in common with the text, once the names below are taken out

NAMES = re.compile(
    "|".join(
        (
            "《[^》]*》",
            "“[^”]*”",  # programmes and words of art, quoted as such
            "[^，。；：、（）]{2,5}〔[0-9]+〕[0-9]+号",
            r"(?:[0-9]+年)?[0-9]+月[0-9]+日",
            "高端汽车和新能源产业局|生物技术和大健康产业局|市?住房城乡建设[委部]|住建房管部门|市消防救援局|市商务局",
            "市投资项目在线审批监管平台|北京市建筑业职业技能大赛物业管理师竞赛|工信部生物制造标志性产品名单",
            "新型储能|清洁能源|低碳转型|聚变能源|二氧化碳捕集利用与封存（CCUS）|责令改正",
        )
    )
)


@cache
def issue(path: Path) -> Issue:
    return read_issue(path.read_text(encoding="utf-8"))


def words(text: str) -> str:
    """Letters, digits and characters alone: a moved comma makes no sentence one's own."""
    return re.sub(r"[^\w%]", "", unicodedata.normalize("NFKC", text))


def provisions(document: Document) -> Iterator[Provision]:
    """All provisions of a document, each before its children."""
    waiting = [provision for work in document.works for provision in work.provisions]
    while waiting:
        provision = waiting.pop(0)
        yield provision
        waiting[:0] = provision.children


def places(document: Document) -> Iterator[str]:
    """Citations of a document, its works, what bears a number in them, and rows other than permits."""
    yield document.number
    yield from (p.cite for p in provisions(document) if p.number or p.level in ("preamble", "heading"))
    for work in document.works:
        yield work.cite
        for table in work.tables:
            yield table.cite
            if PERMITS not in table.cite:
                yield from (row.cite for row in table.rows)


def test_every_numbered_provision_and_row_has_a_digest_and_no_digest_stands_alone(gazette_file: Path) -> None:
    expected = {cite for document in issue(gazette_file).documents for cite in places(document)}
    assert sorted(expected - set(DIGESTS)) == []
    assert sorted(set(DIGESTS) - expected) == []


def test_a_document_bears_the_title_that_is_printed(gazette_file: Path) -> None:
    titles = {d.number: words(d.works[min(1, len(d.works) - 1)].title) for d in issue(gazette_file).documents}
    assert {d.number: words(d.title.zh) for d in packaged_documents()} == titles


@pytest.mark.parametrize("cite", DIGESTS)
def test_a_digest_says_no_figure_that_its_provision_does_not(cite: str, gazette_file: Path) -> None:
    citation = parse(cite)
    (document,) = (d for d in issue(gazette_file).documents if d.number == citation.document)
    place = find(document, citation)
    assert place is not None
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", "\n".join(plain(place.target))))
    known = figures(text) | spelled(text)
    if citation.work == "通知" or citation.document == cite:  # the day stands under the notice
        known |= figures(f"{document.issued_on:%Y年%-m月%-d日}")
    assert figures(DIGESTS[cite].zh) <= known


def test_a_measure_names_the_office_that_is_printed_first_and_whether_there_are_others(gazette_file: Path) -> None:
    responsible = {p.cite: p.responsible for d in issue(gazette_file).documents for p in provisions(d) if p.responsible}
    assert len(responsible) == 32  # the measures of the three programmes of the Zone
    for cite, (first, *others) in responsible.items():
        assert f"由{first}{'等' if others else ''}负责。" in DIGESTS[cite].zh, cite
        assert DIGESTS[cite].en.endswith(" and others.") == bool(others), cite


def test_no_digest_and_no_reading_repeats_the_sentences_of_the_text(gazette_file: Path) -> None:
    text = words(gazette_file.read_text(encoding="utf-8").replace("北京市人民政府公报", ""))
    runs = {text[at : at + LONGEST_RUN + 1] for at in range(len(text) - LONGEST_RUN)}
    sentences = {cite: digest.zh for cite, digest in DIGESTS.items()}
    for reading in packaged_readings().values():
        sentences[reading.number] = f"{reading.question.zh}\n{reading.reading.zh}\n{reading.why.zh}"
    repeated = {
        (name, run)
        for name, sentence in sentences.items()
        for part in NAMES.split(sentence)
        for at in range(len(words(part)) - LONGEST_RUN)
        if (run := words(part)[at : at + LONGEST_RUN + 1]) in runs
    }
    assert repeated == set()
