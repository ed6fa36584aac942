"""Pages of a domain beside a case: where a person goes on from it, such as the queue that it stands in.

    lead_on("objection", ways)   # ways(case, actor) -> [(words, address)]

The module is imported by the domain's AppConfig.ready. What a person may not open is not offered.
"""

from collections.abc import Callable, Iterable

from gongbao.cases.models import Case
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor

Way = tuple[Text, str]
Ways = Callable[[Case, Actor], Iterable[Way]]
_ways: dict[str, Ways] = {}


def lead_on(process: str, ways: Ways) -> None:
    """For the cases of a process."""
    _ways[process] = ways


def ways_on(case: Case, who: Actor) -> list[Way]:
    return list(_ways[case.process](case, who)) if case.process in _ways else []
