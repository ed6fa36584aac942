"""Two people at once: one moves, the other is told so, and nothing is written twice."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.cases.race import race

ONE_EACH = {"done": 5, "TooLate": 5, "steps": 10, "papers": 5}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_moves_and_the_other_is_told(tmp_path: Path, settings: Settings) -> None:
    if connection.vendor == "postgresql":
        settings.HOME = tmp_path
        assert race() == ONE_EACH
        return
    # the embedded database of the tests lives in memory and is shared by threads; people meet in a file
    environment = os.environ | {"GONGBAO_HOME": str(tmp_path)}
    environment.pop("GONGBAO_DATABASE_URL", None)
    repository = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.cases.race"],
        env=environment, cwd=repository, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ast.literal_eval(done.stdout.splitlines()[-1]) == ONE_EACH
