import pytest
from tests.organisations.small_city import City, small_city


@pytest.fixture
def tree(db: None) -> City:
    return small_city()
