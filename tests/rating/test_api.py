"""The rating's REST interface: published results for everybody, pushes and ledgers under their scopes."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from tests.rating.small_cycle import CLOSING, ONE, RELEASE, TWO, SmallCity, at, everything, facts

from gongbao.organisations.models import ApiCall
from gongbao.organisations.services.clients import client_issue
from gongbao.rating.models import Fact, RatingCycle
from gongbao.rating.selectors.downloads import csv_text, scores_table

ROOT = "/api/v1/rating"
OVER = at("07-25 00:00:00")


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


def token(small: SmallCity, code: str, *scope: str) -> dict[str, str]:
    issued = client_issue(name=code, organisation=small.organisations[code], scope=list(scope), now=CLOSING, by=None)
    return {"Authorization": f"Bearer {issued[1]}"}


def post(small: SmallCity, path: str, rows: list[dict[str, str]], headers: dict[str, str]) -> Any:
    body = json.dumps({"rows": rows})
    return Browser().post(f"{ROOT}/cycles/2026H1/{path}", body, content_type="application/json", headers=headers)


def get(path: str, **more: Any) -> Any:
    return Browser().get(f"{ROOT}/{path}", **more)


def test_nothing_can_be_read_before_it_is_published(small: SmallCity) -> None:
    small.release(RELEASE)
    assert get("cycles").json()["results"] == []
    for path in ("scores", f"scores/{ONE}", "download.csv", "download.json"):
        assert get(f"cycles/2026H1/{path}").status_code == 404
    assert get(f"enterprises/{ONE}").json() == []


def test_a_published_result_is_read_without_a_token(small: SmallCity) -> None:
    small.publish(OVER)
    (cycle,) = get("cycles").json()["results"]
    assert (cycle["code"], cycle["trial"], cycle["enterprises"], cycle["being_corrected"]) == ("2026H1", True, 4, False)
    found = get("cycles/2026H1/scores").json()["results"]
    assert [row["rank"] for row in found] == [1, 2, 3, 4] and found[0]["uscc"] == ONE
    assert [row["uscc"] for row in get("cycles/2026H1/scores", query_params={"q": "P5家园"}).json()["results"]] == [
        ONE,
        TWO,
    ]
    assert get("cycles/2026H1/scores", query_params={"grade": "C"}).json()["count"] == 1
    one = get(f"cycles/2026H1/scores/{ONE}").json()
    points = {row["indicator"]: row["points"] for row in one["breakdown"]}
    assert points["credit"] == "45.000000" and points["waste"] == "-2.000000"
    assert one["result"]["score"] == found[0]["score"]
    assert [row["cycle"] for row in get(f"enterprises/{ONE}").json()] == ["2026H1"]


@pytest.mark.parametrize(("shown", "score", "breakdown"), [("grade", False, False), ("score", True, False)])
def test_the_cycle_sets_how_much_everybody_sees(small: SmallCity, shown: str, score: bool, breakdown: bool) -> None:
    small.publish(OVER)
    RatingCycle.objects.update(settings={"public_breakdown": shown})
    one = get(f"cycles/2026H1/scores/{ONE}").json()
    assert (("score" in one["result"]), bool(one["breakdown"])) == (score, breakdown)
    assert ("score" in get("cycles/2026H1/scores").json()["results"][0]) == score
    assert ("score" in get("cycles/2026H1/download.csv").content.decode().splitlines()[0].split(",")) == score


def test_downloads_are_the_files_of_the_run(small: SmallCity) -> None:
    import fastexcel

    run = small.publish(OVER).public
    csv = get("cycles/2026H1/download.csv")
    assert csv.content.decode() == csv_text(scores_table(run)) and "rating-2026H1.csv" in csv["Content-Disposition"]
    document = get("cycles/2026H1/download.json").json()
    assert document["run"]["output"]["scores.csv"] == run.about["output"]["scores.csv"]
    assert document["scores"][0]["score"] == str(scores_table(run)["score"][0])
    book = fastexcel.read_excel(get("cycles/2026H1/download.xlsx").content)
    assert book.load_sheet("scores").to_polars().height == 4
    assert get("cycles/2026H1/download.exe").status_code == 404


def test_facts_are_for_departments_with_a_scope_and_every_call_is_logged(small: SmallCity) -> None:
    small.publish(OVER)
    path = f"cycles/2026H1/scores/{ONE}/ledger"
    assert get(path).status_code == 401
    assert get(path, headers=token(small, "bureau", "client.read")).status_code == 403
    lines = get(path, headers=token(small, "police", "rating.read")).json()
    assert {line["indicator"]: line["facts"] for line in lines}["waste"] == "F1"
    assert [(call.path, call.status) for call in ApiCall.objects.all()] == [
        (f"{ROOT}/{path}", 200), (f"{ROOT}/{path}", 403),
    ]  # fmt: skip


def test_orders_come_in_under_a_key_and_once(small: SmallCity) -> None:
    headers = token(small, "bureau", "rating.orders.write") | {"Idempotency-Key": "k1"}
    row = {key: value for key, value in facts(fact_id="1", indicator="handover", value="ordered")[0].items() if value}
    answers = [post(small, "orders", [row], headers) for _ in range(2)]
    assert [answer.json() for answer in answers] == [
        {"delivery": Fact.objects.get(fact_id="bureau/1").delivery_id, "rows": 1}
    ] * 2
    assert answers[1].headers["Idempotent-Replay"] == "true"
    again = post(small, "orders", [row], headers | {"Idempotency-Key": "k2"})
    assert again.json() == {"delivery": None, "rows": 0}


def test_complaints_and_credit_come_in_under_their_own_scopes(small: SmallCity) -> None:
    headers = token(small, "police", "rating.complaints.write")
    assert (
        post(small, "complaints", [{"project_id": "P1", "month": "2026-02", "count": "2"}], headers).json()["rows"] == 1
    )
    credit = [{"uscc": ONE, "credit_score": "95"}]
    assert post(small, "credit", credit, headers).status_code == 403
    assert post(small, "credit", credit, token(small, "commission", "rating.credit.write")).json()["rows"] == 1


def test_everything_wrong_in_a_push_is_told_at_once_and_nothing_is_kept(small: SmallCity) -> None:
    headers = token(small, "bureau", "rating.orders.write")
    wrong = {"value": "ordered", "document_no": "", "occurred_on": "2026-02-30"}
    rows = [
        facts(fact_id=name, indicator="handover", **more)[0] for name, more in (("1", {"value": "fined"}), ("2", wrong))
    ]
    seen = everything()
    answer = post(small, "orders", rows, headers)
    assert answer.status_code == 422
    told = {(problem["row"], problem["column"]) for problem in answer.json()["errors"]}
    assert told == {(1, "value"), (2, "document_no"), (2, "occurred_on")}
    assert everything() == seen


def test_a_push_after_closing_is_a_conflict_and_an_unknown_cycle_is_not_found(small: SmallCity) -> None:
    headers = token(small, "bureau", "rating.orders.write")
    small.close()
    row = facts(fact_id="1", indicator="handover", value="ordered")[0]
    seen = everything()
    assert post(small, "orders", [row], headers).status_code == 409
    assert everything() == seen
    RatingCycle.objects.update(code="2027H1")
    assert post(small, "orders", [row], headers).status_code == 404
