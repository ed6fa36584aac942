"""Search over the real text beside plain scanning: each line a passage, and as the issue is read."""

import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from gongbao.gazette.models import Passage
from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.search_text import words
from gongbao.gazette.rules.structure import Document, Issue, Provision, Work
from gongbao.gazette.selectors.search import passages_matching

pytestmark = [pytest.mark.django_db, pytest.mark.gazette_text]
PIECES = 500


def scanned(text: str) -> str:
    """A line as plain scanning reads it: folded by the standard library, without marks inside a sentence."""
    text = re.sub(r"[。！？；!?;…\n]+", "\x01", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"(?<=\d)\.(?=\d)", "\x00", text)
    text = re.sub(r"[^\w\x00\x01%]|_", "", text)
    return re.sub("\x01+", "\x01", text).strip("\x01")


def as_issue(lines: list[str]) -> Issue:
    provisions = tuple(
        Provision(str(at), "paragraph", "", "", line, (at, at)) for at, line in enumerate(lines, 1) if line.strip()
    )
    document = Document("", "", "", (), (), None, "", None, (Work("notice", "", provisions),))
    return Issue(2000, 1, None, None, (document,))


@pytest.mark.parametrize("reader", [lambda text: as_issue(text.splitlines()), read_issue], ids=["lines", "issue"])
def test_500_random_pieces_are_found_exactly_where_plain_scanning_finds_them(
    reader: Callable[[str], Issue], gazette_file: Path, store: Callable[[Issue], object]
) -> None:
    store(reader(gazette_file.read_text("utf-8")))
    passages = {passage.pk: passage.text for passage in Passage.objects.all()}
    text = {pk: scanned(passage) for pk, passage in passages.items()}
    lines = [line for passage in passages.values() for line in passage.split("\n")]
    chance = random.Random(13)
    sought: set[str] = set()
    while len(sought) < PIECES:
        line = chance.choice(lines)
        at = chance.randrange(len(line))
        piece = line[at : at + chance.randint(1, 4)]
        if scanned(piece) and not re.search(r"[\s\"“”]", piece):
            sought.add(piece)
    wrong = {}
    for piece in sorted(sought):
        found = set(passages_matching(words(piece)).values_list("pk", flat=True))
        expected = {pk for pk, passage in text.items() if scanned(piece) in passage}
        if found != expected or not expected:
            wrong[piece] = (found ^ expected, len(expected))
    assert wrong == {}
