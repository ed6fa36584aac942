"""Where the matter of a case has a page of its own: the domain that owns the process names it, the case page links it.

    home_at("support_fund", lambda case, who: reverse(…))

An empty address: there is none for this person.
"""

from collections.abc import Callable

from gongbao.cases.models import Case
from gongbao.organisations.permissions import Actor

Home = Callable[[Case, Actor], str]
_homes: dict[str, Home] = {}


def home_at(process: str, home: Home) -> None:
    _homes[process] = home


def home_of(case: Case, who: Actor) -> str:
    found = _homes.get(case.process)
    return found(case, who) if found else ""
