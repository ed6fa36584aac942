"""A guide is written by an editor, rests on the laws of its item alone, and is public on its page and in the API."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.gazette.lighthouse import editor

from gongbao.archive.models import Entry
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.permits.models import GuideText
from gongbao.permits.rules.guides import Demand, Guide, placed
from gongbao.permits.rules.items import Edition
from gongbao.permits.selectors import guides_of
from gongbao.permits.services.guides import guide_write
from gongbao.web.errors import NotAllowed

MakeEdition = Callable[..., Edition]

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FIRE = "《中华人民共和国消防法》"
WHOLE = Guide(
    item=59,
    updated=TODAY,
    conditions=(Demand("已竣工", f"{FIRE} 第十三条"),),
    materials=(Demand("申请表", FIRE),),
    time_limit="7个工作日",
    fee="不收费",
    place="政务服务中心",
)
ADDRESS = "/desk/permits/guides/2025/59/"


@pytest.fixture
def li(db: None) -> Actor:
    return actor_of(editor("li"), TODAY)


def client(person: Person) -> Client:
    made = Client()
    made.force_login(person, backend="gongbao.organisations.login.Backend")
    return made


def post(who: Actor, **told: str) -> tuple[int, str]:
    assert who.person
    answer = client(who.person).post(ADDRESS, {"updated": "2026-03-02"} | told)
    return answer.status_code, answer.content.decode()


def test_the_guide_of_an_item_is_the_last_one_written_under_its_name(edition_of: MakeEdition) -> None:
    edition = edition_of({"name": "乙"}, {"name": "甲(新)"})
    older, newer = (Guide(item=1, updated=date(2030, 1, day), fee=f"{day}元") for day in (1, 2))
    assert placed(edition, [("甲（新）", older), ("甲(新)", newer), ("丙", older)]) == {
        2: Guide(item=2, updated=date(2030, 1, 2), fee="2元")
    }


def test_of_namesakes_each_has_the_guide_of_its_number(edition_of: MakeEdition) -> None:
    edition = edition_of({"name": "甲"}, {"name": "甲", "legal_bases": "《海法》"})
    guide = Guide(item=2, updated=TODAY, fee="无")
    assert placed(edition, [("甲", guide)]) == {2: guide}


def test_a_guide_is_public_on_the_page_of_its_item_and_in_the_api(edition_2025: Edition, li: Actor) -> None:
    before = Client().get("/permits/editions/2025/59/").content.decode()
    assert "还没有办事指南" in before
    guide_write(edition=edition_2025, guide=WHOLE, actor=li, now=NOW)
    page = Client().get("/permits/editions/2025/59/").content.decode()
    assert "7个工作日" in page and "现行" in page and "还没有办事指南" not in page
    told = Client().get("/api/v1/permits/items/59").json()
    assert (told["guide_state"], told["guide"]["materials"]) == ("current", [{"text": "申请表", "basis": FIRE}])
    other = Client().get("/api/v1/permits/items/60").json()
    assert (other["guide_state"], other["guide"]) == ("none", None)


@pytest.mark.parametrize(
    ("updated", "state"),
    [(date(2025, 12, 1), "outdated"), (date(2025, 12, 2), "current"), (date(2025, 12, 3), "current")],
)
def test_a_guide_older_than_the_list_is_shown_as_outdated(
    edition_2025: Edition, li: Actor, updated: date, state: str
) -> None:
    guide_write(edition=edition_2025, guide=Guide(item=59, updated=updated, fee="不收费"), actor=li, now=NOW)
    assert Client().get("/api/v1/permits/items/59").json()["guide_state"] == state
    page = Client().get("/permits/editions/2025/59/").content.decode()
    assert ("这份指南早于清单施行" in page) is (state == "outdated")


def test_the_list_of_guides_tells_what_is_missing(edition_2025: Edition, li: Actor) -> None:
    guide_write(edition=edition_2025, guide=Guide(item=59, updated=TODAY, fee="不收费"), actor=li, now=NOW)
    page = Client().get("/permits/guides/").content.decode()
    assert "178 项" in page and "没有写明办理时限" in page and "没有写明收费" not in page
    assert "编写" not in page
    assert li.person and "编写" in client(li.person).get("/permits/guides/").content.decode()


def test_the_last_text_holds_and_the_earlier_stay(edition_2025: Edition, li: Actor) -> None:
    for fee in ("10元", "不收费"):
        guide_write(edition=edition_2025, guide=Guide(item=59, updated=TODAY, fee=fee), actor=li, now=NOW)
    assert guides_of(edition_2025)[59].fee == "不收费"
    assert GuideText.objects.count() == 2
    assert Entry.objects.filter(dossier__subject="permits-guide/2025/59").count() == 2


@pytest.mark.parametrize(
    ("guide", "column"),
    [
        (Guide(item=59, updated=TODAY, conditions=(Demand("经营满三年"),)), "conditions"),
        (Guide(item=59, updated=TODAY, materials=(Demand("申请表", "《灯塔条例》"),)), "materials"),
        (Guide(item=59, updated=date(2026, 3, 3), fee="不收费"), "updated"),
        (Guide(item=59, updated=TODAY), ""),
        (Guide(item=4, updated=TODAY, fee="不收费"), "item"),
    ],
)
def test_what_no_law_of_the_item_asks_for_is_refused_and_nothing_is_kept(
    edition_2025: Edition, li: Actor, guide: Guide, column: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(BadInput) as refused:
        guide_write(edition=edition_2025, guide=guide, actor=li, now=NOW)
    assert column in [problem.column for problem in refused.value.problems]
    assert (GuideText.objects.count(), Entry.objects.count()) == (0, before)


def test_a_guide_of_today_may_be_dated_today(edition_2025: Edition, li: Actor) -> None:
    assert guide_write(edition=edition_2025, guide=WHOLE, actor=li, now=NOW).updated == TODAY


def test_who_is_no_editor_writes_no_guide(edition_2025: Edition, db: None) -> None:
    with pytest.raises(NotAllowed):
        guide_write(edition=edition_2025, guide=WHOLE, actor=Actor(None, TODAY), now=NOW)
    assert not GuideText.objects.exists()


def test_an_editor_writes_a_guide_line_by_line_and_the_form_begins_with_it_again(li: Actor) -> None:
    status, _ = post(li, conditions=f"已竣工 | {FIRE} 第13条\n\n", materials=f"申请表｜{FIRE}", fee="不收费")
    assert status == 302
    assert GuideText.objects.get().content["conditions"] == [{"text": "已竣工", "basis": f"{FIRE} 第十三条"}]
    assert li.person
    again = client(li.person).get(ADDRESS).content.decode()
    assert f"已竣工 | {FIRE} 第十三条" in again and f"申请表 | {FIRE}" in again


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"conditions": "已竣工"}, "没有注明依据"),
        ({"conditions": "已竣工 | 随便"}, "第 1 行的依据"),
        ({"materials": f"\n| {FIRE}"}, "第 2 行没有写明要求什么"),
        ({"fee": ""}, "请至少写明一项内容"),
    ],
)
def test_a_wrong_line_is_named_at_its_field_and_what_was_typed_stays(
    li: Actor, told: dict[str, str], says: str
) -> None:
    status, page = post(li, **told)
    assert status == 422 and says in page
    assert all(value.strip() in page for value in told.values())
    assert not GuideText.objects.exists()
