"""The way of an edition through the pages of two editors: page, API and files change at once when it is published."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.gazette.lighthouse import editor

from gongbao.organisations.models import Person
from gongbao.permits.models import EditionRevision, State
from gongbao.permits.rules.items import Edition
from gongbao.permits.tables import files

MakeEdition = Callable[..., Edition]

pytestmark = pytest.mark.django_db

TOLD = {"cite": "灯发[2030]1号", "title": "灯塔清单", "title_en": "Lighthouses", "in_force": "2030-01-01"}


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="gongbao.organisations.login.Backend")
    return client


@pytest.fixture
def li() -> Client:
    return logged_in(editor("li"))


@pytest.fixture
def sun() -> Client:
    return logged_in(editor("sun"))


@pytest.fixture
def edition(edition_of: MakeEdition) -> Edition:
    return edition_of({"name": "设灯许可"}, {"name": "熄灯许可"})


def hand_in(client: Client, content: bytes, name: str = "list.json", **told: str) -> HttpResponse:
    answer = client.post("/desk/permits/new/", {"file": SimpleUploadedFile(name, content), **told})
    assert isinstance(answer, HttpResponse)
    return answer


def test_one_drafts_another_publishes_and_page_api_and_files_agree(li: Client, sun: Client, edition: Edition) -> None:
    assert hand_in(li, files.as_json(edition)).status_code == 302
    draft = EditionRevision.objects.get()
    address = f"/desk/permits/{draft.pk}/"
    assert "须由起草人以外" in li.get(address).content.decode()
    assert Client().get("/permits/editions/2030/").status_code == 404
    assert "许可清单版本" in sun.get("/desk/").content.decode()
    seen = sun.get(address).content.decode()
    assert "<ins>设灯许可</ins>" in seen
    assert "核准并发布" in seen
    assert sun.post(f"{address}publish/").status_code == 302
    assert "设灯许可" in Client().get("/permits/?edition=2030").content.decode()
    assert Client().get("/api/v1/permits/items?edition=2030").json()["count"] == 2
    assert json.loads(Client().get("/permits/editions/2030/list.json").content) == json.loads(files.as_json(edition))


def test_who_drafted_may_neither_publish_nor_return(li: Client, edition: Edition) -> None:
    hand_in(li, files.as_json(edition))
    draft = EditionRevision.objects.get()
    for what in ("publish", "return"):
        assert li.post(f"/desk/permits/{draft.pk}/{what}/", {"because": "x"}).status_code == 403
    draft.refresh_from_db()
    assert (draft.state, draft.decided_by) == (State.DRAFT, None)


def test_a_draft_is_returned_with_a_reason_and_not_without(li: Client, sun: Client, edition: Edition) -> None:
    hand_in(li, files.as_json(edition))
    draft = EditionRevision.objects.get()
    assert sun.post(f"/desk/permits/{draft.pk}/return/", {"because": " "}).status_code == 422
    assert EditionRevision.objects.get().state == State.DRAFT
    assert sun.post(f"/desk/permits/{draft.pk}/return/", {"because": "缺第二项"}).status_code == 302
    assert EditionRevision.objects.get().state == State.RETURNED
    assert "缺第二项" in li.get(f"/desk/permits/{draft.pk}/").content.decode()
    assert Client().get("/permits/editions/2030/").status_code == 404


def test_a_draft_is_decided_once(li: Client, sun: Client, edition: Edition) -> None:
    hand_in(li, files.as_json(edition))
    draft = EditionRevision.objects.get()
    sun.post(f"/desk/permits/{draft.pk}/publish/")
    assert (
        "待审核的草稿" in sun.post(f"/desk/permits/{draft.pk}/return/", {"because": "x"}, follow=True).content.decode()
    )
    assert EditionRevision.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize(("name", "made"), [("list.csv", files.as_csv), ("list.xlsx", files.as_xlsx)])
def test_a_table_is_told_its_document(
    li: Client, edition: Edition, name: str, made: Callable[[Edition], bytes]
) -> None:
    assert hand_in(li, made(edition), name, **TOLD).status_code == 302
    content = EditionRevision.objects.get().content
    assert (content["cite"], content["in_force"]) == ("灯发〔2030〕1号", "2030-01-01")
    assert [item["cite"] for item in content["items"]] == ["灯发〔2030〕1号 清单 1", "灯发〔2030〕1号 清单 2"]


@pytest.mark.parametrize("column", list(TOLD))
def test_a_table_without_its_document_is_refused_at_the_field(li: Client, edition: Edition, column: str) -> None:
    answer = hand_in(li, files.as_csv(edition), "list.csv", **TOLD | {column: ""})
    assert answer.status_code == 422
    assert f'href="#id_{column}">' in answer.content.decode()
    assert not EditionRevision.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.json", b"{}", "导出的文件"),
        ("list.csv", b"edition,no\n", "首行应有列"),
        ("list.doc", b"x", "扩展名为"),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_is_kept(li: Client, name: str, content: bytes, says: str) -> None:
    answer = hand_in(li, content, name, **TOLD)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not EditionRevision.objects.exists()


@pytest.mark.parametrize("name", ["a/b", "", "x" * 41, "2030 "])
def test_an_edition_whose_name_cannot_stand_in_an_address_is_refused(li: Client, edition: Edition, name: str) -> None:
    answer = hand_in(li, files.as_json(replace(edition, edition=name)))
    assert answer.status_code == 422
    assert not EditionRevision.objects.exists()


def test_the_list_as_it_is_published_is_nothing_new(li: Client, edition_2025: Edition) -> None:
    assert "与已发布的不同" in hand_in(li, files.as_json(edition_2025)).content.decode()
    assert edition_2025.in_force == date(2025, 12, 2)
    assert not EditionRevision.objects.exists()


def test_a_text_that_no_database_stores_is_refused(li: Client, edition: Edition) -> None:
    answer = hand_in(li, files.as_json(edition).replace("设灯许可".encode(), b"\\u0000"))
    assert "没有控制字符" in answer.content.decode()
    assert not EditionRevision.objects.exists()


def test_the_page_of_a_draft_tells_the_tasks_it_opens_and_then_shows_them(
    li: Client, sun: Client, edition: Edition, edition_of: MakeEdition
) -> None:
    hand_in(li, files.as_json(edition))
    sun.post(f"/desk/permits/{EditionRevision.objects.get().pk}/publish/")
    hand_in(li, files.as_json(edition_of({"name": "设灯许可"})))
    draft = EditionRevision.objects.get(state=State.DRAFT)
    assert "立 1 件监管任务" in sun.get(f"/desk/permits/{draft.pk}/").content.decode()
    sun.post(f"/desk/permits/{draft.pk}/publish/")
    shown = sun.get(f"/desk/permits/{draft.pk}/").content.decode()
    assert "取消:熄灯许可(灯塔局)" in shown
    assert "待落实" in shown
