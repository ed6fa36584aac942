"""The permit list over REST: what pages and files say, in the same words."""

import json
from typing import Any

import pytest
from django.test import Client

from gongbao.permits.api.views import MOST
from gongbao.permits.rules.forms import item_json
from gongbao.permits.rules.items import Edition
from gongbao.permits.tables.packaged import modes

pytestmark = pytest.mark.django_db


def told(address: str, status: int = 200) -> Any:
    answer = Client().get(f"/api/v1/permits/{address}")
    assert answer.status_code == status
    return answer.json()


def test_editions_tell_their_gaps(edition_2025: Edition) -> None:
    (only,) = told("editions")
    assert (only["edition"], only["count"], only["missing"]) == ("2025", 193, list(edition_2025.missing))


def test_an_item_is_what_the_export_says_and_where_its_page_is(edition_2025: Edition) -> None:
    item = next(item for item in edition_2025.items if item.no == 59)
    url = "http://testserver/permits/editions/2025/59/"
    shown = json.loads(json.dumps(item_json(item, modes()))) | {"url": url}
    assert told("items/59") == shown | {"guide": None, "guide_state": "none"}


@pytest.mark.parametrize(("number", "status"), [(3, 200), (4, 404), (193, 200), (194, 404)])
def test_an_unread_row_and_a_number_beyond_the_list_are_not_found(number: int, status: int) -> None:
    told(f"items/{number}", status)


def test_items_come_in_pages_narrowed_by_words_and_filters() -> None:
    everything = told("items?page_size=500")
    assert (everything["count"], len(everything["results"])) == (179, 179)
    some = told("items?q=消防&body=行政审批局")
    assert 0 < some["count"] < told("items?q=消防")["count"]
    told("items?edition=1999", 404)


def test_a_law_tells_its_items() -> None:
    laws = told("laws?law=中华人民共和国消防法")["results"]
    assert {59, 191} <= {item["no"] for item in laws[0]["items"]}
    assert told("laws")["count"] > 100


def test_names_are_checked_each_with_a_verdict() -> None:
    one, other = told("check?name=外国人来华工作许可&name=灯塔设立许可")
    assert (one["kind"], one["items"]) == ("listed", [9])
    assert (other["kind"], other["items"]) == ("not_found", [])


@pytest.mark.parametrize(("count", "status"), [(0, 422), (1, 200), (MOST, 200), (MOST + 1, 422)])
def test_a_request_checks_some_names_and_no_more(count: int, status: int) -> None:
    told("check?" + "&".join(["name=a"] * count), status)


def test_an_edition_does_not_differ_from_itself_and_an_unknown_one_is_not_found() -> None:
    assert told("changes?old=2025&new=2025") == []
    told("changes?old=2023&new=2025", 404)
