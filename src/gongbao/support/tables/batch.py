"""A population matched in one run: tables of entities and projects in, matches and an estimate out, slice by slice.

Only ids and the facts of the entities stay in memory, typed and compact; everything else comes and goes in slices.
Results are written beside their place and moved there at the end: bad input leaves nothing behind.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import perf_counter

import polars as pl

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.facts import SCOPES, Fact
from gongbao.support.rules.matching import ELIGIBLE, STATUS, Matcher, take
from gongbao.support.rules.programme import Catalogue, Measure, Programme
from gongbao.support.tables.fact_columns import read_columns
from gongbao.support.tables.writers import Writer, money_column

SLICE = 25_000  # rows; each becomes as many rows of matches as there are measures
MOST_PROBLEMS = 1_000
FIRST_ROW = 2  # below the head line
FORMATS = ("parquet", "csv")
MONEY = ("sum", "sum_what_if", "difference")
Progress = Callable[[int], None]
KEYS = {"entities": ("id",), "projects": ("id", "entity")}


@dataclass(frozen=True)
class Report:
    """What a run did. rows: of matches."""

    entities: int
    projects: int
    rows: int
    seconds: float


@dataclass
class Sums:
    """(code, year) -> how many, and how much in fen where a figure is given (I-16: otherwise never estimated)."""

    count: Counter[tuple[str, int]] = field(default_factory=Counter)
    fen: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, measure: Measure, answers: pl.DataFrame, on: date) -> None:
        """The year is that of the day from which one can apply: the day of the run, or the first day if later."""
        years = (
            answers.filter(pl.col("status") == ELIGIBLE)
            .group_by(pl.max_horizontal(pl.col("first_day"), pl.lit(on)).dt.year().alias("year"))
            .agg(pl.len().alias("count"), pl.col("value").sum().alias("fen"))
        )
        for year, count, fen in years.iter_rows():
            self.count[measure.code, year] += count
            if measure.amount is not None:
                self.fen[measure.code, year] += fen


def run_batch(
    source: Path,
    out: Path,
    catalogue: Catalogue,
    on: date,
    what_if: Programme | None = None,
    progress: Progress | None = None,
) -> Report:
    """Match the tables in a folder. progress: told how many rows there are so far, slice by slice.

    Raises BadInput with what is wrong, having written nothing.
    """
    begun = perf_counter()
    entities, suffix = _table(source, "entities")
    projects, _ = _table(source, "projects")
    run = _Run(catalogue, on, what_if, progress)
    out.mkdir(parents=True, exist_ok=True)
    writer = Writer(out, suffix)
    try:
        run.entities(entities, writer)
        run.projects(projects, writer)
        if run.problems:
            raise BadInput(run.problems)
        writer.write("estimate", run.estimate())
        writer.finish()
    finally:
        writer.discard()
    return Report(len(run.known), len(run.seen), run.rows, perf_counter() - begun)


def _table(folder: Path, name: str) -> tuple[pl.LazyFrame, str]:
    """The table of that name, and its format."""
    for suffix in FORMATS:
        path = folder / f"{name}.{suffix}"
        if path.exists():
            return (pl.scan_parquet(path) if suffix == "parquet" else pl.scan_csv(path, infer_schema=False)), suffix
    expected = f"应有 {name}.parquet 或 {name}.csv", f"{name}.parquet or {name}.csv is due"
    raise BadInput([Problem(str(folder), None, "", name, *expected)])


class _Run:
    def __init__(
        self, catalogue: Catalogue, on: date, what_if: Programme | None, progress: Progress | None = None
    ) -> None:
        self.catalogue, self.on, self.what_if, self.progress = catalogue, on, what_if, progress
        self.codes = pl.Enum([measure.code for measure in catalogue.measures])
        self.problems: list[Problem] = []
        self.known = pl.DataFrame()  # entities: id, and their facts
        self.seen = pl.DataFrame()  # projects: id and entity
        self.rows = 0
        self.sums, self.sums_what_if = Sums(), Sums()

    def entities(self, table: pl.LazyFrame, writer: Writer) -> None:
        """Match every entity, and keep its facts for its projects."""
        kept = []
        for keys, facts in self._slices(table, "entities", self._facts("entity")):
            kept.append(keys.hstack(facts))
            self._match(keys.select(entity="id", project=pl.lit(None, pl.String)), facts, "entity", writer)
        self.known = pl.concat(kept)
        self._unique("entities", self.known.select("id"))

    def projects(self, table: pl.LazyFrame, writer: Writer) -> None:
        """Match every project beside the facts of its entity."""
        if self.problems:
            return
        kept: list[pl.DataFrame] = []
        known = self.known.rename({"id": "entity"}).with_columns(found=pl.lit(True))
        for keys, facts in self._slices(table, "projects", self._facts("project")):
            joined = keys.join(known, on="entity", how="left", maintain_order="left")
            for row in joined["found"].is_null().arg_true().head(MOST_PROBLEMS):
                at = FIRST_ROW + sum(map(len, kept)) + row
                expected = "entities 中没有这个 id", "there is no such id among the entities"
                self.problems.append(Problem("projects", at, "entity", str(keys["entity"][row]), *expected))
            kept.append(keys)
            everything = facts.hstack(joined.drop("id", "entity", "found"))
            self._match(keys.select("entity", project="id"), everything, "project", writer)
        self.seen = pl.concat(kept)
        self._unique("projects", self.seen)

    def _facts(self, scope: str) -> tuple[Fact, ...]:
        return self.catalogue.vocabulary.of(scope)

    def _slices(
        self, table: pl.LazyFrame, name: str, facts: tuple[Fact, ...]
    ) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """Keys and facts, slice by slice; what is wrong is noted."""
        keys, row = KEYS[name], FIRST_ROW
        try:
            self._heads(table.collect_schema().names(), name, facts)
            for part in table.collect_batches(chunk_size=SLICE):
                for frame in part.iter_slices(SLICE):
                    ids = frame.select(pl.col(key).cast(pl.String).replace("", None) for key in keys)
                    for key in keys:
                        for at in ids[key].is_null().arg_true().head(MOST_PROBLEMS):
                            self.problems.append(Problem(name, row + at, key, "", "不能省略", "cannot be left out"))
                    yield ids, read_columns(frame, facts, name, row, self.problems)
                    row += len(frame)
                    if len(self.problems) >= MOST_PROBLEMS:
                        raise BadInput(self.problems)
        except pl.exceptions.PolarsError as error:
            raise BadInput([Problem(name, None, "", str(error), "读不出这张表", "the table cannot be read")]) from error
        if row == FIRST_ROW:
            yield (
                pl.DataFrame(schema=dict.fromkeys(keys, pl.String)),
                read_columns(table.collect(), facts, name, row, []),
            )

    def _heads(self, heads: list[str], name: str, facts: tuple[Fact, ...]) -> None:
        """Every column is a key or a fact."""
        keys, known = KEYS[name], {fact.name.split(".")[1] for fact in facts}
        wrong = [head for head in heads if head not in known and head not in keys]
        found = [
            Problem(name, 1, head, head, "没有这个事实,见 gongbao support facts", "there is no such fact")
            for head in wrong
        ]
        found += [Problem(name, 1, key, "", "缺少这一列", "this column is missing") for key in keys if key not in heads]
        if found:
            raise BadInput([*self.problems, *found])

    def _unique(self, name: str, keys: pl.DataFrame) -> None:
        for row in keys.is_duplicated().arg_true().head(MOST_PROBLEMS):
            value = keys["id"][row]
            self.problems.append(Problem(name, FIRST_ROW + row, "id", str(value), "id 不能重复", "ids must be unique"))

    @cached_property
    def _matchers(self) -> dict[str, tuple[Matcher, Matcher]]:
        """scope -> the measures, and those of the programme that is tried."""
        tried = self.what_if.measures if self.what_if else ()
        return {
            scope: (
                Matcher(self.catalogue.of_scope(scope), self.on),
                Matcher(tuple(measure for measure in tried if measure.scope == scope), self.on),
            )
            for scope in SCOPES
        }

    def _match(self, keys: pl.DataFrame, facts: pl.DataFrame, scope: str, writer: Writer) -> None:
        """Match a slice, add it to the sums, write it."""
        if self.problems:
            return
        matcher, tried = self._matchers[scope]
        frame = take(facts)
        tested, parts = matcher.tested(frame), []
        subject = keys.with_row_index("row")
        for place, measure in enumerate(matcher.measures):
            answers = matcher.answers(tested, measure).to_native()
            self.sums.add(measure, answers, self.on)
            code = pl.lit(measure.code, dtype=self.codes).alias("code")
            parts.append(subject.hstack(answers).with_columns(code, pl.lit(place).alias("place")))
        matches = pl.concat(parts).sort("row", "place")
        self.rows += len(matches)
        if self.progress:
            self.progress(self.rows)
        status = pl.col("status").replace_strict(dict(enumerate(STATUS)), return_dtype=pl.Enum(STATUS))
        writer.write(
            "matches", matches.select("entity", "project", "code", status, money_column(pl.col("value")), "needs")
        )
        tested = tried.tested(frame)
        for measure in tried.measures:
            self.sums_what_if.add(measure, tried.answers(tested, measure).to_native(), self.on)

    def estimate(self) -> pl.DataFrame:
        """code, year, count, sum; with a programme tried also its count and sum, and what it costs more."""
        tried = [
            p for p in (*self.catalogue.programmes, self.what_if) if p and self.what_if and p.id == self.what_if.id
        ]
        concerned = {measure.code for programme in tried for measure in programme.measures}
        order = list(dict.fromkeys([*self.codes.categories, *(code for code, _ in self.sums_what_if.count)]))
        rows = []
        for code, year in sorted(
            {*self.sums.count, *self.sums_what_if.count}, key=lambda key: (order.index(key[0]), key)
        ):
            key = code, year
            now, then = self.sums, self.sums_what_if if code in concerned else self.sums
            row: dict[str, object] = {"code": code, "year": year, "count": now.count[key], "sum": now.fen.get(key)}
            if self.what_if:
                sums = now.fen.get(key), then.fen.get(key)
                difference = None if sums == (None, None) else (sums[1] or 0) - (sums[0] or 0)
                row |= {"count_what_if": then.count[key], "sum_what_if": sums[1], "difference": difference}
            rows.append(row)
        heads = [
            "code",
            "year",
            "count",
            "sum",
            *(["count_what_if", "sum_what_if", "difference"] if self.what_if else []),
        ]
        frame = pl.DataFrame(rows, schema={head: pl.String if head == "code" else pl.Int64 for head in heads})
        return frame.with_columns(money_column(pl.col(head)).alias(head) for head in heads if head in MONEY)
