"""Cases over REST, with the token of a person: her list, one case, moves, comments, files."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone
from tests.cases.city import City

from gongbao.cases.models import Case
from gongbao.documents.models import StoredFile
from gongbao.organisations.models import Membership
from gongbao.organisations.services.accounts import person_block
from gongbao.organisations.services.clients import client_issue, client_revoke, token_issue

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/cases"
BOTH = ("cases.read", "cases.write")


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


@pytest.fixture
def case(city: City) -> Case:
    return city.objection(now=timezone.now())


class Program:
    """A program that acts as somebody of the city."""

    def __init__(self, city: City, who: str, where: str, scope: tuple[str, ...] = BOTH) -> None:
        self.client, token = token_issue(
            person=city.people[who], name="演示", organisation=city.organisations[where], scope=list(scope), days=30,
            now=timezone.now(),
        )  # fmt: skip
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str = "") -> Any:
        return Browser().get(ROOT + path, headers=self.headers)

    def post(self, path: str, body: dict[str, Any], key: str = "") -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return Browser().post(ROOT + path, json.dumps(body), content_type="application/json", headers=headers)


def uphold(case: Case, version: int = 0) -> dict[str, Any]:
    return {"track": "objection", "move": "uphold", "version": version, "fields": {"answer": "成立"}}


def test_a_person_lists_the_cases_that_she_has_a_part_in_and_no_others(city: City, case: Case) -> None:
    listed = Program(city, "clerk", "enterprise").get().json()
    assert [row["number"] for row in listed["results"]] == [case.number]
    assert Program(city, "stranger", "rival").get().json()["count"] == 0
    assert Program(city, "stranger", "rival").get(f"/{case.number}").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("process=objection", 1), ("process=fire_joint", 0), ("open=true", 1), ("open=false", 0),
        ("waiting=true", 1), ("waiting=false", 0), ("words=%E7%94%B2", 1), ("words=nothing", 0),
        ("due_until=2020-01-01", 0), ("due_until=2099-01-01", 1),
    ],
)  # fmt: skip
def test_the_list_is_filtered(city: City, case: Case, query: str, found: int) -> None:
    assert Program(city, "officer", "commission").get(f"?{query}").json()["count"] == found


def test_one_case_says_where_it_stands_what_runs_and_what_can_be_done(city: City, case: Case) -> None:
    shown = Program(city, "officer", "commission").get(f"/{case.number}").json()
    assert [(t["code"], t["state"], t["version"]) for t in shown["tracks"]] == [("objection", "lodged", 0)]
    (clock,) = shown["deadlines"]
    assert (clock["code"], clock["of"], clock["left"]) == ("verify", "commission", 7)
    assert clock["cite"] == "京建法〔2025〕2号 第十二条"
    offered = {move["move"]: move for move in shown["moves"]}
    assert offered["uphold"]["takes"] == ["answer"] and offered["uphold"]["why_not"] is None
    assert "withdraw" not in offered, "that is the enterprise's"


def test_a_move_is_made_once_and_the_next_version_is_told(city: City, case: Case) -> None:
    made = Program(city, "officer", "commission").post(f"/{case.number}/moves", uphold(case))
    assert made.status_code == 200
    assert made.json()["tracks"][0]["state"] == "answered" and made.json()["tracks"][0]["version"] == 1
    (last, _) = Program(city, "clerk", "enterprise").get(f"/{case.number}/history").json()
    assert (last["move"], last["by"], last["values"]["answer"]) == ("uphold", "Officer", "成立")
    assert last["paper"]


def test_of_two_with_the_same_version_the_second_is_told_who_was_first_and_changes_nothing(
    city: City, case: Case
) -> None:
    Program(city, "officer", "commission").post(f"/{case.number}/moves", uphold(case))
    late = Program(city, "second", "commission").post(f"/{case.number}/moves", uphold(case) | {"move": "reject"})
    assert late.status_code == 409 and "Officer" in late.json()["detail"]
    assert case.tracks.get().state == "answered" and case.steps.count() == 2


def test_the_same_move_under_the_same_key_is_answered_again_and_made_once(city: City, case: Case) -> None:
    program = Program(city, "officer", "commission")
    first, again = (program.post(f"/{case.number}/moves", uphold(case), key="k1") for _ in range(2))
    assert first.json() == again.json() and again.headers["Idempotent-Replay"] == "true"
    assert case.steps.count() == 2


def test_a_move_of_another_party_is_refused_with_the_reason(city: City, case: Case) -> None:
    refused = Program(city, "clerk", "enterprise").post(f"/{case.number}/moves", uphold(case))
    assert refused.status_code == 403 and refused.json()["cite"] == "京建法〔2025〕2号 第十二条"
    assert case.tracks.get().state == "lodged" and case.steps.count() == 1


def test_everything_wrong_with_the_fields_is_told_at_once(city: City, case: Case) -> None:
    body = uphold(case) | {"fields": {"answer": " ", "colour": "red"}}
    wrong = Program(city, "officer", "commission").post(f"/{case.number}/moves", body)
    assert wrong.status_code == 422
    assert {row["column"] for row in wrong.json()["errors"]} == {"answer", "colour"}
    assert case.steps.count() == 1


def test_a_token_reads_only_where_it_was_let_read_only(city: City, case: Case) -> None:
    program = Program(city, "officer", "commission", ("cases.read",))
    assert program.get(f"/{case.number}").status_code == 200
    assert program.post(f"/{case.number}/moves", uphold(case)).status_code == 403
    assert case.steps.count() == 1


def test_a_token_acts_in_its_organisation_alone(city: City, case: Case) -> None:
    """The officer is a clerk of the enterprise's rival, too."""
    where = city.organisations["rival"]
    day = timezone.localdate()
    Membership.objects.create(person=city.people["officer"], organisation=where, role="enterprise", first_day=day)
    assert Program(city, "officer", "rival").get(f"/{case.number}").status_code == 404


