"""Pages of help by associations: from the claim to the request, to the report, and back beside the proof."""

import pytest
from tests.rating.published import browser, clock
from tests.rating.services.test_helping import claim, helped  # noqa: F401 - a fixture
from tests.rating.small_cycle import COLLECTING, SmallCity

from gongbao.rating.models import HelpTask

DESK = "/desk/rating/2026H1/"


@pytest.fixture
def city(helped: SmallCity, monkeypatch: pytest.MonkeyPatch) -> SmallCity:  # noqa: F811
    clock(monkeypatch, COLLECTING)
    return helped


def test_an_association_is_asked_from_the_claim_and_its_report_stands_beside_the_proof(city: SmallCity) -> None:
    declaration = claim(city)
    reviewer, helper = browser(city, "reviewer"), browser(city, "guild-helper")
    ask = f"{DESK}help/ask/?declaration={declaration.pk}"
    assert ask in reviewer.get(f"{DESK}reviews/{declaration.pk}/").content.decode().replace("&amp;", "&")
    guild = city.organisations["guild"].pk
    sent = reviewer.post(ask, {"association": guild, "asks": "请核对报道原文", "due": "2026-06-25"})
    task = HelpTask.objects.get()
    assert sent["Location"] == f"{DESK}help/{task.pk}/"
    assert "协助任务" in helper.get("/desk/").content.decode()
    page = helper.get(sent["Location"]).content.decode()
    assert "请核对报道原文" in page and "报道.txt" in page and "提交反馈" in page and "撤回请求" not in page
    nothing = helper.post(sent["Location"], {"version": "0", "able": "yes", "found": ""})
    assert nothing.status_code == 200 and HelpTask.objects.get().state == "asked"
    helper.post(sent["Location"], {"version": "0", "able": "yes", "found": "原文属实"})
    assert HelpTask.objects.get().found == "原文属实"
    assert "原文属实" in reviewer.get(f"{DESK}reviews/{declaration.pk}/").content.decode()
    assert helper.get(f"{DESK}reviews/{declaration.pk}/").status_code == 403, "the decision is not its part"


def test_a_report_sent_twice_is_kept_once_and_the_second_is_told(city: SmallCity) -> None:
    reviewer, helper = browser(city, "reviewer"), browser(city, "guild-helper")
    guild = city.organisations["guild"].pk
    there = reviewer.post(f"{DESK}help/ask/", {"association": guild, "asks": "请协助", "due": "2026-06-25"})["Location"]
    first = {"version": "0", "able": "no", "found": "没有条件"}
    helper.post(there, first)
    second = helper.post(there, {**first, "found": "又一次"}).content.decode()
    assert "已被他人改动" in second and HelpTask.objects.get().found == "没有条件"


def test_a_request_is_withdrawn_by_whoever_made_it(city: SmallCity) -> None:
    reviewer = browser(city, "reviewer")
    guild = city.organisations["guild"].pk
    there = reviewer.post(f"{DESK}help/ask/", {"association": guild, "asks": "请协助", "due": "2026-06-25"})["Location"]
    assert browser(city, "officer").post(there, {"version": "0", "withdraw": "1"}).status_code == 403
    reviewer.post(there, {"version": "0", "withdraw": "1"})
    assert HelpTask.objects.get().state == "withdrawn"
    assert "还没有协助任务" in browser(city, "guild-there-helper").get(f"{DESK}help/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("guild-here-helper", 404), ("stranger", 404), ("clerk", 404), ("", 302)])
def test_a_task_of_others_is_not_there(city: SmallCity, who: str, status: int) -> None:
    guild = city.organisations["guild"].pk
    there = browser(city, "reviewer").post(
        f"{DESK}help/ask/", {"association": guild, "asks": "请协助", "due": "2026-06-25"}
    )["Location"]
    assert browser(city, who).get(there).status_code == status


@pytest.mark.parametrize("wanted", ["999999", "x"])
def test_about_a_claim_that_is_not_there_nobody_is_asked(city: SmallCity, wanted: str) -> None:
    assert browser(city, "reviewer").get(f"{DESK}help/ask/?declaration={wanted}").status_code == 404


def test_what_is_missing_in_a_request_stands_at_its_field(city: SmallCity) -> None:
    guild = city.organisations["guild"].pk
    page = browser(city, "reviewer").post(
        f"{DESK}help/ask/", {"association": guild, "asks": "请协助", "due": "2026-06-19"}
    )
    assert "不早于 2026-06-20" in page.content.decode()
    assert not HelpTask.objects.exists()
