"""Writes docs/reference/commands.md from the commands themselves: `make docs`. A test holds the page against them."""

from pathlib import Path

import click

from gongbao.config.cli import gongbao

PAGE = Path(__file__).parent / "commands.md"
HEAD = """# Commands 命令

Written by `make docs` from the commands themselves. Exit codes everywhere: 0 done · 1 a check or verification
failed · 2 bad input, nothing written · 3 internal.
"""


def pages(command: click.Command, name: str, parent: click.Context | None = None) -> list[str]:
    """The help of a command and of all below it, as sections."""
    width = {"terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings, **width)
    found = [f"\n## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            below = command.get_command(context, child)
            if below is not None and not below.hidden:
                found += pages(below, child, context)
    return found


def page() -> str:
    """The whole page."""
    return HEAD + "".join(pages(gongbao, "gongbao"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
