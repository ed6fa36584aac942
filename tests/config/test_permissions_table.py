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
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from tests.config.things import things

from gongbao.organisations.models import Person

FILES = sorted((Path(__file__).parent / "permissions").glob("*.toml"))
ROWS: list[dict[str, Any]] = [row for file in FILES for row in tomllib.loads(file.read_text(encoding="utf-8"))["page"]]


def status(client: Client, row: dict[str, Any], url: str) -> int:
    """What the row's request gets; whatever it wrote is taken back."""
    with transaction.atomic():
        answer = client.generic(
            row.get("method", "GET"),
            url,
            data=row.get("body", ""),
            content_type="application/x-www-form-urlencoded",
        )
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=[f"{row.get('method', 'GET')} {row['url']}" for row in ROWS])
def test_each_login_gets_what_the_table_says(row: dict[str, Any], settings: Any) -> None:
    settings.DEMO = True
    url, who = row["url"].format(**things()), row["who"]
    got = {"anybody": status(Client(), row, url)}
    for person in Person.objects.filter(demo=True):
        client = Client()
        client.force_login(person, backend="gongbao.organisations.login.Backend")
        got[person.username] = status(client, row, url)
    assert set(who) - {"*"} <= set(got), "the table names a login that does not exist"
    assert got == {name: who.get(name, who.get("*")) for name in got}


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
    for row in ROWS:
        try:
            covered.add(resolve(row["url"].split("?")[0].format_map(Anything(names))).route)
        except Resolver404:
            assert row["who"] == {"*": 404}, f"{row['url']} leads nowhere"
    assert sorted(set(routes(get_resolver())) - covered) == []


class Anything(dict[str, Any]):
    """Stands for the things that other domains bring."""

    def __missing__(self, key: str) -> int:
        return 1
