"""The checker of the W3C (vnu) finds nothing on any page: public ones and those of every role, in both languages.

The pages are found by walking: from the tables of permissions, the sitemap and the desks along every link. So a new
page is checked as soon as something leads to it.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.config.test_permissions_table import FILES, browsers, rows
from tests.config.things import things
from tests.config.walking import Walked, is_page, walk
from tests.gazette.lighthouse import BETTER, bring_in
from tests.rating.published import publish
from tests.rating.small_cycle import collecting_city

from gongbao.web.registry import sitemap_addresses

REPO = Path(__file__).resolve().parents[2]
VNU = REPO / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LANGUAGES = ("zh-hans", "en")
FRAGMENT = (
    b"""<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>.</title></head><body>%s</body></html>"""
)
SECRET = re.compile(rb'(name="csrfmiddlewaretoken" value=)"[^"]*"')

pytestmark = [pytest.mark.java, pytest.mark.pages, pytest.mark.slow, pytest.mark.timeout(900)]


def check(folder: Path) -> list[dict[str, Any]]:
    """What the checker says about the pages in a folder: errors, warnings and remarks."""
    command = ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    said = subprocess.run(command, capture_output=True, check=True, text=True, timeout=600)
    found: list[dict[str, Any]] = json.loads(said.stdout)["messages"]
    return found


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>a</title></head><body>{}</body></html>'
    (tmp_path / "right.html").write_text(page.format("<p>a</p>"), encoding="utf-8")
    assert check(tmp_path) == []
    (tmp_path / "wrong.html").write_text(page.format('<ul><p id="a" id="b">a</p></ul>'), encoding="utf-8")
    assert len(check(tmp_path)) == 2


@pytest.mark.django_db
def test_the_checker_finds_nothing_on_any_page(tmp_path: Path, settings: Any) -> None:
    settings.DEMO = True
    settings.HOME = tmp_path / "home"
    for name in ("home", "files", "pages"):
        (tmp_path / name).mkdir()
    publish(collecting_city(tmp_path / "files"))
    bring_in()
    bring_in(BETTER)
    shown: dict[str, Walked] = {}
    for bare, page in {SECRET.sub(rb'\1""', page.html): page for page in everything()}.items():
        name = f"{len(shown):05}.html"
        if page.url.endswith("/progress/") and not bare.startswith(b"<!doctype"):  # a small move, loaded into a page
            bare = FRAGMENT % (page.language.replace("hans", "Hans").encode(), bare)
        (tmp_path / "pages" / name).write_bytes(bare)
        shown[name] = page
    assert {"anybody", "city", "enterprise", "editor"} <= {page.who for page in shown.values()}
    wrong: dict[str, Walked] = {}
    for one in check(tmp_path / "pages"):
        wrong.setdefault(f"{one['message']} {one.get('extract', '')!r}", shown[Path(one["url"]).name])
    told = "\n".join(f"{page.url} as {page.who} ({page.language}): {said}" for said, page in wrong.items())
    assert not told, told


def everything() -> Iterator[Walked]:
    """Every page of the tables of permissions, of the sitemap, and of the desks, with what their links lead to."""
    names = things()
    told = [row | {"url": row["url"].format(**names)} for file in FILES for row in rows(file)]
    pages = [row["url"] for row in told if "method" not in row]
    for language in LANGUAGES:
        for who, client in browsers().items():
            if who == "anybody":
                yield from walk(client, who, language, [*pages, *sitemap_addresses()])
            else:
                yield from walk(client, who, language, [url for url in pages if url.startswith("/desk/")], "/desk/", 1)
            yield from answers(client, who, language, [row for row in told if row.get("method") == "POST"])


def answers(client: Client, who: str, language: str, told: list[dict[str, Any]]) -> Iterator[Walked]:
    """The pages that answer a form that was sent; whatever it wrote is taken back."""
    for row in told:
        with transaction.atomic():
            form = "application/x-www-form-urlencoded"
            answer = client.post(row["url"], row.get("body", ""), content_type=form)
            transaction.set_rollback(True)
        if is_page(answer):
            yield Walked(who, language, row["url"], answer.content)
