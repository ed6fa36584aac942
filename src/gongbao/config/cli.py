"""The command line's root: names the commands, loads only the one that is called, and turns errors into exit codes.

Exit codes: 0 done · 1 a check or verification failed · 2 bad input, nothing written · 3 internal.
"""

import importlib
import sys
import traceback

import click

from gongbao.kernel.problem import BadInput, CheckFailed
from gongbao.terminal.problems import print_failures, print_problems

# name on the command line -> where the click command stands. Loading is lazy: `gongbao rate` must not pay for Django.
COMMANDS: dict[str, str] = {
    "demo-city": "gongbao.rating.cli.demo_city:demo_city",
    "rating": "gongbao.rating.cli.group:rating",
    "rate": "gongbao.rating.cli.rate:rate",
    "templates": "gongbao.rating.cli.templates:templates",
    "serve": "gongbao.config.serve:serve",
    "demo-people": "gongbao.organisations.cli.people:demo_people",
    "createuser": "gongbao.organisations.cli.people:createuser",
    "organisation": "gongbao.organisations.cli.people:organisation",
    "client": "gongbao.organisations.cli.clients:client",
    "archive": "gongbao.archive.cli:archive",
    "cases": "gongbao.cases.cli:cases",
    "draw": "gongbao.draw.cli:draw",
    "workdays": "gongbao.calendar.cli:workdays",
    "gazette": "gongbao.gazette.cli.group:gazette",
    "explain": "gongbao.rating.cli.explain:explain",
    "standards": "gongbao.rating.cli.standards:standards",
    "permits": "gongbao.permits.cli.group:permits",
    "firesafety": "gongbao.firesafety.cli.group:firesafety",
    "support": "gongbao.support.cli.group:support",
}


class Root(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongbao")
def gongbao() -> None:
    """The gazette that runs. 公报:让规范性文件跑起来。"""


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with the house's exit codes."""
    try:
        gongbao.main(args=args, standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo("已中止。Stopped.", err=True)
        sys.exit(2)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except BadInput as bad:
        print_problems(bad.problems)
        sys.exit(2)
    except CheckFailed as failed:
        print_failures(failed.failures)
        sys.exit(1)
    except Exception:
        traceback.print_exc()
        click.echo("内部错误,数据没有改动。An internal error; please report the lines above.", err=True)
        sys.exit(3)
    sys.exit(0)
