"""The best combination (最优组合) over all projects and programmes, proven optimal, with the runner-up.

From each project at most one choice is taken: of some documents one measure, of others all its rows together (I-15).
Rows of one platform or product share a limit, which the earlier row in the order of the table uses first. Projects
that share no limit are free of each other and decided by comparison; those that share one are decided together, by
an integer programme. docs/explanation/best-combination.md has the proof of what "ties" and "runner-up" mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from gongbao.support.rules.answers import Match
from gongbao.support.rules.programme import Catalogue

Values = tuple[int, ...]  # what each row of the table really gets, in fen


@dataclass(frozen=True)
class Chosen:
    """A row of a combination and what it really gets, in fen."""

    match: Match
    value: int


@dataclass(frozen=True)
class Combination:
    """rows: in the order of the table, each with more than nothing."""

    rows: tuple[Chosen, ...]

    @property
    def total(self) -> int:
        return sum(row.value for row in self.rows)


@dataclass(frozen=True)
class Lost:
    """A row that could have been had. by: the rows that stand in its place.

    difference: what the best combination with its choice would be worth less, in fen.
    """

    match: Match
    by: tuple[Match, ...]
    difference: int


@dataclass(frozen=True)
class Best:
    """runner_up: the best in which at least one project takes another choice, or nothing; None: nothing is chosen."""

    chosen: Combination
    runner_up: Combination | None
    lost: tuple[Lost, ...]


@dataclass(frozen=True)
class Option:
    """One choice of one project: the places of its rows in the table."""

    project: str | None
    rows: tuple[int, ...]


def best_combination(matches: Iterable[Match], catalogue: Catalogue) -> Best:
    """The best of all eligible rows with a figure, up_to at its maximum."""
    table = [match for match in matches if match.value]
    parts = [_Part(table, options) for options in _parts(table, _options(table, catalogue))]
    optima = [part.optimum() for part in parts]
    values = _sum(optima, len(table))
    return Best(_combination(table, values), _runner_up(table, parts, optima), _lost(table, parts, optima, values))


def _sum(parts: Sequence[Values], rows: int) -> Values:
    """What every row gets when each part gets its own."""
    return tuple(map(sum, zip(*parts, strict=True))) if parts else (0,) * rows


def _combination(table: Sequence[Match], values: Values) -> Combination:
    return Combination(tuple(Chosen(match, value) for match, value in zip(table, values, strict=True) if value))


def _order(values: Values) -> tuple[int, Values]:
    """More is better; of equal totals the one with more in the first row that differs."""
    return sum(values), values


def _runner_up(table: Sequence[Match], parts: Sequence["_Part"], optima: Sequence[Values]) -> Combination | None:
    """One part gives way, the others keep their best."""
    candidates = []
    for at, part in enumerate(parts):
        other = part.runner_up(optima[at])
        if other is not None:
            candidates.append(_sum([*optima[:at], other, *optima[at + 1 :]], len(table)))
    return _combination(table, max(candidates, key=_order)) if candidates else None


def _lost(
    table: Sequence[Match], parts: Sequence["_Part"], optima: Sequence[Values], values: Values
) -> tuple[Lost, ...]:
    """Every row that gets nothing, in the order of the table."""
    found: dict[int, Lost] = {}
    for part, optimum in zip(parts, optima, strict=True):
        for option in part.options:
            lost = [row for row in option.rows if not values[row]]
            if lost:
                difference = sum(optimum) - part.total_with(option)
                found |= {row: Lost(table[row], _instead(row, option, table, values), difference) for row in lost}
    return tuple(found[row] for row in sorted(found))


def _instead(row: int, option: "Option", table: Sequence[Match], values: Values) -> tuple[Match, ...]:
    """The rows in the place of one: another choice of its project, else those that use up its limit."""
    chosen = [at for at, value in enumerate(values) if value]
    own = [table[at] for at in chosen if table[at].project == option.project and at not in option.rows]
    pool = table[row].pool
    return tuple(own or [table[at] for at in chosen if pool and table[at].pool == pool])


def _options(table: Sequence[Match], catalogue: Catalogue) -> list[Option]:
    """Every choice of every project, in the order of the first row of each."""
    rows: dict[tuple[str | None, str], list[int]] = {}
    for place, match in enumerate(table):
        programme = catalogue.programme_of[match.measure.code]
        choice = match.measure.code if programme.choice == "measure" else programme.id
        rows.setdefault((match.project, choice), []).append(place)
    return [Option(project, tuple(places)) for (project, _), places in rows.items()]


def _parts(table: Sequence[Match], options: Sequence[Option]) -> list[list[Option]]:
    """Options put together where projects are tied to each other by a shared limit."""
    parts: list[tuple[set[str], list[Option]]] = []
    for option in options:
        ties = {f"project {option.project}"} | {f"pool {pool}" for row in option.rows if (pool := table[row].pool)}
        tied = [part for part in parts if part[0] & ties]
        parts = [part for part in parts if not part[0] & ties]
        parts.append((ties.union(*(names for names, _ in tied)), [*(o for _, held in tied for o in held), option]))
    return [sorted(held, key=lambda option: option.rows) for _, held in parts]


class _Part:
    """Projects that are tied to each other. Combinations are lists of what every row of the table gets."""

    def __init__(self, table: Sequence[Match], options: Sequence[Option]) -> None:
        self.table, self.options = table, options
        self.rows = sorted(row for option in options for row in option.rows)
        pooled: dict[str, list[int]] = {}
        for row in self.rows:
            if pool := table[row].pool:
                pooled.setdefault(pool, []).append(row)
        self.pools = {pool: rows for pool, rows in pooled.items() if len(rows) > 1}
        self.owner = {row: option for option in options for row in option.rows}

    def values(self, taken: Iterable[Option]) -> Values:
        """What the rows of some options get: the earlier row uses a shared limit first."""
        got, left = [0] * len(self.table), {pool: self.limit(rows) for pool, rows in self.pools.items()}
        for row in sorted(row for option in taken for row in option.rows):
            match = self.table[row]
            got[row] = match.value or 0
            if match.pool in left:
                got[row] = min(got[row], left[match.pool])
                left[match.pool] -= got[row]
        return tuple(got)

    def limit(self, rows: Sequence[int]) -> int:
        amount = self.table[rows[0]].measure.amount
        return (amount.most if amount else None) or 0

    def optimum(self, without: Sequence[Option] = ()) -> Values:
        """The best; of equal ones the first in the order of the table, that is with more in the first row that differs.

        without: options of which at least one must not be taken.
        """
        if not self.pools:  # one project alone: each of its options, or nothing
            taken = [[option] for option in self.options if option not in without]
            return max((self.values(options) for options in [[], *taken]), key=_order)
        return self._first_of_equal(_Solver(self, without))

    def total_with(self, option: Option) -> int:
        """The total of the best in which an option is taken."""
        return sum(self.values(_Solver(self).solve({option: True}) or [] if self.pools else [option]))

    def _first_of_equal(self, solver: "_Solver") -> Values:
        """Each row, in the order of the table, is given what it can have at no cost to the total."""
        fixed: dict[Option, bool] = {}
        taken = solver.solve(fixed) or []
        total = sum(self.values(taken))
        for row in self.rows:
            option = self.owner[row]
            kept = [held for held, is_taken in fixed.items() if is_taken]
            if option in fixed or not self.values([*kept, option])[row]:
                continue
            if option not in taken:
                other = solver.solve({**fixed, option: True})
                if other is not None and sum(self.values(other)) == total:
                    taken = other
            fixed[option] = option in taken
        return self.values(taken)

    def runner_up(self, optimum: Values) -> Values | None:
        """The best in which at least one project takes another choice; None where nothing is chosen."""
        chosen = [option for option in self.options if any(optimum[row] for row in option.rows)]
        return self.optimum(without=chosen) if chosen else None


class _Solver:
    """The integer programme of a part. Variables: each option is taken or not; each row gets a share of its value."""

    def __init__(self, part: _Part, without: Sequence[Option] = ()) -> None:
        self.part = part
        option_at = {option: at for at, option in enumerate(part.options)}
        row_at = {row: len(part.options) + at for at, row in enumerate(part.rows)}
        values = {row: part.table[row].value or 0 for row in part.rows}
        self.option_at, self.size = option_at, len(option_at) + len(row_at)
        self.costs = np.zeros(self.size)
        for row, at in row_at.items():
            self.costs[at] = -values[row]
        limits: list[tuple[dict[int, float], float]] = [
            ({row_at[row]: 1.0, option_at[option]: -1.0}, 0.0) for row, option in part.owner.items()
        ]  # a row gets something only if its option is taken
        limits += (
            ({at: 1.0 for option, at in option_at.items() if option.project == project}, 1.0)
            for project in {option.project for option in part.options}
        )
        limits += (({row_at[row]: values[row] / part.limit(rows) for row in rows}, 1.0) for rows in part.pools.values())
        if without:
            limits.append(({option_at[option]: 1.0 for option in without}, len(without) - 1.0))
        matrix = np.zeros((len(limits), self.size))
        for line, (factors, _) in enumerate(limits):
            for column, factor in factors.items():
                matrix[line, column] = factor
        self.constraints = LinearConstraint(matrix, -np.inf, np.array([limit for _, limit in limits]))

    def solve(self, fixed: Mapping[Option, bool]) -> list[Option] | None:
        """The options of an optimum, some of them fixed; None where there is none. RuntimeError if it is not proven."""
        lower, upper, whole = np.zeros(self.size), np.ones(self.size), np.zeros(self.size)
        whole[: len(self.option_at)] = 1
        for option, is_taken in fixed.items():
            lower[self.option_at[option]] = upper[self.option_at[option]] = float(is_taken)
        found = milp(
            self.costs,
            constraints=self.constraints,
            integrality=whole,
            bounds=Bounds(lower, upper),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        taken = [option for option, at in self.option_at.items() if found.x[at] > 1 / 2]
        # The solver works in floats: its bound must leave no room for one fen more than the exact sum.
        if -found.mip_dual_bound >= sum(self.part.values(taken)) + 1:
            raise RuntimeError(f"the optimum is not proven: {found.message}")
        return taken
