"""Who may erase personal values."""

from datetime import date
from typing import Any

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, Allowed, Ruling, actor_of, administrators, ask, permission


@permission("archive.personal.erase")
def _erase(actor: Actor, _: Any) -> Ruling:
    return administrators(actor, Text("只有系统管理员可以删除个人信息。", "Only administrators erase personal values."))


def erase_as(username: str, on: date) -> Person:
    """Whoever may erase, by login name, for the command line. Raises BadInput."""
    person = Person.objects.filter(username__iexact=username, is_active=True).first()
    if person is None or not isinstance(ask("archive.personal.erase", actor_of(person, on)), Allowed):
        zh, en = "系统管理员的登录名", "the login name of an administrator"
        raise BadInput([Problem("archive", None, "by", username, zh, en)])
    return person
