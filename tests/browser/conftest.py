"""A browser for the tests that need one: the system's Chromium, a live server, a login for each role, axe."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gongbao.organisations.models import Person
from gongbao.organisations.services.demo import demo_people_load


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread; the ORM is not in it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server: LiveServer, settings: object) -> str:
    """The address of a server with the made-up people."""
    settings.DEMO = True  # type: ignore[attr-defined]
    demo_people_load(now=timezone.now(), today=timezone.localdate())
    return live_server.url


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    made = chromium.new_context(base_url=site)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script may break and nothing may be stopped by the site's policy."""
    made, wrong = context.new_page(), []
    made.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    made.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield made
    assert wrong == []


@pytest.fixture
def log_in(context: BrowserContext, site: str) -> Callable[[str], None]:
    """log_in("street"): the browser is then logged in as that made-up person, without the login page."""

    def enter(username: str) -> None:
        client = Client()
        client.force_login(Person.objects.get(username=username), backend="gongbao.organisations.login.Backend")
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])

    return enter
