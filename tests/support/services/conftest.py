import pytest
from tests.support.city import City, build


@pytest.fixture
def city(db: None) -> City:
    return build()
