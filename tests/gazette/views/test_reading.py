"""Pages of the reader, with an imported issue and without."""

import json
import re
from urllib.parse import unquote

import pytest
from django.test import Client
from tests.gazette.lighthouse import BETTER, FUNDS, NUMBER, bring_in

from gongbao.gazette.addresses import citation_url, cited, place_url

pytestmark = pytest.mark.django_db
SEVENTH = "/gazette/京建法〔2025〕2号/第七条/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "京建法[2025]2号 第7条",
        "京建法【2025】第2号第七条",
        "京建法（2025）2号/第七条",
        "京建法〔２０２５〕２号 第七条",
        "京建法〔2025〕2号的第七条",
        "京建法〔2025〕2号/第七条第一款",
    ],
)
def test_a_citation_in_any_spelling_leads_to_the_same_place(client: Client, typed: str) -> None:
    answer = client.get(f"/gazette/{typed}/")
    assert (answer.status_code, unquote(answer["Location"])) == (302, SEVENTH)
    assert client.get(SEVENTH).status_code == 200


def test_an_address_and_its_citation_are_each_other() -> None:
    for cite in ("京建法〔2025〕2号", "京建法〔2025〕2号 第七条", "京建法〔2025〕2号 附件 加分项 参与社区治理"):
        address = unquote(place_url(cite))
        assert cited(address.removeprefix("/gazette/").removesuffix("/")) == cite
        assert unquote(citation_url(f" {cite} ")) == address
    assert citation_url("没有文号") == ""


def test_a_query_stays_when_a_spelling_is_mended(client: Client) -> None:
    bring_in()
    answer = client.get(f"/gazette/{NUMBER.replace('〔', '[').replace('〕', ']')}/?revision=1")
    assert unquote(answer["Location"]) == f"/gazette/{NUMBER}/?revision=1"


def test_without_the_text_there_are_addresses_digests_and_how_to_import(client: Client) -> None:
    for address in ("/gazette/", "/gazette/京建法〔2025〕2号/", SEVENTH):
        assert "gongbao gazette import" in text(client, address)
    page = text(client, "/gazette/京建法〔2025〕2号/")
    assert 'href="/gazette/%E4%BA%AC' in page
    assert "第七条" in page
    assert 'class="digest"' in page


def test_a_provision_shows_what_runs_on_it_and_its_readings(client: Client) -> None:
    page = text(client, "/gazette/京建法〔2025〕2号/附件 物业服务规模/")
    assert "评分指标" in page
    assert "物业服务规模" in page
    assert '/gazette/readings/#I-2"' in page
    assert "没有指标" in text(client, "/gazette/京建法〔2025〕2号/第一条/")


def test_a_document_shows_its_text_with_links_and_the_notice_beside_what_it_issues(client: Client) -> None:
    bring_in()
    page = text(client, f"/gazette/{NUMBER}/")
    assert "灯塔管理人应当每月巡查" in page
    assert page.index('class="notice-text"') < page.index("请遵照执行") < page.index('class="reader"')
    assert re.search(r'id="work_2__art_2".*?检查灯器', page, re.S)
    assert f'data-copy="{NUMBER} 第二条"' in page
    assert "2030年4月1日" in page


def test_a_notice_that_issues_nothing_is_the_text_itself(client: Client) -> None:
    bring_in()
    page = text(client, f"/gazette/{FUNDS}/")
    assert "notice-text" not in page
    assert "经费按季拨付" in page


def test_a_provision_has_its_way_up_its_neighbours_and_its_place_in_the_text(client: Client) -> None:
    bring_in()
    page = text(client, f"/gazette/{NUMBER}/第二条/")
    assert "检查灯器" in page
    assert "#work_2__art_2" in page
    assert re.search(r'rel="prev"[^>]*>← 第一条', page)
    assert re.search(r'rel="next"[^>]*>第三条 →', page)
    assert '"prev"' not in text(client, f"/gazette/{NUMBER}/第一条/")
    assert '"next"' not in text(client, f"/gazette/{NUMBER}/第三条/")


