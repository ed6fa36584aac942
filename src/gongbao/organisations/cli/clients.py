"""gongbao client: tokens of connected systems."""

import click

from gongbao.terminal.database import needs_database


@click.group()
def client() -> None:
    """Tokens of connected systems. 接入系统的令牌。"""


@client.command("issue")
@click.option("--name", required=True, help="系统名称。Name of the system.")
@click.option("--organisation", "code", required=True, help="所属单位代码。Code of its organisation.")
@click.option("--scope", multiple=True, required=True, help="权限范围,可多次给出。May be given more than once.")
@click.option("--days", type=click.IntRange(min=1), default=None, help="有效天数。Days that it is valid.")
@needs_database
def issue(name: str, code: str, scope: tuple[str, ...], days: int | None) -> None:
    """Let a system in; prints its token, once. 发放令牌,只显示一次。"""
    from datetime import timedelta

    from django.utils import timezone

    from gongbao.organisations.cli.people import organisation_of
    from gongbao.organisations.services.clients import client_issue

    now = timezone.now()
    made, token = client_issue(
        name=name,
        organisation=organisation_of(code),
        scope=list(scope),
        now=now,
        by=None,
        expires_at=now + timedelta(days=days) if days else None,
    )
    click.echo(token)
    click.echo(f"{made.pk} · {made.name} · {made.scopes}", err=True)


@client.command("revoke")
@click.argument("number", type=int)
@needs_database
def revoke(number: int) -> None:
    """Make a token useless, by the number that `client list` shows. 撤销令牌。"""
    from django.utils import timezone

    from gongbao.kernel.problem import BadInput, Problem
    from gongbao.organisations.selectors import clients_all
    from gongbao.organisations.services.clients import client_revoke

    found = clients_all().filter(pk=number).first()
    if found is None:
        raise BadInput([Problem("client", None, "number", str(number), "client list 列出的编号", "see client list")])
    client_revoke(client=found, now=timezone.now(), by=None)
    click.echo(f"{found.pk} · {found.name}")


@client.command("list")
@needs_database
def list_clients() -> None:
    """All systems that were let in. 列出接入系统。"""
    from gongbao.organisations.selectors import clients_all

    for one in clients_all():
        state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else "valid"
        click.echo(f"{one.pk} · {one.name} · {one.organisation} · {one.prefix}… · {one.scopes} · {state}")
