"""Programme files on their way into force: the checker's findings, a table with what differs, a second person."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongbao.archive.models import Entry
from gongbao.organisations.models import Person
from gongbao.organisations.services.demo import demo_people_load
from gongbao.support.rows import ProgrammeDraft
from gongbao.support.selectors.programmes import catalogue_on, draft_changes
from gongbao.support.tables.catalogue import catalogue, packaged_texts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 1)
ROOT = "/desk/support/programmes/"
FUND = "consumption-2026"


@pytest.fixture(autouse=True)
def _city(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    demo_people_load(now=timezone.now(), today=TODAY)


def browser(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="gongbao.organisations.login.Backend")
    return client


def hand_in(text: str, status: int, who: str = "administrator", from_day: date = TODAY) -> str:
    file = SimpleUploadedFile("fund.toml", text.encode())
    answer = browser(who).post(f"{ROOT}new/", {"file": file, "from_day": from_day.isoformat()})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def edited(*changes: tuple[str, str]) -> str:
    text = packaged_texts()[FUND]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


BETTER = ("{ from = 10, yuan = 2000000 }", "{ from = 10, yuan = 2500000 }")


def test_a_sound_file_is_kept_and_nothing_changes_before_a_second_person_approves() -> None:
    hand_in(edited(BETTER), 302)
    draft = ProgrammeDraft.objects.get()
    assert (draft.state, draft.sequence, draft.programme) == ("waiting", 1, FUND)
    assert catalogue_on(TODAY) == catalogue()
    own = browser("administrator")
    assert own.post(f"{ROOT}{draft.pk}/approve/").status_code == 403
    assert catalogue_on(TODAY) == catalogue()
    assert browser("commerce-city").post(f"{ROOT}{draft.pk}/approve/").status_code == 302
    amount = catalogue_on(TODAY).by_code["debut_centre"].amount
    assert amount is not None
    assert amount.most == 250_000_000
    kinds = [entry.kind for entry in Entry.objects.filter(dossier__subject=f"support/{FUND}")]
    assert kinds == ["support.programme.drafted", "support.programme.approved"]


@pytest.mark.parametrize(("day", "most"), [(-1, 200_000_000), (0, 250_000_000), (1, 250_000_000)])
def test_an_approved_file_holds_from_its_day_for_pages_and_matching(day: int, most: int) -> None:
    begins = TODAY + timedelta(days=30)
    hand_in(edited(BETTER), 302, from_day=begins)
    browser("commerce-city").post(f"{ROOT}{ProgrammeDraft.objects.get().pk}/approve/")
    amount = catalogue_on(begins + timedelta(days=day)).by_code["debut_centre"].amount
    assert amount is not None
    assert amount.most == most


def test_pages_api_and_file_show_what_was_approved(example: Callable[[str], dict[str, object]]) -> None:
    text = edited(BETTER)
    hand_in(text, 302)
    browser("commerce-city").post(f"{ROOT}{ProgrammeDraft.objects.get().pk}/approve/")
    assert "2,500,000.00" in Client().get("/support/measures/debut_centre/").content.decode()
    assert Client().get(f"/support/programmes/{FUND}/programme.toml").content.decode() == text
    found = example("debut_centre")
    facts = {**found["project"], "debut_events": 10}  # type: ignore[dict-item] # a table of the file
    profile = {"entity": found["entity"], "projects": [{"id": "p1", "facts": facts}]}
    answer = Client().post("/api/v1/support/match?on=2026-08-01", json.dumps(profile), content_type="application/json")
    assert answer.json()["measures"][0]["amount"]["value"] == "2500000.00"


def test_the_page_of_a_text_shows_what_it_would_change_and_every_clause() -> None:
    hand_in(edited(BETTER), 302)
    draft = ProgrammeDraft.objects.get()
    changes = draft_changes(draft)
    assert changes is not None
    assert [(change.place.en, change.what.en) for change in changes] == [("debut_centre Debut centre", "amount")]
    text = browser("commerce-city").get(f"{ROOT}{draft.pk}/").content.decode()
    assert "<del>exact 5场以上(含)1,000,000.00元;10场以上(含)2,000,000.00元</del>" in text
    assert "<ins>exact 5场以上(含)1,000,000.00元;10场以上(含)2,500,000.00元</ins>" in text
    assert all(measure.cite in text for measure in catalogue().programmes[0].measures)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fact = "project.launch_area_m2"', 'fact = "project.moon_area"', "没有这个事实"),
        ("steps = [{ from = 5,", "steps = [{ from = 6,", "条件与第一档之间有空缺"),
        ('rate = "0.5"', 'rate = "1.0001"', "比例大于 1"),
        ('scope = "project"\ncite = "二（二）1"\n', 'scope = "project"\n', "应为文字"),
        ('scope = "project"\ncite = "二（二）1"\n', 'scope = "project"\ncite = "九十九"\n', "文件中没有这一条"),
        ("until = 2027-12-31", "until = 2025-12-31", "有效期的末日早于首日"),
        ('value = { from = 2025-10-01, until = 2027-06-30 }', 'value = { from = 2028-01-01, until = 2028-06-30 }',
         "期间在有效期之后"),
        ("[[measure]]", "[[measure", "不是正确的 TOML"),
    ],
)  # fmt: skip
def test_what_the_checker_finds_is_shown_with_its_place_and_nothing_is_kept(old: str, new: str, said: str) -> None:
    text = hand_in(edited((old, new)), 422)
    assert said in text
    assert "核对发现" in text
    assert ProgrammeDraft.objects.count() == 0
    assert Entry.objects.filter(dossier__subject=f"support/{FUND}").count() == 0


def test_a_rate_of_exactly_one_is_sound() -> None:
    hand_in(edited(('rate = "0.5"', 'rate = "1"')), 302)


def test_the_text_in_force_a_second_text_while_one_waits_and_a_file_that_is_no_text_are_refused() -> None:
    assert "与现行的不同" in hand_in(packaged_texts()[FUND], 422)
    hand_in(edited(BETTER), 302)
    assert "先审核或退回已有的文本" in hand_in(edited(("yuan = 1000000", "yuan = 1000001")), 422)
    file = SimpleUploadedFile("fund.toml", b"\xff\xfe")
    answer = browser("administrator").post(f"{ROOT}new/", {"file": file, "from_day": "2026-08-01"})
    assert answer.status_code == 422
    assert ProgrammeDraft.objects.count() == 1


def test_a_text_is_returned_with_a_reason_and_may_come_again() -> None:
    hand_in(edited(BETTER), 302)
    draft = ProgrammeDraft.objects.get()
    decider = browser("commerce-city")
    assert decider.post(f"{ROOT}{draft.pk}/return/", {"because": " "}).status_code == 422
    assert decider.post(f"{ROOT}{draft.pk}/return/", {"because": "档次有误"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.because) == ("returned", "档次有误")
    assert decider.post(f"{ROOT}{draft.pk}/approve/").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "returned", "what was decided stays decided"
    assert catalogue_on(TODAY) == catalogue()
    hand_in(edited(BETTER), 302)
    assert ProgrammeDraft.objects.filter(state="waiting").get().sequence == 2


def test_a_new_programme_is_added_behind_the_others() -> None:
    text = edited(('id = "consumption-2026"', 'id = "consumption-2031"'))
    codes = [measure.code for measure in catalogue().programmes[0].measures]
    for code in codes:
        text = text.replace(f'code = "{code}"', f'code = "{code}-31"').replace(
            f'value = ["{code}"]', f'value = ["{code}-31"]'
        )
    hand_in(text, 302)
    draft = ProgrammeDraft.objects.get()
    assert "没有可比的现行文件" in browser("office").get(f"{ROOT}{draft.pk}/").content.decode()
    browser("office").post(f"{ROOT}{draft.pk}/approve/")
    known = catalogue_on(TODAY)
    assert [programme.id for programme in known.programmes][-1] == "consumption-2031"
    assert len(known.measures) == 62
    assert "consumption-2031" in Client().get("/support/").content.decode()
