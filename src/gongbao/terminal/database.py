"""Django for the commands that need the database: set up late, the tables made and brought up to date by itself.

A command module stays free of Django at its top and imports models inside the decorated function.
"""

import fcntl
import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from gongbao.kernel.problem import BadInput, Problem

P = ParamSpec("P")
R = TypeVar("R")


def needs_database(command: Callable[P, R]) -> Callable[P, R]:
    """Run `database_ready` before a command. Stands below click's own decorators."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        database_ready()
        return command(*args, **kwargs)

    return run


def database_ready() -> None:
    """Set Django up and bring the tables up to date; on a fresh machine this makes folder, database and tables.

    Raises BadInput, with one sentence, when the database cannot be reached or the folder not be written.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongbao.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import DatabaseError, connection

    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except OSError as error:
        raise _unreachable(
            "GONGBAO_HOME", str(settings.HOME), "一个可写入的文件夹", "a folder that can be written", error
        ) from error
    except DatabaseError as error:
        where = connection.settings_dict
        place = f"{where['HOST']}:{where['PORT']}/{where['NAME']}" if where["HOST"] else str(where["NAME"])
        raise _unreachable(
            "GONGBAO_DATABASE_URL",
            place,
            "一个连得上的数据库;请检查数据库是否在运行、地址和权限是否正确",
            "a database that answers; check that it runs, its address and your rights",
            error,
        ) from error
    if not _up_to_date():
        _migrate(settings.HOME / "migrate.lock")


def demo_only(expected: str = "只在演示系统中设为 1", expected_en: str = "1, for demonstrations only") -> None:
    """Raises BadInput where GONGBAO_DEMO=1 is not set: what is made up has no place beside what is true."""
    from django.conf import settings

    if not settings.DEMO:
        raise BadInput([Problem("GONGBAO_DEMO", None, "", "", expected, expected_en)])


def _up_to_date() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrate(lock: Path) -> None:
    from django.core.management import call_command

    with _alone(lock):  # two first commands at once: the second waits, then finds nothing to do
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)  # where the cache stands in the database


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _unreachable(setting: str, value: str, expected: str, expected_en: str, error: Exception) -> BadInput:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return BadInput([Problem(setting, None, "", value, f"{expected} ({reason})", expected_en)])
