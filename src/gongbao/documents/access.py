"""Who may read a stored file: the domain that it belongs to says so, each time.

allow("case", lambda person, key: None or the reason why not)
"""

from collections.abc import Callable

from gongbao.kernel.text import Text
from gongbao.organisations.models import Person

Check = Callable[[Person | None, str], Text | None]
_checks: dict[str, Check] = {}
UNKNOWN = Text("没有查看此文件的权限", "you may not read this file")


def allow(kind: str, check: Check) -> None:
    """Let a check speak for the files that belong to "kind/…"."""
    _checks[kind] = check


def refusal(person: Person | None, belongs_to: str) -> Text | None:
    """Why the person (None: not logged in) may not read what belongs there; None when she may. No check: nobody may."""
    kind, _, key = belongs_to.partition("/")
    check = _checks.get(kind)
    return check(person, key) if check else UNKNOWN
