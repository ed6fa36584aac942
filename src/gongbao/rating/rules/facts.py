"""What a fact (事实) of an indicator may carry: the standard says it, intake checks it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NumberShape:
    """A number in a fact: how many decimals, from where to where (in 10**-decimals units; None: open)."""

    decimals: int
    minimum: int | None = None
    maximum: int | None = None
    at_most_reference: bool = False


@dataclass(frozen=True)
class FactShape:
    """The columns of a fact for one indicator.

    levels: the words that `value` may hold (ordered, penalised, …); empty where it holds a number or nothing.
    value, reference: the shape of a number, None where the column must be empty (or holds a level).
    project: a project_id is required. document: a document_no is required (orders and penalties).
    """

    levels: tuple[str, ...] = ()
    value: NumberShape | None = None
    reference: NumberShape | None = None
    project: bool = False
    document: bool = False
