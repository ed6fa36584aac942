"""The file that a text was read from: for editors from the start, for everybody once the text is public."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.gazette.lighthouse import BETTER, FUNDS, TEXT, bring_in, editor

from gongbao.gazette.models import Draft
from gongbao.gazette.services.drafts import publish_mark
from gongbao.organisations.models import Person

pytestmark = pytest.mark.django_db

ADDRESS = "/gazette/issues/2030-2/original/{}/"


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="gongbao.organisations.login.Backend")
    return client


def hand_in(client: Client, text: str) -> Draft:
    client.post("/desk/gazette/new/", {"file": SimpleUploadedFile("灯塔.txt", text.encode())})
    return Draft.objects.latest("pk")


@pytest.fixture
def li() -> Client:
    return logged_in(editor("li"))


@pytest.fixture
def sun() -> Client:
    return logged_in(editor("sun"))


def test_before_it_is_published_only_editors_have_the_file(li: Client, sun: Client) -> None:
    draft = hand_in(li, TEXT)
    page = sun.get(f"/desk/gazette/{draft.pk}/").content.decode()
    assert draft.file.sha256 in page
    assert sun.get(f"/desk/files/{draft.file.pk}/").content == TEXT.encode()
    assert Client().get(ADDRESS.format(1)).status_code == 404
    other = logged_in(Person.objects.create(username="x", name="x"))
    assert other.get(f"/desk/files/{draft.file.pk}/").status_code == 404


def test_published_it_is_handed_to_everybody_with_its_hash(li: Client, sun: Client) -> None:
    draft = hand_in(li, TEXT)
    sun.post(f"/desk/gazette/{draft.pk}/publish/", {"seen": publish_mark(draft)})
    told = sha256(TEXT.encode()).hexdigest()
    for page in ("/gazette/issues/2030-2/", f"/gazette/{FUNDS}/"):
        shown = Client().get(page).content.decode()
        assert told in shown and ADDRESS.format(1) in shown
    answer = Client().get(ADDRESS.format(1))
    assert sha256(answer.content).hexdigest() == told
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%81%AF")


def test_each_text_leads_to_its_own_file(li: Client, sun: Client) -> None:
    for text in (TEXT, BETTER):
        draft = hand_in(li, text)
        sun.post(f"/desk/gazette/{draft.pk}/publish/", {"seen": publish_mark(draft)})
    assert Client().get(ADDRESS.format(1)).content == TEXT.encode()
    assert Client().get(ADDRESS.format(2)).content == BETTER.encode()
    assert ADDRESS.format(2) in Client().get("/gazette/issues/2030-2/").content.decode()


def test_what_is_returned_stays_with_the_editors(li: Client, sun: Client) -> None:
    draft = hand_in(li, TEXT)
    sun.post(f"/desk/gazette/{draft.pk}/return/", {"because": "缺页"})
    other = logged_in(Person.objects.create(username="x", name="x"))
    assert other.get(f"/desk/files/{draft.file.pk}/").status_code == 404


def test_a_text_that_came_by_the_command_line_says_that_its_file_is_not_kept() -> None:
    bring_in()
    assert "原始文件没有保存在本系统" in Client().get("/gazette/issues/2030-2/").content.decode()
    assert Client().get(ADDRESS.format(1)).status_code == 404
