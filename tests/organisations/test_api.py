"""Tokens, scopes, idempotency keys, problem details."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import include, path
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from tests.organisations.small_city import NOW, City

from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.organisations.api_base import Api
from gongbao.organisations.models import ApiCall, Change, Client, IdempotencyKey, Organisation
from gongbao.organisations.services.clients import client_issue, client_revoke
from gongbao.organisations.services.tree import organisation_close, organisation_create
from gongbao.web.errors import NotAllowed

THIS = "/api/v1/client"


class Add(Api):
    """Adds a community; for these tests."""

    scopes: ClassVar = {"POST": "client.read"}

    def post(self, request: Request) -> Response:
        if request.data.get("refuse"):
            raise NotAllowed(Refused(Text("不在期限内。", "Out of time."), "京建法〔2025〕2号 第十二条"))
        if request.data.get("break"):
            raise RuntimeError("broken on purpose")
        made = organisation_create(
            code=request.data["code"],
            kind="community",
            name=request.data.get("name", ""),
            parent=Organisation.objects.get(code="110102-s1"),
            now=NOW,
        )
        return Response({"code": made.code}, status=201)


class Forgotten(Api):
    """Names no scopes."""

    def get(self, request: Request) -> Response:
        return Response({})


urlpatterns = [
    path("test/add", Add.as_view()),
    path("test/forgotten", Forgotten.as_view()),
    path("", include("gongbao.config.urls")),
]


@pytest.fixture(autouse=True)
def fresh_throttles() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def token(tree: City) -> str:
    return client_issue(name="演示系统", organisation=tree.bureau, scope=["client.read"], now=timezone.now(), by=None)[
        1
    ]


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


def add(browser: Browser, token: str, body: dict[str, Any], key: str = "") -> Any:
    headers = bearer(token, **({"Idempotency-Key": key} if key else {}))
    return browser.post("/test/add", body, content_type="application/json", headers=headers)


def test_a_token_lets_its_system_in_and_the_call_is_written_down(client: Browser, token: str) -> None:
    answer = client.get(THIS, headers=bearer(token))
    assert answer.json()["scopes"] == ["client.read"]
    call = ApiCall.objects.get()
    assert (call.client.name, call.method, call.path, call.status) == ("演示系统", "GET", THIS, 200)


def test_the_token_is_not_kept(token: str) -> None:
    assert token not in str(list(Client.objects.values())) + str(list(Change.objects.values()))


@pytest.mark.parametrize("header", ["Bearer gb_wrong", "Bearer", "Basic x", "Bearer a b"])
def test_a_wrong_token_is_told_so_as_a_problem(client: Browser, token: str, header: str) -> None:
    answer = client.get(THIS, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["status"] == 401
    assert not ApiCall.objects.exists()


def test_a_revoked_token_and_one_of_a_closed_organisation_let_nobody_in(
    client: Browser, token: str, tree: City
) -> None:
    organisation_close(organisation=tree.bureau, on=timezone.localdate() + timedelta(days=1), now=NOW, by=None)
    assert client.get(THIS, headers=bearer(token)).status_code == 200
    tree.bureau.closed_on = timezone.localdate()
    tree.bureau.save()
    assert client.get(THIS, headers=bearer(token)).status_code == 401
    tree.bureau.closed_on = None
    tree.bureau.save()
    client_revoke(client=Client.objects.get(), now=NOW, by=None)
    assert client.get(THIS, headers=bearer(token)).status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(60, 200), (-1, 401)])
def test_a_token_lasts_until_it_expires(client: Browser, token: str, seconds: int, status: int) -> None:
    Client.objects.update(expires_at=timezone.now() + timedelta(seconds=seconds))
    assert client.get(THIS, headers=bearer(token)).status_code == status


def test_a_scope_that_the_token_lacks_is_named(client: Browser, token: str) -> None:
    Client.objects.update(scopes="something.else")
    answer = client.get(THIS, headers=bearer(token))
    assert answer.status_code == 403
    assert "client.read" in answer.json()["detail"]


@pytest.mark.urls(__name__)
def test_a_method_without_a_scope_is_open_to_nobody(client: Browser, token: str) -> None:
    assert client.get("/test/forgotten", headers=bearer(token)).status_code == 403
    assert client.get("/test/forgotten").status_code in (401, 403)


@pytest.mark.parametrize("scope", [[], ["no.such.scope"]])
def test_a_token_needs_known_scopes(tree: City, scope: list[str]) -> None:
    with pytest.raises(BadInput):
        client_issue(name="演示系统", organisation=tree.bureau, scope=scope, now=NOW, by=None)
    assert not Client.objects.exists()


@pytest.mark.urls(__name__)
def test_all_that_is_wrong_with_an_input_comes_at_once(client: Browser, token: str) -> None:
    before = Organisation.objects.count()
    answer = add(client, token, {"code": "a b"})
    assert answer.status_code == 422
    problem = answer.json()
    assert [one["column"] for one in problem["errors"]] == ["code", "name"]
    assert problem["errors"][1]["expected"]["en"] == "a name of up to 200 characters"
    assert Organisation.objects.count() == before


@pytest.mark.urls(__name__)
def test_a_refusal_bears_its_clause(client: Browser, token: str) -> None:
    answer = add(client, token, {"refuse": True})
    assert answer.status_code == 403
    assert answer.json()["cite"] == "京建法〔2025〕2号 第十二条"
    assert answer.json()["detail"] == "不在期限内。 Out of time."


@pytest.mark.urls(__name__)
def test_a_write_sent_again_under_its_key_gets_the_same_answer_and_writes_nothing(client: Browser, token: str) -> None:
    body = {"code": "c2", "name": "示例社区"}
    first = add(client, token, body, key="k1")
    again = add(client, token, body, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotent-Replay"] == "true"
    assert Organisation.objects.filter(code="c2").count() == 1
    assert ApiCall.objects.count() == 2


@pytest.mark.urls(__name__)
def test_a_refused_write_is_remembered_too(client: Browser, token: str) -> None:
    first, again = (add(client, token, {"code": "a b"}, key="k1") for _ in range(2))
    assert (first.status_code, again.status_code) == (422, 422)
    assert again.headers["Content-Type"] == "application/problem+json"
    assert first.content == again.content


@pytest.mark.urls(__name__)
def test_another_body_under_a_used_key_is_refused_and_not_written(client: Browser, token: str) -> None:
    add(client, token, {"code": "c2", "name": "示例社区"}, key="k1")
    other = add(client, token, {"code": "c3", "name": "示例社区"}, key="k1")
    assert other.status_code == 422
    assert not Organisation.objects.filter(code="c3").exists()


@pytest.mark.urls(__name__)
def test_the_same_key_of_another_system_is_another_key(client: Browser, token: str, tree: City) -> None:
    other = client_issue(name="另一系统", organisation=tree.street, scope=["client.read"], now=NOW, by=None)[1]
    add(client, token, {"code": "c2", "name": "示例社区"}, key="k1")
    assert add(client, other, {"code": "c3", "name": "示例社区"}, key="k1").status_code == 201


@pytest.mark.urls(__name__)
def test_a_write_that_broke_leaves_its_key_free(client: Browser, token: str) -> None:
    client.raise_request_exception = False
    body = {"code": "c2", "name": "示例社区"}
    assert add(client, token, {**body, "break": True}, key="k1").status_code == 500
    assert not IdempotencyKey.objects.exists()
    assert add(client, token, body, key="k1").status_code == 201


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("length", "status"), [(100, 201), (101, 422)])
def test_a_key_has_at_most_a_hundred_characters(client: Browser, token: str, length: int, status: int) -> None:
    body = {"code": "c2", "name": "示例社区"}
    assert add(client, token, body, key="k" * length).status_code == status


def test_places_are_open_and_filtered(client: Browser, tree: City) -> None:
    found = client.get("/api/v1/places?parent__code=110102").json()
    assert [(row["code"], row["level"]) for row in found["results"]] == [("110102-s1", "street")]
    assert client.get("/api/v1/places?page_size=5").json()["count"] == 20
    assert client.get("/api/v1/places?page=99").status_code == 404


def test_too_many_calls_are_slowed_down_and_told_for_how_long(
    client: Browser, tree: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongbao.organisations.api_auth import PublicThrottle

    monkeypatch.setattr(PublicThrottle, "THROTTLE_RATES", {"public": "2/min"})
    answers = [client.get("/api/v1/places") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert answers[2].headers["Content-Type"] == "application/problem+json"


def test_the_schema_is_openapi_three_one_and_says_which_calls_need_a_token(client: Browser, db: None) -> None:
    schema = client.get("/api/v1/schema").json()
    assert schema["openapi"].startswith("3.1")
    assert {} in schema["paths"]["/api/v1/places"]["get"]["security"]
    assert schema["paths"]["/api/v1/client"]["get"]["security"] == [{"client": []}]


def test_a_problem_in_a_table_names_its_row() -> None:
    from gongbao.web.api import problem_details

    answer = problem_details(BadInput([Problem("projects", 7, "area", "x", "数字", "a number")]), {})
    assert answer is not None
    assert answer.data["errors"][0]["row"] == 7
