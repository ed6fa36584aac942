"""The frame around every page: language, type, doors, search, headers, pages for when something is in the way."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from tests.organisations.small_city import somebody

from gongbao.kernel.result import Refused
from gongbao.kernel.text import Text
from gongbao.web import registry
from gongbao.web.assets import copy_assets
from gongbao.web.errors import NotAllowed
from gongbao.web.registry import Door


def refuse(request: HttpRequest) -> HttpResponse:
    raise NotAllowed(Refused(Text("不在期限内。", "Out of time."), "第十二条"))


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("test/refuse", refuse),
    path("test/suspicious", suspicious),
    path("test/broken", broken),
    path("", include("gongbao.config.urls")),
]
handler400 = "gongbao.web.errors.bad_request"
handler403 = "gongbao.web.errors.forbidden"
handler404 = "gongbao.web.errors.not_found"
handler500 = "gongbao.web.errors.broken"

pytestmark = pytest.mark.django_db


def test_pages_are_chinese_whatever_the_browser_asks_for(client: Client) -> None:
    page = client.get("/", headers={"Accept-Language": "en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans"' in page.content.decode()


def test_a_chosen_language_stays_and_leads_back(client: Client) -> None:
    back = client.get("/prefer/", {"language": "en", "next": "/account/login/?next=/desk/"})
    assert back.headers["Location"] == "/account/login/?next=/desk/"
    assert '<html lang="en"' in client.get("/").content.decode()


def test_a_person_without_a_cookie_reads_her_own_language(client: Client) -> None:
    person = somebody("li")
    person.language = "en"
    person.save()
    client.force_login(person, backend="gongbao.organisations.login.Backend")
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_choice_does_not_lead_to_another_site(client: Client, away: str) -> None:
    assert client.get("/prefer/", {"language": "en", "next": away}).headers["Location"] == "/"


def test_an_unknown_choice_changes_nothing(client: Client) -> None:
    answer = client.get("/prefer/", {"language": "xx", "type": "huge"})
    assert not answer.cookies


def test_large_type_stays(client: Client) -> None:
    client.get("/prefer/", {"type": "larger"})
    assert 'data-type="larger"' in client.get("/").content.decode()


def test_only_doors_that_lead_somewhere_are_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_doors", {})
    monkeypatch.setattr(registry, "_search", [])
    empty = client.get("/").content.decode()
    assert "还没有开放的栏目" in empty
    assert 'role="search"' not in empty
    registry.open_door(Door(1, Text("公报", "Gazette"), Text("全文", "texts"), "api_docs"))
    registry.search_at("api_docs")
    page = client.get("/?q=<x>").content.decode()
    assert '<a href="/api/"><strong>公报</strong>' in page
    assert 'value="&lt;x&gt;"' in page


def test_pages_load_nothing_from_elsewhere_and_are_not_framed(client: Client) -> None:
    head = client.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in head["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert (head["X-Frame-Options"], head["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert head["Referrer-Policy"] == "same-origin"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/test/suspicious", 400, "请返回上一页再试一次"),
        ("/no-such-page", 404, "没有找到这个页面"),
        ("/test/broken", 500, "没有完成的改动都已撤回"),
    ],
)
def test_what_is_in_the_way_has_a_page_with_a_way_on(client: Client, address: str, status: int, words: str) -> None:
    client.raise_request_exception = False
    page = client.get(address)
    assert page.status_code == status
    assert words in page.content.decode()
    assert 'href="/"' in page.content.decode()


@pytest.mark.urls(__name__)
def test_a_broken_page_speaks_english_to_who_reads_english(client: Client) -> None:
    client.raise_request_exception = False
    client.cookies["django_language"] = "en"
    assert "The fault lies with the system" in client.get("/test/broken").content.decode()


@pytest.mark.urls(__name__)
def test_a_refusal_says_why_and_under_which_clause_and_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/test/refuse").headers["Location"] == "/account/login/?next=/test/refuse"
    client.force_login(somebody("li"), backend="gongbao.organisations.login.Backend")
    page = client.get("/test/refuse")
    assert page.status_code == 403
    assert "不在期限内。" in page.content.decode()
    assert "第十二条" in page.content.decode()


def test_page_assets_are_copied_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modules, target = tmp_path / "modules", tmp_path / "vendor"
    with pytest.raises(FileNotFoundError, match="npm ci"):
        copy_assets(modules, target)
    assert not target.exists()
    names: dict[str, Any] = {
        "bootstrap": ["dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js"],
        "htmx.org": ["dist/htmx.min.js"],
        "echarts": ["dist/echarts.common.min.js"],
        "@fontsource-variable/noto-sans-sc": ["index.css", "files/a.woff2"],
    }
    for package, files in names.items():
        for file in files:
            path_of = modules / package / file
            path_of.parent.mkdir(parents=True, exist_ok=True)
            path_of.write_text(file)
    assert copy_assets(modules, target) == 6
    assert (target / "htmx.org/dist/htmx.min.js").read_text() == "dist/htmx.min.js"
