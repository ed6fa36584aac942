"""What is cleared once a day, and counting calls for all processes together."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone
from tests.organisations.small_city import City, small_city

from gongbao.config import settings as configured
from gongbao.documents import storage
from gongbao.documents.models import StoredFile
from gongbao.documents.services import file_store
from gongbao.organisations.models import ApiCall, Client, IdempotencyKey
from gongbao.organisations.services.clients import client_issue
from gongbao.web import clock
from gongbao.web.clock import night

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings: Any) -> Client:
    settings.DEMO = True
    city: City = small_city()
    return client_issue(name="x", organisation=city.bureau, scope=["client.read"], now=NOW, by=None)[0]


@pytest.mark.parametrize(("days", "left"), [(364, 1), (365, 1), (366, 0)])
def test_a_logged_call_is_kept_for_a_year(client: Client, days: int, left: int) -> None:
    ApiCall.objects.create(at=NOW - timedelta(days=days), client=client, method="GET", path="/", status=200)
    night(NOW)
    assert ApiCall.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(6, 1), (7, 1), (8, 0)])
def test_an_idempotency_key_is_kept_for_a_week(client: Client, days: int, left: int) -> None:
    IdempotencyKey.objects.create(client=client, key="k", request_hash="", made_at=NOW - timedelta(days=days))
    night(NOW)
    assert IdempotencyKey.objects.count() == left


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def kept(belongs_to: str, days: int, content: bytes = "草稿".encode()) -> StoredFile:
    import os

    at = NOW - timedelta(days=days)
    file = file_store(name="a.txt", content=content, belongs_to=belongs_to, by=None, at=at)
    os.utime(storage.place(file.sha256), (at.timestamp(), at.timestamp()))
    return file


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 1), (31, 0)])
def test_the_files_of_a_form_never_sent_go_after_thirty_days(home: Path, days: int, left: int) -> None:
    file = kept("draft/1/token", days)
    night(NOW)
    assert StoredFile.objects.count() == left
    assert storage.place(file.sha256).exists() == bool(left)


def test_bytes_that_another_file_has_stay(home: Path) -> None:
    sent, draft = kept("declaration/1", 40), kept("draft/1/token", 40)
    night(NOW)
    assert list(StoredFile.objects.all()) == [sent] and storage.fetch(draft.sha256) == "草稿".encode()


def test_bytes_that_were_kept_again_since_stay(home: Path) -> None:
    draft = kept("draft/1/token", 40)
    storage.keep("草稿".encode())  # somebody whose row is not written yet
    night(NOW)
    assert storage.fetch(draft.sha256) == "草稿".encode()


def test_work_that_fails_does_not_hold_up_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(now: object) -> int:
        raise RuntimeError("broken on purpose")

    works = {"broken": broken, **clock._works}
    monkeypatch.setattr(clock, "_works", works)
    IdempotencyKey.objects.create(client=client, key="k", request_hash="", made_at=NOW - timedelta(days=8))
    assert night(NOW)["keys"] == 1 and "broken" in caplog.text


def test_two_processes_count_calls_together(settings: Any, tmp_path: Path) -> None:
    """Each process has a cache object of its own; what one writes the other reads."""
    from django.db import connection

    real = dict(configured.CACHES["default"])
    settings.CACHES = {"default": real | ({} if connection.vendor == "postgresql" else {"LOCATION": tmp_path})}
    call_command("createcachetable", verbosity=0)
    one, other = (caches.create_connection("default") for _ in range(2))
    one.set("throttle:public:1", [3.0, 2.0])
    assert other.get("throttle:public:1") == [3.0, 2.0]


def test_the_clock_does_the_work_of_the_night_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from gongbao.config.cli import gongbao

    done: list[object] = []
    monkeypatch.setattr(clock, "_works", {"count": lambda now: done.append(now) or 0})
    monkeypatch.setattr("gongbao.cases.cli.sleep", lambda seconds: None)
    assert CliRunner().invoke(gongbao, ["cases", "clock", "--times", "3"]).exit_code == 0
    assert len(done) == 1
