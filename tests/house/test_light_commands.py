"""Commands that need no database start without Django."""

import subprocess
import sys

import pytest

LIGHT = [
    "gongbao.archive.cli",
    "gongbao.calendar.cli",
    "gongbao.cases.cli",
    "gongbao.draw.cli",
    "gongbao.permits.cli.group",
    "gongbao.support.cli.group",
]


@pytest.mark.parametrize("module", LIGHT)
def test_a_command_without_database_does_not_load_django(module: str) -> None:
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
