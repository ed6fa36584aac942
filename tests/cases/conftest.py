"""The made-up city of city.py, in the database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cases.city import City, build


@pytest.fixture
def city(db: None, tmp_path: Path, settings: Settings) -> City:
    settings.HOME = tmp_path
    return build()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the draw of the filing come out so."""
    from gongbao.cases import joining

    def come_out(value: str) -> None:
        monkeypatch.setitem(joining._suppliers, ("fire_joint", "housing", "draw"), lambda _case, _day: {"drawn": value})

    return come_out
