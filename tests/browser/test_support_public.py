"""Support for everybody in a browser: pages on desk and phone in both languages, and the simulator by keyboard to its
printed result."""

import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.looking import overflow, violations
from tests.browser.test_permits import look

from gongbao.organisations.models import Person
from gongbao.support.rows import Population, ProgrammeDraft
from gongbao.support.tables.catalogue import packaged_texts

EXAMPLE = Path(__file__).parents[1] / "support" / "examples" / "debut_centre.toml"
TODAY = date(2026, 8, 1)  # of the example
PAGES = [
    "/support/",
    "/support/?q=没有这些字",
    "/support/measures/debut_centre/",
    "/support/measures/auto-1a/",
    "/support/programmes/etown-future-energy/",
    "/support/simulator/",
    "/support/simulator/?measure=auto-5",
    "/support/awards/",
]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_well_on_desk_and_phone_in_both_languages(page: Page, site: str, address: str) -> None:
    look(page, site, address)


def test_the_pages_of_the_offices_read_well(page: Page, log_in: Callable[[str], None], site: str) -> None:
    now, by = timezone.now(), Person.objects.get(username="commerce-city")
    draft = ProgrammeDraft.objects.create(
        programme="consumption-2026",
        sequence=1,
        text=packaged_texts()["consumption-2026"].replace("yuan = 2000000", "yuan = 2500000"),
        from_day=TODAY,
        drafted_by=Person.objects.get(username="administrator"),
        drafted_at=now,
    )
    rows = [{"code": "debut_centre", "year": "2026", "count": "2", "sum": "3000000.00"}]
    about = {"entities": 1, "projects": 3, "rows": 142, "milliseconds": 120}
    done = Population.objects.create(
        name="register", on=TODAY, state="done", format="csv", about=about, estimate=rows, by=by, made_at=now
    )
    log_in("commerce-city")
    for address in (
        "/desk/support/programmes/",
        "/desk/support/programmes/new/",
        f"/desk/support/programmes/{draft.pk}/",
        "/desk/support/populations/",
        f"/desk/support/populations/{done.pk}/",
        f"/desk/support/populations/{done.pk}/try/consumption-2026/",
    ):
        look(page, site, address)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("最优组合:1,000,000.00 元", "符合 1 项", "北京市商务局", "申报单位信用报告")),
        ("en", ("Best combination: 1,000,000.00 yuan", "1 eligible", "Municipal Commerce Bureau", "credit report")),
    ],
)
def test_the_simulator_goes_by_keyboard_on_a_phone_to_a_printed_result(
    page: Page, site: str, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/support/simulator/?measure=debut_centre")
    page.locator("button[value=start]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    facts = example()
    asked = 0
    while page.locator("input[name=key]").count():
        asked += 1
        assert asked < 40
        if asked in (1, 12):
            assert violations(page) == []
        assert overflow(page) == 0
        answer_by_keyboard(page, facts[page.locator("input[name=key]").input_value().split("|")[1]])
    for one in words:
        expect(page.locator("main")).to_contain_text(one)
    assert violations(page) == []
    assert overflow(page) == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_text(words[3])).to_be_visible()
    expect(page.locator("header form[role=search]")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")


def example() -> dict[str, Any]:
    file = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    return {f"{scope}.{key}": value for scope in ("entity", "project") for key, value in file[scope].items()}


def answer_by_keyboard(page: Page, value: Any) -> None:
    """Enter an answer and go on without touching a mouse."""
    for one in value if isinstance(value, list) else [value]:
        text = str(one).lower() if isinstance(one, bool) else str(one)
        choice = page.locator(f"input[name=answer][value='{text}']")
        if choice.count():
            choice.focus()
            page.keyboard.press("Space")
        else:
            page.locator("[name=answer]").fill(text)
    page.locator("button[value=answer]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_answers_survive_a_closed_page_and_a_change_of_language_until_they_are_deleted(page: Page) -> None:
    page.goto("/support/simulator/")
    expect(page.locator("[data-resume]")).to_be_hidden()
    page.get_by_label("您有哪些项目?").fill("甲")
    page.get_by_role("button", name="开始").click()
    page.get_by_label("汽车").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    page.goto("/support/simulator/")
    page.get_by_role("button", name="Go on from there").click()
    page.get_by_role("button", name="See the result so far").click()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="测算结果")).to_be_visible()
    page.get_by_role("link", name="全部重来").click()
    expect(page.locator("[data-resume]")).to_be_hidden()


def test_answers_are_saved_and_loaded_as_a_file(page: Page, tmp_path: Path) -> None:
    page.goto("/support/simulator/")
    page.get_by_label("您有哪些项目?").fill("甲")
    page.get_by_role("button", name="开始").click()
    page.get_by_label("汽车").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="先看结果").click()
    with page.expect_download() as begun:
        page.get_by_role("button", name="保存答案").click()
    saved = tmp_path / "profile.json"
    begun.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8"))["projects"][0]["facts"] == {"sectors": ["auto"]}
    page.goto("/support/simulator/")
    page.get_by_text("读入以前保存的答案").click()
    page.get_by_label("以前保存的答案").set_input_files(saved)
    page.get_by_role("button", name="读入").click()
    page.get_by_role("button", name="先看结果").click()
    expect(page.locator("main")).to_contain_text("您的答案")
