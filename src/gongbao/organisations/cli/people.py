"""gongbao demo-people, createuser, places: people and organisations from the command line."""

from typing import TYPE_CHECKING

import click

from gongbao.terminal.database import demo_only, needs_database

if TYPE_CHECKING:  # models are imported when Django is set up
    from gongbao.organisations.models import Organisation


@click.command("demo-people")
@needs_database
def demo_people() -> None:
    """A made-up login for every role. 演示用:每个角色一个虚构的账号。

    Only where GONGBAO_DEMO=1 is set. Run again, it changes nothing and prints the table again.
    """
    from django.utils import timezone
    from rich.console import Console
    from rich.table import Table

    from gongbao.organisations.services.demo import demo_people_load

    demo_only("演示账号的密码是公开的;只在演示系统中设为 1", "the demo password is public: set to 1 for demonstrations")
    password, memberships = demo_people_load(now=timezone.now(), today=timezone.localdate())
    table = Table(title=f"演示账号,密码均为 {password} · demo logins, all with this password")
    for head in ("登录名 login", "角色 role", "单位 organisation"):
        table.add_column(head)
    for one in memberships:
        role = one.role_of.name
        table.add_row(one.person.username, f"{role.zh} {role.en}", one.organisation.name)
    Console().print(table)


@click.command("createuser")
@click.option("--username", required=True, help="登录名。Login name.")
@click.option("--name", required=True, help="姓名。Name.")
@click.option("--email", default="", help="电子邮箱。E-mail.")
@click.option("--role", "role", required=True, help="角色代码,如 administrator。Code of a role.")
@click.option("--at", "code", required=True, help="单位代码。Code of the organisation.")
@click.password_option(envvar="GONGBAO_PASSWORD", help="密码;不给出时询问。Asked for when not given.")
@needs_database
def createuser(username: str, name: str, email: str, role: str, code: str, password: str) -> None:
    """Make a login with a role: the first administrator, for one. 新建账号并授予角色。"""
    from django.db import transaction
    from django.utils import timezone

    from gongbao.organisations.services.people import membership_grant, person_create

    now = timezone.now()
    where = organisation_of(code)
    with transaction.atomic():
        person = person_create(username=username, name=name, email=email, password=password, now=now)
        membership_grant(person=person, organisation=where, role=role, first_day=timezone.localdate(), now=now)
    click.echo(f"{username} · {role} · {where}")


@click.command("organisation")
@click.option("--code", required=True, help="代码,不再改变。A code that never changes.")
@click.option("--kind", required=True, help="类型代码,如 street。Code of a kind.")
@click.option("--name", required=True, help="名称。Name.")
@click.option("--name-en", default="", help="英文名称。English name.")
@click.option("--below", required=True, help="上级单位代码。Code of the organisation above.")
@click.option("--uscc", default="", help="统一社会信用代码。Unified social credit code.")
@needs_database
def organisation(code: str, kind: str, name: str, name_en: str, below: str, uscc: str) -> None:
    """Add an organisation to the tree; the city and its districts come by themselves. 新增组织。"""
    from django.db import transaction
    from django.utils import timezone

    from gongbao.organisations.services.tree import organisation_create

    now = timezone.now()
    with transaction.atomic():
        parent = organisation_of(below)
        made = organisation_create(code=code, kind=kind, name=name, name_en=name_en, parent=parent, uscc=uscc, now=now)
    click.echo(f"{made.code} · {made}")


def organisation_of(code: str) -> "Organisation":
    """The organisation of that code; the places of the city are made when first asked for."""
    from django.utils import timezone

    from gongbao.kernel.problem import BadInput, Problem
    from gongbao.organisations.selectors import organisation_by_code
    from gongbao.organisations.services.tree import places_load

    places_load(now=timezone.now())
    found = organisation_by_code(code)
    if found is None:
        zh, en = "已有组织的代码,如 110000、110102", "the code of an organisation, such as 110000 or 110102"
        raise BadInput([Problem("organisation", None, "code", code, zh, en)])
    return found