def test_where_nothing_stands_the_page_says_what_is_there_instead(client: Client) -> None:
    bring_in()
    page = text(client, f"/gazette/{NUMBER}/第二条（九）/", 404)
    assert "第二条（二）" in page
    assert 'action="/gazette/search/"' in page
    endless = f"{'9' * 5000}-1"
    for address in ("issues/2030-9/", "issues/x/", f"issues/{endless}/", "download/exe/x", "x/"):
        text(client, f"/gazette/{address}", 404)


def test_what_was_typed_is_shown_as_words_and_never_as_markup(client: Client) -> None:
    assert "<b>x" not in text(client, "/gazette/<b>x/", 404)
    assert "<b>x" not in text(client, "/gazette/search/?q=<b>x")


def test_a_link_that_is_pointed_at_gets_a_few_words(client: Client) -> None:
    bring_in()
    answer = client.get(f"/gazette/{NUMBER}/第二条/", headers={"HX-Request": "true"})
    assert "灯塔管理人" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]
    assert "摘要" not in client.get("/gazette/x/", headers={"HX-Request": "true"}).content.decode()


def test_an_issue_shows_its_contents_as_printed_and_counts_what_is_no_text(client: Client) -> None:
    bring_in()
    page = text(client, "/gazette/issues/2030-2/")
    assert page.index("部门文件") < page.index(NUMBER) < page.index(FUNDS)
    assert "第 6 页" in page
    assert "不属于正文的行" in page
    assert "没有读不出的行" in page


def test_an_older_text_stays_readable_and_its_differences_are_shown(client: Client) -> None:
    bring_in()
    assert "没有可以比较的改动" in text(client, f"/gazette/revisions/{FUNDS}/")
    bring_in(BETTER)
    page = text(client, f"/gazette/revisions/{FUNDS}/")
    assert "<del>季</del>" in page
    assert "<ins>月</ins>" in page
    assert "<del>月</del>" in text(client, f"/gazette/revisions/{FUNDS}/?old=2&new=1")
    assert "按月" in text(client, f"/gazette/{FUNDS}/")
    old = text(client, f"/gazette/{FUNDS}/?revision=1")
    assert "按季" in old
    assert "这是较早的文本" in old
    text(client, f"/gazette/revisions/{FUNDS}/?old=9", 404)


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [("json", "application/json", "{"), ("html", "text/html", "<!doctype"), ("akn", "application/akn+xml", "<akomaN")],
)
def test_a_document_is_downloaded_as_a_file_in_each_form(client: Client, form: str, media: str, begins: str) -> None:
    bring_in()
    answer = client.get(f"/gazette/download/{form}/{NUMBER}")
    assert answer["Content-Type"].startswith(media)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().lstrip().startswith(begins)


def test_an_issue_is_downloaded_but_not_as_akoma_ntoso(client: Client) -> None:
    bring_in()
    assert client.get("/gazette/download/json/2030-2").status_code == 200
    assert client.get("/gazette/download/akn/2030-2").status_code == 404


def test_structured_data_names_the_document_and_cannot_end_its_element(client: Client) -> None:
    bring_in()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(client, f"/gazette/{NUMBER}/"))
    (data,) = map(json.loads, blocks)
    assert (data["@type"], data["legislationIdentifier"]) == ("Legislation", NUMBER)
    assert data["legislationDate"] == "2030-03-01"
    assert data["temporalCoverage"] == "2030-04-01/.."
    assert "<" not in blocks[0]


def test_pages_name_their_one_address(client: Client) -> None:
    bring_in()
    page = text(client, f"/gazette/{NUMBER}/?revision=1")
    (address,) = re.findall(r'rel="canonical" href="([^"]*)"', page)
    assert unquote(address) == f"http://testserver/gazette/{NUMBER}/"
