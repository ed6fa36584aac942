"""Take the pictures of a-cycle.md anew, from a running demonstration (`make demo`): `make pictures`.

Each picture is a role, an address and a width. The browser is the system's Chromium, or the one that CHROMIUM names.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "pictures"
PASSWORD = "gongbao-demo-only"  # noqa: S105 - of the made-up people, who exist in demonstrations alone
DESK, PHONE, QUALITY = (1100, 760), (390, 760), 60
FINISHED, RUNNING, OWN = "2026H1", "2026H2", "91110102MA0DEENT0E"


@dataclass(frozen=True)
class Picture:
    """name: of the file; login: "" for anybody; open: a link to follow on the page first; near: words to show."""

    name: str
    login: str
    address: str
    size: tuple[int, int] = DESK
    open: str = ""
    near: str = ""


PICTURES = (
    Picture("board", "city", f"/desk/rating/{RUNNING}/"),
    Picture("sheet", "community", f"/desk/rating/{RUNNING}/sheets/", PHONE, open=".ticks a"),
    Picture("live", "enterprise", f"/desk/enterprise/{OWN}/{RUNNING}/", near="自昨日以来的变化"),
    Picture("declare", "enterprise", f"/desk/enterprise/{OWN}/{RUNNING}/declare/staff/"),
    Picture("review", "district", f"/desk/rating/{RUNNING}/reviews/", open="table tbody a"),
    Picture("help", "helper", f"/desk/rating/{RUNNING}/help/", PHONE),
    Picture("runs", "city", f"/desk/rating/{FINISHED}/runs/"),
    Picture("difference", "city", f"/desk/rating/{FINISHED}/runs/", open="table tbody a", near="与另一次计算的不同"),
    Picture("objections", "city", f"/desk/rating/{FINISHED}/objections/"),
    Picture("public", "", f"/rating/enterprises/{OWN}/"),
    Picture("districts", "", "/rating/districts/", PHONE),
    Picture("check", "", "/rating/data/"),
)


def take(browser: Browser, site: str, picture: Picture) -> None:
    """One picture, in a browser of its own."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=site, locale="zh-CN")
    page = context.new_page()
    if picture.login:
        _log_in(page, picture.login)
    page.goto(picture.address)
    if picture.open:
        page.locator(f"main {picture.open}").first.click()
    page.wait_for_load_state("networkidle")
    if picture.near:
        page.get_by_role("heading", name=picture.near).first.evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    page.screenshot(path=HERE / f"{picture.name}.jpg", type="jpeg", quality=QUALITY)
    context.close()


def _log_in(page: Page, name: str) -> None:
    page.goto("/account/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit], main form button").first.click()
    page.wait_for_url("**/desk/**")


def main() -> None:
    site = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, site, picture)
        browser.close()


if __name__ == "__main__":
    main()
