"""Address × login, as tables: permissions/<domain>.toml. Every address of the house stands in one of them.

A row: url (with {names} from things.py), method (GET unless given), who = {login = status}; "*" stands for all
logins that are not named, "anybody" for a stranger. A status is what a browser gets: 200 shown, 302 sent on
(a stranger to the login, a form that was taken back to its page), 403 refused with the reason, 404 hidden.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from tests.config.things import things

from gongbao.organisations.models import Person

FILES = sorted((Path(__file__).parent / "permissions").glob("*.toml"))
LOGIN = "gongbao.organisations.login.Backend"


def rows(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["page"]
    return found


def status(client: Client, row: dict[str, Any], url: str) -> int:
    """What the row's request gets; whatever it wrote is taken back."""
    cache.clear()  # throttles are tested elsewhere
    with transaction.atomic():
        answer = client.generic(
            row.get("method", "GET"),
            url,
            data=row.get("body", ""),
            content_type="application/x-www-form-urlencoded",
        )
        transaction.set_rollback(True)
    return answer.status_code


def browsers() -> dict[str, Client]:
    """A stranger, and each made-up person, logged in."""
    made = {"anybody": Client()}
    for person in Person.objects.filter(demo=True):
        made[person.username] = Client()
        made[person.username].force_login(person, backend=LOGIN)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_login_gets_what_the_table_says(file: Path, settings: Any) -> None:
    settings.DEMO = True
    names, who = things(), browsers()
    wrong = []
    for row in rows(file):
        unknown = set(row["who"]) - {"*", *who}
        assert not unknown, f"{row['url']}: no login is called {unknown}"
        for name, client in who.items():
            wanted = row["who"].get(name, row["who"].get("*"))
            got = status(client, row, row["url"].format(**names))
            if got != wanted:
                wrong.append(f"{row.get('method', 'GET')} {row['url']} as {name}: {got}, not {wanted}")
    assert wrong == []


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def test_every_address_stands_in_a_table() -> None:
    names = dict.fromkeys(("enterprise", "manager", "invitation", "client"), 1) | {"token": "t"}
    covered = set()
    for row in (row for file in FILES for row in rows(file)):
        try:
            covered.add(resolve(row["url"].split("?")[0].format_map(Anything(names))).route)
        except Resolver404:
            assert row["who"] == {"*": 404}, f"{row['url']} leads nowhere"
    assert sorted(set(routes(get_resolver())) - covered) == []


class Anything(dict[str, Any]):
    """Stands for the things that other domains bring."""

    def __missing__(self, key: str) -> int:
        return 1
