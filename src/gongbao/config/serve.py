"""gongbao serve: the web server, the background worker and the clock of the cases, together until Ctrl-C."""

import os
import signal
import subprocess
import sys

import click

from gongbao.terminal.database import needs_database

STOP_SECONDS = 10
BACKGROUND = (
    ("-m", "django", "db_worker", "--queue-name", "*"),
    ("-c", "from gongbao.config.cli import main; main(['cases', 'clock'])"),
)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT", help="端口。Port."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。Address to listen on.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="进程数。Processes.")
@needs_database
def serve(port: int, host: str, workers: int) -> None:
    """Serve the pages and do the background work; the tables are brought up to date first. 启动网站和后台任务。"""
    from granian import Granian
    from granian.constants import Interfaces

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongbao.config.settings"}
    workers_behind = [
        subprocess.Popen([sys.executable, *command], env=environment)  # noqa: S603 - our own commands
        for command in BACKGROUND
    ]
    click.echo(f"公报 · Gongbao: http://{host}:{port}/ (Ctrl-C 停止 stops it)", err=True)
    try:
        Granian(
            "gongbao.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            log_access=False,
        ).serve()
    finally:
        for worker in workers_behind:
            worker.send_signal(signal.SIGTERM)
        for worker in workers_behind:
            try:
                worker.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
