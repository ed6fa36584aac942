"""REST for everybody: the same bytes as the commands, every error at once, and a limit to what one may ask."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from gongbao.support.api.parsing import LARGEST
from gongbao.support.api.views import MOST_PROJECTS
from gongbao.support.rules.programme import Catalogue

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]
Save = Callable[[object], Path]
ROOT = "/api/v1/support/"


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


def sent(address: str, body: object, status: int = 200) -> bytes:
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    answer = Client().post(ROOT + address, content, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.content


def told(address: str, status: int = 200) -> Any:
    answer = Client().get(ROOT + address)
    assert answer.status_code == status
    return answer.json()


@pytest.fixture
def profile(example: Callable[[str], Json]) -> Json:
    fund, event, cars = example("debut_centre"), example("debut_event"), example("auto-5")
    both = {**event["project"], **fund["project"], "directions": ["debut_centre", "debut_event"]}
    return {
        "entity": {**fund["entity"], **cars["entity"]},
        "projects": [
            {"id": "p1", "name": "首发", "facts": both},
            {"id": "p2", "facts": {**cars["project"], "total_investment": "80000000.00", "platform_id": "X"}},
            {"id": "p3", "facts": {**cars["project"], "total_investment": "200000000.00", "platform_id": "X"}},
        ],
    }


APPLICATION: Json = {
    "direction": "mixed_scene",
    "applied_on": "2026-08-01",
    "entity": {"name": "演示公司"},
    "project": {},
    "contracts": [
        {"no": "C1", "category": "fit_out", "party": "装修", "amount": "2000000.00", "signed_on": "2025-11-01"}
    ],
    "invoices": [
        {"no": "I1", "contract": "C1", "issuer": "装修", "buyer": "演示公司", "amount": "2000000.00",
         "issued_on": "2025-12-01"}
    ],
    "payments": [
        {"no": "P1", "contract": "C1", "invoice": "I1", "payer": "演示公司", "payee": "装修", "amount": "1399999.99",
         "paid_on": "2025-12-05"}
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_match_answers_with_the_bytes_of_the_command(profile: Json, run: Run, saved: Save, language: str) -> None:
    _, out, _ = run("match", saved(profile), "--on", "2026-08-01", "--json", "--lang", language)
    assert sent(f"match?on=2026-08-01&lang={language}", profile).decode() == out


def test_combine_answers_with_the_bytes_of_the_command(profile: Json, run: Run, saved: Save) -> None:
    _, out, _ = run("combine", saved(profile), "--on", "2026-08-01", "--json")
    assert sent("combine?on=2026-08-01", profile).decode() == out
    assert json.loads(out)["lost"], "a project takes one direction"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_assess_answers_with_the_bytes_of_the_command(run: Run, saved: Save, language: str) -> None:
    _, out, _ = run("assess", saved(APPLICATION), "--json", "--lang", language)
    assert sent(f"assess?lang={language}", APPLICATION).decode() == out
    assert json.loads(out)["paid_share"] == "0.6999", "one fen short of 70 %"


def test_facts_answer_with_the_bytes_of_the_command(run: Run) -> None:
    for code in ("", "debut_centre", "auto-5"):
        _, out, _ = run("facts", *([code] if code else []), "--json")
        assert Client().get(f"{ROOT}facts?measure={code}").content.decode() == out


def test_every_error_is_told_at_once_in_both_languages(profile: Json) -> None:
    profile["entity"]["moon"] = True
    profile["projects"][0]["facts"]["debut_events"] = "many"
    found = json.loads(sent("match", profile, 422))
    assert (found["status"], len(found["errors"])) == (422, 2)
    assert [error["column"] for error in found["errors"]] == ["moon", "debut_events"]
    assert all(error["expected"]["zh"] and error["expected"]["en"] for error in found["errors"])
    bad = {**APPLICATION, "direction": "debut_centre", "applied_on": "x"}
    assert len(json.loads(sent("assess", bad, 422))["errors"]) >= 2


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"entity": {}, "entity": {}}', b'{"entity": {"in_beijing": 1.5}}',
     b'{"entity": {}, "projects": [{"id": "p1", "facts": {"revenue_6m": 3000000.5}}]}'],
)  # fmt: skip
def test_a_body_that_is_no_profile_is_refused(body: bytes) -> None:
    found = json.loads(sent("match", body, 422))
    assert found["errors"]


@pytest.mark.parametrize("query", ["on=2026-02-30", "on=today", "on=20260801", "lang=fr"])
def test_a_day_or_language_that_is_none_is_refused(query: str) -> None:
    sent(f"match?{query}", {"entity": {}}, 422)


def test_as_many_projects_as_one_may_ask_about_and_one_more() -> None:
    projects = [{"id": str(at)} for at in range(MOST_PROJECTS)]
    sent("match", {"entity": {}, "projects": projects})
    sent("match", {"entity": {}, "projects": [*projects, {"id": "more"}]}, 422)


def test_a_body_of_the_largest_size_is_read_and_a_larger_one_is_not() -> None:
    small = b'{"entity": {}}'
    sent("match", small + b" " * (LARGEST - len(small)))
    sent("match", small + b" " * (LARGEST - len(small) + 1), 413)


def test_measures_are_all_fifty_with_conditions_and_clauses(catalogue: Catalogue) -> None:
    found = told("measures")
    assert [one["code"] for one in found] == [measure.code for measure in catalogue.measures]
    first = told("measures/debut_centre")
    assert first == found[0]
    assert first["amount"] == {
        "rule": "steps",
        "of": "project.debut_events",
        "steps": [{"from": 5, "yuan": 1000000}, {"from": 10, "yuan": 2000000}],
    }
    within = next(one for one in first["conditions"] if one["fact"] == "project.in_use_on")
    assert within["value"] == {"from": "2025-10-01", "until": "2027-06-30"}
    assert told("measures/none", 404)["status"] == 404
    assert [one["code"] for one in told("measures?q=首发首秀活动")] == ["debut_centre", "debut_event"]


def test_programmes_name_what_they_lean_on() -> None:
    found = {one["id"]: one for one in told("programmes")}
    assert list(found) == ["consumption-2026", "etown-automotive", "etown-future-energy", "etown-synthetic-biology"]
    assert found["etown-future-energy"]["refers_to"] == ["京技管发〔2025〕4号", "京技管发〔2024〕29号"]


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongbao.organisations.api_auth import PublicThrottle

    monkeypatch.setattr(
        PublicThrottle,
        "THROTTLE_RATES",
        {**django_settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "public": "2/min"},
    )
    for status in (200, 200, 429):
        sent("match", {"entity": {}}, status)


def test_the_description_of_the_interface_has_examples() -> None:
    schema = Client().get("/api/v1/schema").json()
    for name in ("match", "combine", "assess"):
        content = schema["paths"][f"/api/v1/support/{name}"]["post"]["requestBody"]["content"]["application/json"]
        assert content["examples"], name
