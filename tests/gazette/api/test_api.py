"""The REST interface of the gazette: for everybody, without a login."""

import pytest
from django.test import Client
from tests.gazette.lighthouse import BETTER, FUNDS, NUMBER, bring_in

pytestmark = pytest.mark.django_db


def get(client: Client, address: str, status: int = 200, **query: str) -> object:
    answer = client.get(f"/api/v1/gazette/{address}", query)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_issues_and_documents_are_listed_with_the_days_on_which_they_hold(client: Client) -> None:
    bring_in()
    assert get(client, "issues") == [{"code": "2030-2", "total": 102, "published_on": "2030-03-09", "documents": 2}]
    listed = get(client, "documents", issue="2030-2")
    assert [(one["key"], one["begins"], one["ends"]) for one in listed] == [
        (NUMBER, "2030-04-01", None),
        (FUNDS, "2030-03-02", None),
    ]
    assert [one["key"] for one in get(client, "documents", on="2030-03-31")] == [FUNDS]
    assert len(get(client, "documents", on="2030-04-01")) == 2


def test_a_better_text_counts_up(client: Client) -> None:
    bring_in()
    bring_in(BETTER)
    assert {one["key"]: one["text"] for one in get(client, "documents")} == {NUMBER: 1, FUNDS: 2}


def test_a_citation_in_any_spelling_is_resolved(client: Client) -> None:
    bring_in()
    spellings = ("示海发[2030]7号 第2条", "示海发〔2030〕第7号第二条", "示海发(2030)7号的第二条")
    found = [get(client, "resolve", cite=spelling) for spelling in spellings]
    assert {one["cite"] for one in found} == {f"{NUMBER} 第二条"}
    assert "检查灯器" in found[0]["text"]
    assert found[0]["imported"]


def test_what_is_not_imported_has_its_digest_and_what_runs_on_it(client: Client) -> None:
    found = get(client, "resolve", cite="京建法〔2025〕2号 附件 物业服务规模")
    assert (found["imported"], found["text"]) == (False, "")
    assert found["digest"]["zh"]
    assert [run["kind"]["zh"] for run in found["runs"]] == ["评分指标"]


def test_the_provisions_of_a_document_come_in_pages(client: Client) -> None:
    bring_in()
    first = get(client, "provisions", document=NUMBER, page_size="2")
    assert len(first["results"]) == 2
    everything = get(client, "provisions", document=NUMBER)["results"]
    assert first["count"] == len(everything)
    assert [one["cite"] for one in everything if one["level"] == "article"] == [
        f"{NUMBER} {article}" for article in ("第一条", "第二条", "第三条")
    ]
    skeleton = get(client, "provisions", document="京建法〔2025〕2号", page_size="500")["results"]
    assert {one["text"] for one in skeleton} == {""}


def test_search_marks_its_words(client: Client) -> None:
    bring_in()
    found = get(client, "search", q="巡查")
    assert found["words"] == ["巡查"]
    assert found["count"] == len(found["hits"])
    assert all(any(piece["hit"] for piece in hit["excerpt"]) for hit in found["hits"])
    assert get(client, "search", q="巡查", document=FUNDS)["count"] == 0


@pytest.mark.parametrize(
    ("address", "query", "status"),
    [
        ("resolve", {"cite": "没有文号"}, 422),
        ("resolve", {}, 422),
        ("provisions", {"document": "示海发〔2030〕99号"}, 422),
        ("documents", {"on": "2030-02-30"}, 422),
        ("documents", {"issue": "x"}, 422),
        ("search", {"q": "，"}, 422),
        ("search", {}, 400),
        ("search", {"q": "x", "limit": "201"}, 400),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(
    client: Client, address: str, query: dict[str, str], status: int
) -> None:
    said = get(client, address, status, **query)
    assert said["status"] == status
    assert said["errors"]


def test_no_citation_is_told_apart_in_both_languages(client: Client) -> None:
    (error,) = get(client, "resolve", 422, cite="没有文号")["errors"]
    assert error["expected"]["zh"].startswith("“没有文号”:没有文号;应为")
    assert error["expected"]["en"].startswith("names no document; expected")
