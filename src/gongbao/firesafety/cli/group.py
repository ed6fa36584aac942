"""gongbao firesafety: the systems that are told, and made-up places for demonstrations."""

import click

from gongbao.terminal.database import demo_only, needs_database


@click.group()
def firesafety() -> None:
    """消防协同:接收系统、演示数据。Joint handling of fire safety: receivers, demo data."""


@firesafety.command()
@needs_database
def demo() -> None:
    """装入虚构的场所,办理到不同阶段。Load made-up places, each at another stage.

    只在 GONGBAO_DEMO=1 时可用;再次运行不改变已有内容。Only where GONGBAO_DEMO=1 is set; run again, it changes nothing.
    """
    from django.utils import timezone

    from gongbao.firesafety.services.demo import demo_load

    demo_only()
    for place in demo_load(now=timezone.now()):
        states = " / ".join(track.state for track in place.case.tracks.all()) if place.case else "draft"
        click.echo(f"{place.case.number if place.case else '–'} {place.name} · {states}")


@firesafety.group()
def receiver() -> None:
    """接收办理信息的系统。Systems that are told what happens, each message signed."""


@receiver.command("add")
@click.option("--name", required=True, help="系统名称。Name of the system.")
@click.option("--url", required=True, help="接收地址(https)。Address that takes messages.")
@needs_database
def receiver_add(name: str, url: str) -> None:
    """登记接收系统,只显示一次签名密钥。Register a receiver; prints the secret that signs, once."""
    from gongbao.firesafety.services.outbox import receiver_add as add

    click.echo(add(name=name, url=url).secret)


@receiver.command("list")
@needs_database
def receiver_list() -> None:
    """列出接收系统和待发送数。List receivers and what waits for them."""
    from gongbao.firesafety.models import Receiver

    for one in Receiver.objects.all():
        waiting = one.messages.filter(sent_at=None).count()
        click.echo(f"{one.name} · {one.url} · {'on' if one.active else 'off'} · 待发送 waiting {waiting}")


@receiver.command("stop")
@click.argument("name")
@needs_database
def receiver_stop(name: str) -> None:
    """停止向系统发送。Stop telling a system; what was kept stays."""
    from gongbao.firesafety.models import Receiver
    from gongbao.kernel.problem import BadInput, Problem

    if not Receiver.objects.filter(name=name).update(active=False):
        raise BadInput([Problem("receiver", None, "name", name, "已登记的系统,见 receiver list", "see receiver list")])
    click.echo(name)
