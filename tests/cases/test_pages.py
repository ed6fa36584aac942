"""What the browser tests do not reach: files that are refused, the calendar, downloads, overdue cases, the feed."""

from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.city import City

from gongbao.archive.services import root_make
from gongbao.cases.models import CalendarYear, Case
from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.services import paper_end
from gongbao.organisations.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db


def client(city: City, who: str) -> Client:
    made = Client()
    made.force_login(city.people[who], backend="gongbao.organisations.login.Backend")
    return made


@pytest.fixture
def case(city: City) -> Case:
    return city.objection(now=timezone.now())


def test_a_file_of_the_wrong_kind_is_named_at_its_field_and_nothing_is_kept(city: City, case: Case) -> None:
    wrong = SimpleUploadedFile("x.pdf", b"<script>")
    answer = client(city, "officer").post(f"/desk/cases/{case.number}/comment/", {"text": "a", "file": wrong})
    assert answer.status_code == 200 and "相符的文件" in answer.content.decode()
    assert case.steps.count() == 1 and not StoredFile.objects.exists()


def test_a_file_that_comes_with_a_refused_move_is_not_kept(city: City, case: Case) -> None:
    right = SimpleUploadedFile("x.txt", "说明".encode())
    url = f"/desk/cases/{case.number}/objection/uphold/"
    answer = client(city, "officer").post(url, {"version": "7", "answer": "x", "file": right})
    assert answer.status_code == 200
    assert case.steps.count() == 1 and not StoredFile.objects.exists()


def test_a_file_is_handed_out_as_a_download_under_its_own_name(city: City, case: Case) -> None:
    file = SimpleUploadedFile("说明.txt", "内容".encode())
    client(city, "officer").post(f"/desk/cases/{case.number}/comment/", {"text": "", "file": file})
    stored = StoredFile.objects.get()
    answer = client(city, "clerk").get(f"/desk/files/{stored.pk}/")
    assert answer.content == "内容".encode()
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%AF%B4%E6%98%8E.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client(city, "stranger").get(f"/desk/files/{stored.pk}/").status_code == 404


def test_the_page_of_a_paper_says_what_became_of_it(city: City, case: Case) -> None:
    url = f"/desk/cases/{case.number}/objection/uphold/"
    client(city, "officer").post(url, {"version": "0", "answer": "补录"})
    paper = Paper.objects.get()
    shown = Client().get("/papers/", {"code": paper.code}).content.decode()
    assert "真实、有效" in shown and "补录" in shown and paper.file.sha256 in shown
    paper_end(paper=paper, state=Paper.State.ANNULLED, on=timezone.localdate(), because="另行处理")
    shown = Client().get("/papers/", {"code": paper.code}).content.decode()
    assert "已撤销" in shown and "另行处理" in shown and "真实、有效" not in shown


def test_an_administrator_loads_a_year_and_is_told_what_is_wrong_with_a_file(city: City) -> None:
    place = Organisation.objects.create(code="ops", kind="operations", name="运行", path="ops/")
    person = Person.objects.create(username="admin", name="Admin")
    Membership.objects.create(person=person, organisation=place, role="administrator", first_day=timezone.localdate())
    city.people["admin"] = person
    browser = client(city, "admin")
    for wrong in (
        b"\xff",
        b"years = ",
        b'[names]\n[years.2027]\n"\xe6\x96\xb0" = { from = 2027-01-01, to = 2027-01-02 }',
    ):
        answer = browser.post("/desk/calendar/", {"file": SimpleUploadedFile("y.toml", wrong)})
        assert answer.status_code == 200 and "summary-of-errors" in answer.content.decode()
    assert not CalendarYear.objects.exists()
    year = '[names]\n[years.2027]\n"元旦" = { from = 2027-01-01, to = 2027-01-03 }\n'
    answer = browser.post("/desk/calendar/", {"file": SimpleUploadedFile("y.toml", year.encode())})
    assert answer.status_code == 302 and CalendarYear.objects.get().year == 2027
    assert "2027" in browser.get("/desk/calendar/").content.decode()


def test_an_ended_case_is_found_among_all_cases_and_no_longer_in_the_inbox(city: City, case: Case) -> None:
    city.move(case, "clerk", "withdraw", timezone.now())
    browser = client(city, "clerk")
    assert str(case.number) not in browser.get("/desk/cases/").content.decode()
    assert str(case.number) in browser.get("/desk/cases/all/").content.decode()
    assert str(case.number) not in client(city, "stranger").get("/desk/cases/all/").content.decode()


def test_the_desk_counts_cases_and_unread_notices(city: City, case: Case) -> None:
    shown = client(city, "officer").get("/desk/").content.decode()
    assert "待办事项" in shown and "通知" in shown and "逾期事项" not in shown
    assert "待办事项" not in client(city, "stranger").get("/desk/").content.decode()


def test_the_feed_holds_the_roots_as_the_page_does(city: City, case: Case) -> None:
    made = root_make(now=timezone.now())
    feed = ElementTree.fromstring(Client().get("/roots/feed/").content)
    entry = feed.find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None and made.root in "".join(entry.itertext())
    assert made.root in Client().get("/roots/").content.decode()
