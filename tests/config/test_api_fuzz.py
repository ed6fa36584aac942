"""Random requests at every address of the API: no 500, every answer as the schema says."""

from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.organisations.small_city import NOW, small_city

from gongbao.organisations.services.clients import client_issue
from gongbao.web.scopes import scopes

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db(transaction=True)]  # each request has its own connection


def test_every_address_answers_random_requests_as_the_schema_says() -> None:
    """With the token of a system that may do everything that a system may."""
    city = small_city()
    may = sorted(scopes())
    token = client_issue(name="演示系统", organisation=city.bureau, scope=may, now=NOW, by=None)[1]
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema", get_wsgi_application())
    tried = [try_out(one.ok(), token) for one in schema.get_all_operations()]
    assert len(tried) > 1


def try_out(operation: Any, token: str) -> str:
    @given(case=operation.as_strategy())
    @settings(max_examples=30, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def run(case: Any) -> None:
        cache.clear()  # throttles are tested elsewhere
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            excluded_checks=[positive_data_acceptance],  # rules of the law refuse more than a schema can say
        )

    run()
    return str(operation.label)
