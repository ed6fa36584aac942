"""The way of a text through the pages of two editors."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reportlab.pdfgen import canvas
from tests.gazette.lighthouse import BETTER, FUNDS, TEXT, editor

from gongbao.gazette.models import Draft, Issue
from gongbao.gazette.services.drafts import publish_mark, text_mark
from gongbao.organisations.models import Person

pytestmark = pytest.mark.django_db


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


def hand_in(client: Client, content: bytes, name: str = "lighthouse.txt") -> str:
    answer = client.post("/desk/gazette/new/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    return answer.content.decode()


def test_one_hands_in_another_publishes_and_then_everybody_reads(li: Client, sun: Client) -> None:
    page = hand_in(li, TEXT.encode())
    assert "识别到 2 份文件" in page
    assert "不能核准" in page
    draft = Draft.objects.get()
    assert Client().get(f"/gazette/{FUNDS}/").status_code == 404
    assert "待办" in sun.get("/desk/").content.decode()
    assert "核准并公布" in sun.get(f"/desk/gazette/{draft.pk}/").content.decode()
    sun.post(f"/desk/gazette/{draft.pk}/publish/", {"seen": publish_mark(draft)})
    assert Client().get(f"/gazette/{FUNDS}/").status_code == 200
    assert "看公布的这一期" in li.get(f"/desk/gazette/{draft.pk}/").content.decode()


def test_who_handed_it_in_is_refused_by_the_address_too(li: Client) -> None:
    hand_in(li, TEXT.encode())
    draft = Draft.objects.get()
    assert li.post(f"/desk/gazette/{draft.pk}/publish/", {"seen": publish_mark(draft)}).status_code == 403
    assert Issue.objects.count() == 0


def test_a_correction_is_read_again(li: Client, sun: Client) -> None:
    hand_in(li, TEXT.encode())
    draft = Draft.objects.get()
    assert "按季" in sun.get(f"/desk/gazette/{draft.pk}/correct/").content.decode()
    sent = {"text": BETTER.replace("\n", "\r\n"), "seen": text_mark(draft.text)}
    page = sun.post(f"/desk/gazette/{draft.pk}/correct/", sent, follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.text == BETTER
    assert "已改" in page
    refused = sun.post(f"/desk/gazette/{draft.pk}/correct/", sent).content.decode()
    assert "另一位编辑刚刚改过" in refused


def test_a_pdf_without_text_gets_one_clear_refusal(li: Client) -> None:
    made = BytesIO()
    sheet = canvas.Canvas(made)
    sheet.rect(10, 10, 100, 100)
    sheet.save()
    page = hand_in(li, made.getvalue(), "scan.pdf")
    assert page.count("这份只有图片,请先做文字识别") == 1
    assert Draft.objects.count() == 0


def test_a_return_needs_a_reason_and_closes_the_draft(li: Client, sun: Client) -> None:
    hand_in(li, TEXT.encode())
    draft = Draft.objects.get()
    assert sun.post(f"/desk/gazette/{draft.pk}/return/", {"because": ""}).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "waiting"
    sun.post(f"/desk/gazette/{draft.pk}/return/", {"because": "漏了一页"})
    assert "漏了一页" in li.get(f"/desk/gazette/{draft.pk}/").content.decode()
    assert li.get(f"/desk/gazette/{draft.pk}/correct/").status_code == 403


def test_an_old_look_does_not_publish(li: Client, sun: Client) -> None:
    hand_in(li, TEXT.encode())
    draft = Draft.objects.get()
    page = sun.post(f"/desk/gazette/{draft.pk}/publish/", {"seen": "x"}, follow=True).content.decode()
    assert "请重新核对" in page
    assert Issue.objects.count() == 0
