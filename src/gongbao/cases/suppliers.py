"""Fields of moves that the clock makes and that need a choice: the domain that owns the process supplies them.

    @supply("fire_joint", "housing", "draw")
    def draw(case: Case, day: date) -> dict[str, str]: ...

The module is imported by the domain's AppConfig.ready. A supplier reads, it does not write.
"""

from collections.abc import Callable, Mapping
from datetime import date

from gongbao.cases.models import Case

Supplier = Callable[[Case, date], Mapping[str, str]]
_suppliers: dict[tuple[str, str, str], Supplier] = {}


def supply(process: str, track: str, move: str) -> Callable[[Supplier], Supplier]:
    def keep(supplier: Supplier) -> Supplier:
        _suppliers[process, track, move] = supplier
        return supplier

    return keep


def supplied(process: str, track: str, move: str, case: Case, day: date) -> Mapping[str, str]:
    """The fields for a move. Raises LookupError where no domain supplies them."""
    return _suppliers[process, track, move](case, day)
