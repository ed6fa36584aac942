"""The made-up district of city.py, in the database."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.firesafety.city import District, build


@pytest.fixture
def district(db: None, tmp_path: Path, settings: Settings) -> District:
    settings.HOME = tmp_path
    return build()