@pytest.mark.parametrize("ending", ["revoked", "blocked", "left", "expired"])
def test_a_token_ends_with_its_revocation_its_login_its_post_or_its_time(city: City, case: Case, ending: str) -> None:
    program, now, who = Program(city, "officer", "commission"), timezone.now(), city.people["officer"]
    if ending == "revoked":
        client_revoke(client=program.client, now=now, by=who)
    elif ending == "blocked":
        person_block(person=who, now=now, by=None, because="演示")
    elif ending == "left":
        who.memberships.update(last_day=timezone.localdate() - timedelta(days=1))
    else:
        program.client.expires_at = now
        program.client.save()
    assert program.get(f"/{case.number}").status_code == (404 if ending == "left" else 401)


def test_a_system_is_not_let_act_as_a_person_and_a_person_not_as_a_system(city: City) -> None:
    from gongbao.kernel.problem import BadInput

    where, now = city.organisations["commission"], timezone.now()
    with pytest.raises(BadInput):
        client_issue(name="系统", organisation=where, scope=["cases.read"], now=now, by=None)
    with pytest.raises(BadInput):
        Program(city, "officer", "commission", ("rating.read",))
    with pytest.raises(BadInput, match="任职"):
        Program(city, "officer", "enterprise")


def test_comments_and_files_go_to_those_they_are_for(city: City, case: Case) -> None:
    officer, clerk = Program(city, "officer", "commission"), Program(city, "clerk", "enterprise")
    said = officer.post(f"/{case.number}/comments", {"text": "请核对", "audience": "offices"})
    assert said.status_code == 201 and said.json()["values"] == {"text": "请核对"}
    sent = Browser().post(
        f"{ROOT}/{case.number}/comments",
        {"text": "见附件", "file": SimpleUploadedFile("说明.txt", "内容".encode())},
        headers=clerk.headers,
    )
    assert sent.status_code == 201 and sent.json()["files"] == [StoredFile.objects.get().pk]
    assert [len(one.get(f"/{case.number}/history").json()) for one in (officer, clerk)] == [3, 2]
    file = f"/{case.number}/files/{StoredFile.objects.get().pk}"
    assert officer.get(file).content == "内容".encode()
    assert Program(city, "stranger", "rival").get(file).status_code == 404
    refused = clerk.post(f"/{case.number}/comments", {"text": "a", "audience": "offices"})
    assert refused.status_code == 422 and case.steps.count() == 3


def test_a_file_that_is_not_what_it_says_is_refused_and_not_kept(city: City, case: Case) -> None:
    sent = Browser().post(
        f"{ROOT}/{case.number}/comments",
        {"text": "a", "file": SimpleUploadedFile("a.pdf", b"<script>")},
        headers=Program(city, "clerk", "enterprise").headers,
    )
    assert sent.status_code == 422 and not StoredFile.objects.exists() and case.steps.count() == 1
