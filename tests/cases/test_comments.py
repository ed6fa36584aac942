"""Who reads a comment: every party, or the offices of the case alone."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.city import City

from gongbao.archive.selectors import dossier_file
from gongbao.cases.models import Case, Step
from gongbao.cases.selectors import for_offices_alone, history
from gongbao.cases.services.remarks import comment_add
from gongbao.documents.models import StoredFile
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
SECRET = "内部意见:先核对原件"


@pytest.fixture
def case(city: City) -> Case:
    return city.objection(now=timezone.now())


def browser(city: City, who: str) -> Client:
    made = Client()
    made.force_login(city.people[who], backend="gongbao.organisations.login.Backend")
    return made


def say(city: City, case: Case, who: str, audience: str, **more: object) -> None:
    body = {"text": SECRET, "audience": audience, **more}
    browser(city, who).post(f"/desk/cases/{case.number}/comment/", body)


def test_what_offices_say_among_themselves_is_not_read_by_the_enterprise(city: City, case: Case) -> None:
    say(city, case, "officer", "offices")
    assert SECRET in browser(city, "second").get(f"/desk/cases/{case.number}/").content.decode()
    assert SECRET not in browser(city, "clerk").get(f"/desk/cases/{case.number}/").content.decode()
    assert [event.step.move for event in history(case)] == ["open"]


def test_what_is_said_to_all_is_read_by_all(city: City, case: Case) -> None:
    say(city, case, "officer", "all")
    for who in ("officer", "clerk"):
        assert SECRET in browser(city, who).get(f"/desk/cases/{case.number}/").content.decode()


def test_a_file_of_the_offices_does_not_exist_for_the_enterprise(city: City, case: Case) -> None:
    say(city, case, "officer", "offices", file=SimpleUploadedFile("内部.txt", b"a"))
    url = f"/desk/files/{StoredFile.objects.get().pk}/"
    assert browser(city, "second").get(url).status_code == 200
    assert browser(city, "clerk").get(url).status_code == 404
    assert "内部.txt" in browser(city, "second").get(f"/desk/cases/{case.number}/").content.decode()
    assert "内部.txt" not in browser(city, "clerk").get(f"/desk/cases/{case.number}/").content.decode()


def test_an_enterprise_is_offered_no_inner_circle_and_cannot_force_its_way_in(city: City, case: Case) -> None:
    page = browser(city, "clerk").get(f"/desk/cases/{case.number}/").content.decode()
    assert 'name="audience"' not in page and "本事项各方都能看到" in page
    assert 'name="audience"' in browser(city, "officer").get(f"/desk/cases/{case.number}/").content.decode()
    with pytest.raises(BadInput, match="各方"):
        comment_add(case=case, text="a", actor=city.people["clerk"], now=timezone.now(), audience="offices")
    assert not case.steps.filter(move="").exists()


def test_an_unknown_audience_is_refused_and_nothing_is_said(city: City, case: Case) -> None:
    with pytest.raises(BadInput):
        comment_add(case=case, text="a", actor=city.people["officer"], now=timezone.now(), audience="press")
    assert not case.steps.filter(move="").exists()


def test_a_dossier_without_the_words_of_the_offices_still_verifies(city: City, case: Case) -> None:
    say(city, case, "officer", "offices")
    whole = list(dossier_file(case.subject))
    given = list(dossier_file(case.subject, for_offices_alone))
    assert SECRET in "".join(whole) and SECRET not in "".join(given)
    assert verify_file_lines(f"{line}\n" for line in given) == []
    assert json.loads(whole[2])["entry"]["hash"] == json.loads(given[2])["entry"]["hash"]
    assert Step.objects.get(move="").audience == "offices"
