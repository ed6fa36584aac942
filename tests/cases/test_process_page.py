"""How a process goes is public; from a clause to its steps, and from every step back to its clause."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree, html
from tests.cases.city import City

from gongbao.cases.frame import process_url, steps
from gongbao.cases.tables import processes_on
from gongbao.web.provisions import cite_url, runs_by_cite

pytestmark = pytest.mark.django_db

PROCESSES = sorted(processes_on(timezone.localdate()))


@pytest.mark.parametrize("code", PROCESSES)
def test_every_step_stands_on_the_page_of_its_process_with_a_link_to_its_clause(code: str) -> None:
    process = processes_on(timezone.localdate())[code]
    page = html.fromstring(Client().get(process_url(code)).content)
    rows = {row.get("id"): row for row in page.xpath("//tbody/tr")}
    assert len(rows) == len(process.steps)
    cited = [one.cite for one in process.steps if one.cite]
    assert sorted(link.text for link in page.xpath("//tbody//a[@class='cite']")) == sorted(cited)
    assert all(cite_url(cite) in page.xpath("//tbody//a/@href") for cite in cited)


@pytest.mark.parametrize("code", PROCESSES)
def test_every_clause_of_a_process_leads_to_its_steps_and_deadlines(code: str) -> None:
    process = processes_on(timezone.localdate())[code]
    page = html.fromstring(Client().get(process_url(code)).content)
    by_cite = runs_by_cite()
    for one in (*process.steps, *process.deadlines):
        if one.cite:
            runs = [run for run in by_cite[one.cite] if run.name == one.name and run.says == process.name]
            assert runs, f"{one.cite} does not lead to {one.name}"
            assert all(page.xpath(f"//*[@id='{run.url.split('#')[1]}']") for run in runs)
    assert process.name in [run.name for run in by_cite[process.law]]


def test_the_page_of_a_clause_shows_the_steps_that_run_on_it() -> None:
    page = html.fromstring(Client().get(f"/gazette/{quote('京建法〔2025〕2号')}/{quote('第十二条')}/").content)
    links = {link.text: link.get("href") for link in page.xpath("//a[contains(@href, '/processes/objection/#')]")}
    on_it = [
        run for run in steps() if run.cite == "京建法〔2025〕2号 第十二条" and run.url.startswith("/processes/obj")
    ]
    assert links == {run.name.zh: run.url for run in on_it} != {}


def test_a_step_that_two_authorities_have_is_listed_once_on_its_clause() -> None:
    told = [(run.cite, run.kind, run.name, run.says) for run in steps()]
    assert len(told) == len(set(told))


def test_a_process_that_is_not_there_is_not_found() -> None:
    assert Client().get("/processes/no-such/").status_code == 404
    assert Client().get("/processes/no-such/bpmn/").status_code == 404


def test_the_drawing_for_other_tools_is_bpmn() -> None:
    answer = Client().get("/processes/objection/bpmn/")
    assert answer["Content-Disposition"] == 'attachment; filename="objection.bpmn"'
    assert etree.QName(etree.fromstring(answer.content)).localname == "definitions"


def test_the_processes_stand_in_the_sitemap() -> None:
    sitemap = Client().get("/sitemap.xml").content.decode()
    assert all(f"{process_url(code)}<" in sitemap for code in PROCESSES)


def test_the_pages_of_a_case_lead_to_its_clauses(city: City) -> None:
    case = city.objection(now=timezone.now())
    client = Client()
    client.force_login(city.people["clerk"], backend="gongbao.organisations.login.Backend")
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert f'href="{process_url("objection")}"' in page
    assert cite_url("京建法〔2025〕2号") in page
    move = re.search(rf'href="(/desk/cases/{case.number}/objection/[a-z-]+/)"', page)
    assert move and cite_url("京建法〔2025〕2号 第十二条") in client.get(move[1]).content.decode()
