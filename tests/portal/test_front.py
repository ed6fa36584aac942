"""The front page, and the search over everything."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from tests.gazette.lighthouse import NUMBER, bring_in

from gongbao.gazette import gathered
from gongbao.kernel.text import Text
from gongbao.web import gathering
from gongbao.web.gathering import Entry, Results

pytestmark = pytest.mark.django_db


def test_the_box_at_the_top_finds_passages_and_leads_to_all_of_them(client: Client) -> None:
    bring_in()
    page = client.get("/search/", {"q": "巡查"}).content.decode()
    assert 'action="/search/" role="search"' in page
    assert unquote(page).count(f'href="/gazette/{NUMBER}/') >= 3
    assert "/gazette/search/?q=%E5%B7%A1%E6%9F%A5" in page


def test_a_citation_comes_first(client: Client) -> None:
    bring_in()
    page = unquote(client.get("/search/", {"q": "示海发[2030]7号 第2条"}).content.decode())
    assert page.index(f"/gazette/{NUMBER}/第二条/") < page.index("看全部")


def test_words_that_nobody_knows_say_so_and_no_words_ask_for_some(client: Client) -> None:
    assert "没有找到" in client.get("/search/", {"q": "没有这些字"}).content.decode()
    for nothing in ({}, {"q": " "}, {"q": "，"}):
        assert client.get("/search/", nothing).status_code == 200


def test_what_is_new_and_the_dates_that_come_stand_on_the_front_page(client: Client) -> None:
    bring_in()
    page = client.get("/").content.decode()
    assert page.index("新到") < page.index("将到的日期") < page.index("起施行")


@pytest.mark.parametrize(
    ("today", "coming"), [(date(2030, 3, 31), True), (date(2030, 4, 1), False), (date(2030, 4, 2), False)]
)
def test_a_first_day_comes_until_it_is_there(today: date, coming: bool) -> None:
    bring_in()
    assert (NUMBER in [unquote(one.url).split("/")[2] for one in gathered.coming(today)]) is coming


def test_dates_come_in_order_today_among_them_and_past_ones_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_dates", [])
    days = [date(2030, 1, day) for day in (3, 1, 2, 4)]
    gathering.dates_from(lambda _: [Entry(str(day.day), "/", on=day) for day in days])
    assert [one.title for one in gathering.dates(date(2030, 1, 2), 2)] == ["2", "3"]
    monkeypatch.setattr(gathering, "_news", gathering._dates)
    assert [one.title for one in gathering.news(date(2030, 1, 2), 3)] == ["4", "3", "2"]


def test_a_domain_that_finds_nothing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_searches", [])
    kept = Results(Text("乙", "B"), 1, (Entry("乙", "/"),))
    for answer in (None, Results(Text("甲", "A"), 0, ()), kept):
        gathering.search_in(lambda _, answer=answer: answer)
    assert gathering.search_everything("x") == [kept]
