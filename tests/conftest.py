"""What all tests share: parts of the machine that may be missing are asked for here, loudly."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

REPO = Path(__file__).resolve().parent.parent
GAZETTE = Path(os.environ.get("GONGBAO_GAZETTE_TEXT", REPO.parent / "shared" / "gazette" / "2026-13.txt"))


def missing_parts() -> dict[str, str]:
    """marker -> why tests with that marker cannot run here."""
    missing = {}
    if not GAZETTE.exists():
        missing["gazette_text"] = f"no text of the issue at {GAZETTE}; set GONGBAO_GAZETTE_TEXT"
    if not shutil.which("chromium"):
        missing["browser"] = "no chromium on this machine; install the system's package"
    if not shutil.which("java"):
        missing["java"] = missing["spark"] = "no Java on this machine; install a Java runtime"
    if importlib.util.find_spec("pyspark") is None:
        missing["spark"] = "the spark extra is not installed; make setup PARTS=all"
    return missing


def pytest_configure() -> None:
    """Tests make many logins: their passwords need no slow hash; and side by side they count calls each for itself."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = missing_parts()
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        for marker, why in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI nothing may be skipped: there every part is installed, so a skip is a failure of the build."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("GONGBAO_REQUIRE_ALL") and skipped and session.exitstatus == 0:
        reporter.write_line(f"{len(skipped)} tests were skipped where none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def clearing_between_tests() -> Iterator[None]:
    """Tests that commit are cleared by DELETE on SQLite, which the guards of written rows refuse: set them aside."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    from gongbao.archive.guards import removals, run, statements

    original = DatabaseWrapper.ops_class.execute_sql_flush

    def flush(operations: BaseDatabaseOperations, sql: list[str]) -> None:
        run(operations.connection, removals("sqlite"))
        original(operations, sql)
        run(operations.connection, statements("sqlite"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseWrapper.ops_class, "execute_sql_flush", flush)
        yield


@pytest.fixture(scope="session")
def gazette_file() -> Path:
    """The text of 2026 No. 13, as scanned; tests that use it bear the marker gazette_text."""
    return GAZETTE
