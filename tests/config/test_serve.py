"""The server as people start it: pages, background work, Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from gongbao.config.cli import gongbao

CODE = "import sys; from gongbao.config.cli import main; main(sys.argv[1:])"
WAIT = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGBAO_")}
    return {**kept, "GONGBAO_HOME": str(home), **more}


def run(home: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *args],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
    )


def ask(url: str) -> int:
    """The status of a page, waiting until the server answers."""
    for _ in range(WAIT * 5):
        try:
            with urlopen(url, timeout=5) as answer:
                return int(answer.status)
        except HTTPError as refused:
            refused.close()
            return refused.code
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def children(pid: int) -> list[str]:
    """The commands of the processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.splitlines()


def test_serve_makes_the_tables_shows_pages_works_in_the_background_and_stops(tmp_path: Path) -> None:
    port = free_port()
    served = subprocess.Popen(
        [sys.executable, "-c", CODE, "serve", "--port", str(port), "--workers", "1"],
        env=environment(tmp_path),
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        assert ask(f"http://127.0.0.1:{port}/") == 200
        assert ask(f"http://127.0.0.1:{port}/static/web/gongbao.css") == 200
        assert ask(f"http://127.0.0.1:{port}/static/vendor/bootstrap/dist/css/bootstrap.min.css") == 200
        assert ask(f"http://127.0.0.1:{port}/api/v1/places") == 200
        assert any("db_worker" in command for command in children(served.pid))
    finally:
        served.send_signal(signal.SIGINT)
        assert served.wait(WAIT) is not None
    assert (tmp_path / "gongbao.sqlite3").exists()


def test_made_up_people_come_only_into_a_demonstration(tmp_path: Path) -> None:
    refused = run(tmp_path, "demo-people")
    assert refused.returncode == 2
    assert "GONGBAO_DEMO" in refused.stderr


def test_a_first_administrator_lets_a_system_in_from_the_command_line(tmp_path: Path) -> None:
    below = ["--below", "110000", "--kind", "operations", "--code", "ops", "--name", "运行中心"]
    assert run(tmp_path, "organisation", *below).returncode == 0
    who = ["--username", "root", "--name", "示例", "--role", "administrator", "--at", "ops"]
    weak = run(tmp_path, "createuser", *who, GONGBAO_PASSWORD="123")
    assert weak.returncode == 2
    assert run(tmp_path, "createuser", *who, GONGBAO_PASSWORD="a-long-enough-passphrase-7").returncode == 0
    issued = run(tmp_path, "client", "issue", "--name", "热线", "--organisation", "ops", "--scope", "client.read")
    assert issued.stdout.startswith("gb_")
    listed = run(tmp_path, "client", "list").stdout
    assert "热线" in listed
    assert issued.stdout.strip() not in listed
    assert run(tmp_path, "client", "revoke", "1").returncode == 0
    assert "revoked" in run(tmp_path, "client", "list").stdout
    assert run(tmp_path, "client", "revoke", "99").returncode == 2
    assert run(tmp_path, "client", "issue", "--name", "x", "--organisation", "no", "--scope", "no").returncode == 2


def test_every_command_has_help_in_both_languages() -> None:
    for name in ("serve", "demo-people", "createuser", "organisation", "client"):
        command = gongbao.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help is not None
        assert any("\u4e00" <= letter <= "\u9fff" for letter in command.help)
