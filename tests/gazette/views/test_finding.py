"""Search, what is in force, who names whom, readings, feed and sitemap."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from lxml import etree
from tests.gazette.lighthouse import BETTER, FUNDS, NOW, NUMBER, bring_in

from gongbao.gazette.models import Passage
from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.selectors.documents import documents_graph
from gongbao.gazette.services.imports import issue_import
from gongbao.gazette.views import finding

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_search_marks_its_words_and_counts_by_document(client: Client) -> None:
    bring_in()
    page = text(client, "/gazette/search/?q=巡查")
    assert page.count("<mark>巡查</mark>") >= 3
    assert f'document={NUMBER}"' in unquote(page)
    narrowed = text(client, f"/gazette/search/?q=经费&document={NUMBER}")
    assert "<strong>0 处</strong>" in narrowed
    assert "已导入的一期" in text(client, "/gazette/search/?q=巡查&issue=2030-1")
    assert "<strong>0 处</strong>" in text(client, "/gazette/search/?q=巡查&document=%00")
    assert "<strong>0 处</strong>" not in text(client, "/gazette/search/?q=巡查&issue=2030-2")


def test_a_citation_typed_into_search_opens_its_place(client: Client) -> None:
    bring_in()
    answer = client.get("/gazette/search/", {"q": "示海发[2030]7号 第2条"})
    assert (answer.status_code, unquote(answer["Location"])) == (302, f"/gazette/{NUMBER}/第二条/")


@pytest.mark.parametrize("query", ["q=", "q=%EF%BC%8C", "q=" + "%E4%B8%80" * 200, "q=zzzz&page=0", "q=zzzz&page=y", ""])
def test_a_query_that_is_none_says_so(client: Client, query: str) -> None:
    page = text(client, f"/gazette/search/?{query}")
    assert "<mark>" not in page


def test_pages_of_results_follow_each_other_without_a_gap(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    bring_in()
    holding = Passage.objects.filter(text__contains="示").values_list("cite", flat=True)
    first, last = (text(client, f"/gazette/search/?q=示&page={number}") for number in (1, 2))
    assert [len(shown_in(page)) for page in (first, last)] == [2, 1]
    assert sorted(shown_in(first) + shown_in(last)) == sorted(holding)
    assert ('rel="next"' in first, 'rel="prev"' in first) == (True, False)
    assert ('rel="next"' in last, 'rel="prev"' in last) == (False, True)
    assert "<strong>3 处</strong>" in first


def shown_in(page: str) -> list[str]:
    """The citations of the passages that a page of results lists."""
    (listed,) = re.findall('<ol class="hits".*?</ol>', page, re.S)
    return re.findall(r'<li><p class="mb-0"><a href="[^"]*" lang="zh-Hans">([^<]*)</a>', listed)


def test_digests_are_searched_while_the_text_is_not_imported(client: Client) -> None:
    page = text(client, "/gazette/search/?q=联合")
    assert "只有摘要的文件中" in page
    assert "<mark>联合</mark>" in page


@pytest.mark.gazette_text
@pytest.mark.parametrize("word", ["核", "许可", "清真食品"])
def test_every_passage_of_the_real_issue_is_found_page_by_page(client: Client, gazette_file: Path, word: str) -> None:
    content = gazette_file.read_text("utf-8")
    issue_import(content=read_issue(content), text=content, source="x", at=NOW)
    holding = set(Passage.objects.filter(text__contains=word).values_list("cite", flat=True))
    shown: set[str] = set()
    address = f"/gazette/search/?q={word}"
    for number in range(1, 99):
        page = text(client, f"{address}&page={number}")
        shown |= set(shown_in(page))
        if 'rel="next"' not in page:
            break
    assert shown == holding
    assert holding


@pytest.mark.parametrize(
    ("on", "holding"), [("2030-02-28", 0), ("2030-03-02", 1), ("2030-03-31", 1), ("2030-04-01", 2), ("2099-01-01", 2)]
)
def test_a_day_shows_what_is_in_force_on_it(client: Client, on: str, holding: int) -> None:
    bring_in()
    page = text(client, f"/gazette/in-force/?on={on}")
    assert f"2 份文件中 {holding} 份有效" in page
    assert page.count('<rect class="bar') == 2


def test_a_day_that_is_none_is_taken_as_today(client: Client) -> None:
    bring_in()
    assert "2 份文件中" in text(client, "/gazette/in-force/?on=2030-02-30")


def test_the_graph_is_drawn_and_every_line_of_it_stands_in_the_table(
    client: Client, issue: object, store: object
) -> None:
    store(issue)  # type: ignore[operator]
    page = text(client, "/gazette/graph/")
    assert page.count('<path class="edge') >= 1
    rows = page.split("<tbody>")[1].count("<tr>")
    assert f"共 {rows} 条" in page
    assert rows == len(documents_graph())


def test_every_reading_leads_to_the_provisions_it_concerns(client: Client) -> None:
    page = text(client, "/gazette/readings/")
    assert 'id="I-1"' in page
    assert 'id="I-40"' in page
    assert "/gazette/京建法〔2025〕2号/第七条/" in unquote(page)


def test_the_feed_lists_what_came_last_and_a_better_text_is_an_entry_of_its_own(client: Client) -> None:
    bring_in()
    first = entries(client)
    assert [title.split()[0] for title, _ in first] == [NUMBER, FUNDS]
    bring_in(BETTER)
    assert {number for _, number in entries(client)} - {number for _, number in first} != set()


def entries(client: Client) -> list[tuple[str, str]]:
    root = etree.fromstring(client.get("/gazette/feed.xml").content)
    found = root.iter(f"{ATOM}entry")
    return [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}id")) for entry in found]


def test_every_address_of_the_sitemap_is_a_page(client: Client) -> None:
    bring_in()
    root = etree.fromstring(client.get("/sitemap.xml").content)
    addresses = [loc.text.removeprefix("http://testserver") for loc in root.iter("{*}loc")]
    assert len(addresses) == len(set(addresses)) > 300
    for address in [one for one in addresses if "%E7%A4%BA" in one] + addresses[::40]:
        assert client.get(address).status_code == 200, unquote(address)
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
