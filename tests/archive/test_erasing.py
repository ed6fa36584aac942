"""Erasing personal values, on the page and on the command line: chosen, looked at again, gone; the chain holds."""

from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client

from gongbao.archive.models import Entry
from gongbao.archive.selectors import dossier_failures, personal_values
from gongbao.archive.services import entry_append, personal_erase
from gongbao.config.cli import gongbao
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
SUBJECT = "enterprise/91110000000000000X"
DOSSIER = f"/desk/dossiers/{SUBJECT}/"


@pytest.fixture
def entry() -> Entry:
    with transaction.atomic():
        return entry_append(
            subject=SUBJECT, kind="case.comment", payload={}, at=NOW, personal={"name": "李四", "phone": "010-0000"}
        )


@pytest.fixture
def administrator() -> Person:
    place = Organisation.objects.create(code="ops", kind="operations", name="运行", path="ops/")
    person = Person.objects.create(username="admin", name="Admin")
    Membership.objects.create(person=person, organisation=place, role="administrator", first_day="2026-01-01")
    return person


@pytest.fixture
def browser(administrator: Person) -> Client:
    made = Client()
    made.force_login(administrator, backend="gongbao.organisations.login.Backend")
    return made


def erase(browser: Client, entry: Entry, **more: str) -> Any:
    fields = {"going": "name", "because": "本人申请", **more}
    return browser.post(f"/desk/dossiers/entry/{entry.pk}/erase/", fields)


def test_what_goes_is_shown_once_more_before_it_goes(browser: Client, entry: Entry) -> None:
    page = erase(browser, entry).content.decode()
    assert "李四" in page and "010-0000" not in page and "永久删除" in page
    assert personal_values(entry) == {"name": "李四", "phone": "010-0000"} and Entry.objects.count() == 1


def test_a_value_goes_for_good_and_the_dossier_verifies_and_says_what_and_why(browser: Client, entry: Entry) -> None:
    assert erase(browser, entry, sure="1").status_code == 302
    entry = Entry.objects.get(pk=entry.pk)
    assert personal_values(entry) == {"phone": "010-0000"} and dossier_failures(SUBJECT) == []
    page = browser.get(DOSSIER).content.decode()
    assert "核验通过" in page and "本人申请" in page and "李四" not in page


@pytest.mark.parametrize("more", [{"because": " "}, {"going": "age"}, {"going": ""}])
def test_without_a_reason_or_a_value_that_is_there_nothing_goes(
    browser: Client, entry: Entry, more: dict[str, str]
) -> None:
    assert erase(browser, entry, sure="1", **more).status_code == 200
    assert len(personal_values(entry)) == 2 and Entry.objects.count() == 1


@pytest.mark.parametrize(("fields", "because"), [([], "x"), (["name"], " "), (["name", "age"], "x")])
def test_the_service_refuses_the_same(administrator: Person, entry: Entry, fields: list[str], because: str) -> None:
    with pytest.raises(BadInput):
        personal_erase(entry=entry, fields=fields, because=because, at=NOW, actor=administrator)
    assert len(personal_values(entry)) == 2 and Entry.objects.count() == 1


def test_what_was_erased_already_is_not_offered_again(browser: Client, entry: Entry) -> None:
    erase(browser, entry, sure="1")
    assert 'value="name"' not in browser.get(f"/desk/dossiers/entry/{entry.pk}/erase/").content.decode()
    assert erase(browser, entry, sure="1").status_code == 200
    assert Entry.objects.count() == 2


def test_dossiers_are_found_by_subject_and_by_whether_they_hold_anything(browser: Client, entry: Entry) -> None:
    assert SUBJECT in browser.get("/desk/dossiers/?words=9111&kept=some").content.decode()
    assert SUBJECT not in browser.get("/desk/dossiers/?kept=none").content.decode()
    assert browser.get("/desk/dossiers/place/9/").status_code == 404
    assert 'href="/desk/dossiers/"' in browser.get("/desk/").content.decode()


def command(*more: str, answer: str = "") -> Any:
    asked = ["archive", "erase", SUBJECT, "1", "--field", "name", "--because", "本人申请", *more]
    return CliRunner().invoke(gongbao, asked, input=answer)


def test_the_command_shows_what_goes_asks_and_erases(administrator: Person, entry: Entry) -> None:
    assert command("--by", "admin", answer="n\n").exit_code == 1
    assert len(personal_values(entry)) == 2
    done = command("--by", "admin", answer="y\n")
    assert done.exit_code == 0 and "李四" in done.output and "核验通过" in done.output
    assert personal_values(Entry.objects.get(pk=entry.pk)) == {"phone": "010-0000"}


def test_the_command_is_for_administrators_and_entries_that_are_there(administrator: Person, entry: Entry) -> None:
    Person.objects.create(username="li", name="Li")
    for more in (("--by", "li"), ("--by", "nobody")):
        assert isinstance(command(*more, "--yes").exception, BadInput)
    missing = ["archive", "erase", SUBJECT, "9", "--field", "name", "--because", "x", "--by", "admin", "--yes"]
    assert isinstance(CliRunner().invoke(gongbao, missing).exception, BadInput)
    assert len(personal_values(entry)) == 2 and Entry.objects.count() == 1
