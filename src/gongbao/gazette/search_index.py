"""The words of all passages, in the full-text index of the database at hand: the only place that knows which it is.

Both engines get the tokens of rules.search_text and are asked for phrases of them. SQLite keeps them in an FTS5 table,
PostgreSQL in tsvectors under a GIN index. PostgreSQL remembers at most 255 places of a token, therefore a passage
goes in there as windows of 255 tokens that overlap; a word of up to LONGEST characters is always whole in one of them.
Rows are written and taken away by the services, in the transaction of the text itself; there are no triggers.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models.expressions import RawSQL

from gongbao.gazette.rules.search_text import tokens

WINDOW = 255
LONGEST = 128  # WINDOW = 2 * LONGEST - 1


def write(passages: Iterable[tuple[int, str]]) -> None:
    """Put texts into the index under the ids of their passages."""
    lines = [(number, [token.text for token in tokens(text)]) for number, text in passages]
    if connection.vendor == "postgresql":
        sql = "INSERT INTO gazette_search (passage, tokens) VALUES (%s, %s::tsvector)"
        values = [
            (number, " ".join(f"'{token}':{at}" for at, token in enumerate(window, 1)))
            for number, line in lines
            for window in windows(line)
        ]
    else:
        sql = "INSERT INTO gazette_search (rowid, tokens) VALUES (%s, %s)"
        values = [(number, " ".join(line)) for number, line in lines]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def windows(line: list[str]) -> Iterator[list[str]]:
    """A line of tokens cut into stretches of at most WINDOW, each LONGEST tokens behind the one before."""
    yield line[:WINDOW]
    for start in range(LONGEST, len(line) - WINDOW + LONGEST, LONGEST):
        yield line[start : start + WINDOW]


def forget(passages: Iterable[int]) -> None:
    """Take passages out of the index."""
    column = "passage" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM gazette_search WHERE {column} = %s", [(n,) for n in passages])  # noqa: S608 - two fixed names


def matching(word: str) -> RawSQL:
    """The ids of the passages in which the characters of a folded word (rules.search_text.words) stand side by side.

    To be used as `filter(pk__in=matching(word))`. Raises ValueError for a word longer than LONGEST.
    """
    if len(word) > LONGEST:
        raise ValueError(f"a word may have {LONGEST} characters")
    if connection.vendor == "postgresql":
        query = " <-> ".join(f"'{token}'" for token in word)
        return RawSQL("SELECT passage FROM gazette_search WHERE tokens @@ %s::tsquery", [query])
    query = f'"{" ".join(word)}"'
    return RawSQL("SELECT rowid FROM gazette_search WHERE gazette_search MATCH %s", [query])
