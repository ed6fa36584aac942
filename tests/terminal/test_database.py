"""A command that needs the database, on a fresh machine and on broken ones, each in an interpreter of its own."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

CODE = "import sys; from gongbao.config.cli import main; main(sys.argv[1:])"


def run(home: Path, *args: str, url: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("GONGBAO_DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"GONGBAO_HOME": str(home), "COLUMNS": "200"} | ({"GONGBAO_DATABASE_URL": url} if url else {})
    return subprocess.run([sys.executable, "-c", CODE, *args], env=env, capture_output=True, text=True, check=False)


def test_the_first_command_on_a_fresh_machine_makes_folder_and_tables(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    first, second = run(home, "gazette", "list"), run(home, "gazette", "list")
    assert (first.returncode, first.stderr) == (0, "")
    assert second.stdout == first.stdout
    with sqlite3.connect(home / "gongbao.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM gazette_issue").fetchone() == (0,)


def test_two_first_commands_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    env = {**os.environ, "GONGBAO_HOME": str(tmp_path)}
    env.pop("GONGBAO_DATABASE_URL", None)
    args = [sys.executable, "-c", CODE, "gazette", "list"]
    both = [subprocess.Popen(args, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]


@pytest.mark.parametrize("url", ["postgres://nobody:secret@127.0.0.1:1/none", "sqlite:////nowhere/at/all.sqlite3"])
def test_a_database_that_does_not_answer_is_one_problem_and_tells_no_password(url: str, tmp_path: Path) -> None:
    done = run(tmp_path, "gazette", "list", url=url)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "GONGBAO_DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_one_problem_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "gongbao.sqlite3"
    file.write_text("灯塔" * 1000)
    done = run(tmp_path, "gazette", "list")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert file.read_text() == "灯塔" * 1000


def test_a_home_that_is_no_folder_is_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("")
    done = run(file, "gazette", "list")
    assert done.returncode == 2
    assert "GONGBAO_HOME" in done.stderr


def test_help_needs_no_database_and_no_django(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom gongbao.config.cli import main\n"
        "try: main(['gazette', '--help'])\n"
        "except SystemExit as done: sys.exit(done.code or int('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "检索" in done.stdout
    assert list(tmp_path.iterdir()) == []
