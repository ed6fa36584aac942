"""The pages of the desk in English: what is Chinese on them is a name, a title or a text that says that it is."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from lxml import html
from tests.config.test_permissions_table import FILES, browsers, rows
from tests.config.things import things

from gongbao.cases.models import Case
from gongbao.documents.models import Paper, StoredFile
from gongbao.organisations.models import Client, Invitation, Organisation, Person

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
CITATION = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号( (附件|第[一-鿿]+[条款项])+)*")
SAYS_SO = "//*[@lang='zh-Hans'] | //*[@data-quotes] | //script | //style"


def own_words(page: str, names: list[str]) -> str:
    """The words of a page without names, and without what is marked as Chinese."""
    tree = html.fromstring(page)
    tree.attrib.pop("lang", None)
    for quoted in tree.xpath(SAYS_SO):
        quoted.drop_tree()
    shown = [tree.text_content(), *tree.xpath("//@aria-label | //@placeholder | //@alt | //@title")]
    words = "\n".join(shown)
    for name in names:
        words = words.replace(name, "")
    return CITATION.sub("", words)


def names_on_file() -> list[str]:
    """What people and offices are called, and titles that somebody wrote; the longest first."""
    columns = [(Organisation, "name"), (Person, "name"), (Case, "title"), (Paper, "name"), (StoredFile, "name")]
    columns += [(Client, "name"), (Invitation, "name")]
    found = {name for model, column in columns for name in model.objects.values_list(column, flat=True)}
    found |= {text for case in Case.objects.all() for text in case.fields.values()}
    return sorted(found, key=len, reverse=True)


def desk_pages() -> list[dict[str, Any]]:
    every = [row for file in FILES for row in rows(file)]
    return [row for row in every if row["url"].startswith("/desk/") and row.get("method", "GET") == "GET"]


def logins_that_see(row: dict[str, Any], who: dict[str, Browser]) -> list[str]:
    return [name for name in who if row["who"].get(name, row["who"].get("*")) == 200]


@pytest.mark.django_db
def test_no_page_of_a_desk_leaves_chinese_in_its_english(settings: Any) -> None:
    settings.DEMO = True
    made, who = things(), browsers()
    names, wrong, seen = names_on_file(), set(), 0
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
