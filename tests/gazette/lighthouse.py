"""The made-up issue of the command line's tests, for the web: as a file, imported, and in a better text."""

from datetime import UTC, date, datetime
from pathlib import Path

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.services.imports import Imported, issue_import
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.services.people import membership_grant, person_create
from gongbao.organisations.services.tree import organisation_create, places_load

FILE = Path(__file__).parent / "cli" / "lighthouse.txt"
TEXT = FILE.read_text("utf-8")
BETTER = TEXT.replace("按季", "按月")
NUMBER, FUNDS = "示海发〔2030〕7号", "示财发〔2030〕8号"
NOW = datetime(2030, 3, 10, 1, tzinfo=UTC)
SINCE = date(2020, 1, 1)  # a post that holds today, whenever the tests run


def bring_in(text: str = TEXT) -> Imported:
    return issue_import(content=read_issue(text), text=text, source="lighthouse.txt", at=NOW)


def editor(username: str) -> Person:
    """A login with the role of an editor."""
    places_load(now=NOW)
    office = Organisation.objects.filter(code="example-gazette").first() or organisation_create(
        code="example-gazette",
        kind="gazette_office",
        name="示例编辑部",
        parent=Organisation.objects.get(code="110000"),
        now=NOW,
    )
    person = person_create(username=username, name=f"示例{username}", password="a-long-enough-phrase-7", now=NOW)
    membership_grant(person=person, organisation=office, role="editor", first_day=SINCE, now=NOW)
    return person
