"""The pages of the desk in English: what is Chinese on them somebody is called, somebody wrote, or says so itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from lxml import html
from tests.config.test_permissions_table import FILES, browsers, rows
from tests.config.things import things

from gongbao.cases.models import Notice

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
CITATION = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号( (附件|第[一-鿿]+[条款项])+)*")
DOCUMENT = 5000  # characters
SAYS_SO = "//*[@lang='zh-Hans'] | //*[@data-quotes] | //script | //style"


def own_words(page: str, names: list[str]) -> str:
    """The words of a page without names, and without what is marked as Chinese."""
    tree = html.fromstring(page)
    tree.attrib.pop("lang", None)
    for quoted in tree.xpath(SAYS_SO):
        quoted.drop_tree()
    shown = [tree.text_content(), *tree.xpath("//@aria-label | //@placeholder | //@alt | //@title")]
    words = CITATION.sub("", "\n".join(shown))
    for name in names:
        words = words.replace(name, "")
    return words


def written() -> list[str]:
    """What people wrote and what they and their offices are called, the longest first: every text in the database but
    those that the house says itself, in both languages. Of long documents the whole alone: they are shown marked."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("gongbao.") and model is not Notice:
            for row in model._default_manager.values():
                found |= {text for value in row.values() for text in texts(value) if CHINESE.search(text)}
    runs = {run for text in found if len(text) < DOCUMENT for run in CHINESE.findall(text) if len(run) > 1}
    return sorted(found | runs, key=len, reverse=True)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def desk_pages() -> list[dict[str, Any]]:
    every = [row for file in FILES for row in rows(file)]
    return [row for row in every if row["url"].startswith("/desk/") and row.get("method", "GET") == "GET"]


def logins_that_see(row: dict[str, Any], who: dict[str, Client]) -> list[str]:
    return [name for name in who if row["who"].get(name, row["who"].get("*")) == 200]


@pytest.mark.pages
@pytest.mark.django_db
def test_no_page_of_a_desk_leaves_chinese_in_its_english(settings: Any) -> None:
    settings.DEMO = True
    made, who = things(), browsers()
    names, wrong, seen = written(), set(), 0
    for row in desk_pages():
        url = row["url"].format(**made)
        for name in logins_that_see(row, who):
            cache.clear()
            who[name].cookies["django_language"] = "en"
            page = who[name].get(url)
            if page.headers["Content-Type"].startswith("text/html"):
                seen += 1
                wrong |= {(row["url"], left) for left in CHINESE.findall(own_words(page.content.decode(), names))}
    assert seen > 50
    assert not wrong, "\n".join(f"{url}: {left}" for url, left in sorted(wrong))
