"""gongbao support demo: made-up applications, for demonstrations."""

import click

from gongbao.terminal.database import demo_only, needs_database


@click.command()
@needs_database
def demo() -> None:
    """装入虚构的资金申请:办理中、暂存、公示、已拨付等。Load made-up applications in several states.

    只在 GONGBAO_DEMO=1 时可用;再次运行不改变已有内容。Only where GONGBAO_DEMO=1 is set; run again, it changes nothing.
    """
    from django.utils import timezone

    from gongbao.support.selectors.applications import state_of
    from gongbao.support.services.demo import demo_load

    demo_only()
    for made in demo_load(now=timezone.now()):
        click.echo(f"{made.case.number if made.case else ''} {made.measure} {made.applicant} · {state_of(made)}")
