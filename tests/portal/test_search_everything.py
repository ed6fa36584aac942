"""One box finds documents and provisions, enterprises, permits, and whatever else a domain has, each with a way on."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from lxml import html
from tests.gazette.lighthouse import NUMBER, bring_in
from tests.rating.published import publish
from tests.rating.small_cycle import collecting_city

pytestmark = pytest.mark.django_db


def links(words: str) -> list[str]:
    page = html.fromstring(Client().get("/search/", {"q": words}).content)
    return [unquote(link) for link in page.xpath("//main//ul[@class='found']//a/@href")]


def test_a_document_and_its_provisions_are_found() -> None:
    bring_in()
    assert any(link == f"/gazette/{NUMBER}/" or link.startswith(f"/gazette/{NUMBER}/第") for link in links("灯塔"))
    assert links("示海发[2030]7号 第2条")[0] == f"/gazette/{NUMBER}/第二条/"


def test_a_permit_is_found_by_a_part_of_its_name() -> None:
    assert "/permits/editions/2025/17/" in links("清真食品")


def test_an_enterprise_is_found_by_its_name_its_code_and_its_estate(tmp_path: Path) -> None:
    assert not [link for link in links("甲物业") if link.startswith("/rating/")]
    (tmp_path / "files").mkdir()
    city = collecting_city(tmp_path / "files")
    publish(city)
    (one,) = [link for link in links("甲物业") if link.startswith("/rating/")]
    code = one.split("?")[0].rstrip("/").split("/")[-1]
    assert one in links(code)
    assert Client().get(one).status_code == 200
    assert [link for link in links("P5家园") if link.startswith("/rating/")]
    assert "2026H1 物业服务评价结果" in Client().get("/").content.decode()


def test_a_search_for_everything_leads_on_to_each_list() -> None:
    bring_in()
    page = Client().get("/search/", {"q": "许可"}).content.decode()
    assert "/permits/?q=%E8%AE%B8%E5%8F%AF" in page
    assert "/gazette/search/?q=%E8%AE%B8%E5%8F%AF" in page
