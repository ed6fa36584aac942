"""Random requests at every address of the API: no 500, every answer as the schema says."""

from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.organisations.small_city import NOW, small_city, somebody

from gongbao.organisations.services.clients import client_issue
from gongbao.web.scopes import personal_scopes, scopes

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db(transaction=True)]  # each request has its own connection


def test_every_address_answers_random_requests_as_the_schema_says() -> None:
    """With the token of a system that may do everything that a system may; for cases, with one of a person."""
    city, person = small_city(), somebody("li")
    may, own = sorted(scopes()), sorted(personal_scopes())
    token = client_issue(name="演示系统", organisation=city.bureau, scope=may, now=NOW, by=None)[1]
    personal = client_issue(name="演示", organisation=city.bureau, scope=own, now=NOW, by=person, person=person)[1]
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema", get_wsgi_application())
    operations = [one.ok() for one in schema.get_all_operations()]
    tried = [try_out(one, personal if one.path.startswith("/api/v1/cases") else token) for one in operations]
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
