"""An item that comes to the list or leaves it becomes a task of the zone's department, with day and clause."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from tests.organisations.small_city import City, small_city, somebody

from gongbao.cases.models import Case
from gongbao.cases.selectors import cases_about, inbox_counts, moves_for
from gongbao.cases.services.engine import case_move
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.people import membership_grant
from gongbao.organisations.services.tree import organisation_close, organisation_create
from gongbao.permits.rules.diff import diff
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.supervision import duties
from gongbao.permits.services.editions import edition_draft, edition_publish, edition_return
from gongbao.permits.services.supervision import PROCESS, dossier
from gongbao.permits.tables.packaged import modes

MakeEdition = Callable[..., Edition]

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def tree(db: None) -> City:
    return small_city()


def editor(tree: City, username: str) -> Actor:
    office = Organisation.objects.filter(code="gazette").first() or organisation_create(
        code="gazette", kind="gazette_office", name="示例编辑部", parent=tree.city, now=NOW
    )
    person = somebody(username)
    membership_grant(person=person, organisation=office, role="editor", first_day=TODAY, now=NOW)
    return actor_of(person, TODAY)


@pytest.fixture
def li(tree: City) -> Actor:
    return editor(tree, "li")


@pytest.fixture
def wang(tree: City) -> Actor:
    return editor(tree, "wang")


@pytest.fixture
def keeper(tree: City) -> Person:
    """Of the department that supervises lighthouses."""
    office = organisation_create(code="bda-light", kind="responsible_office", name="灯塔局", parent=tree.zone, now=NOW)
    person = somebody("deng")
    membership_grant(person=person, organisation=office, role="responsible", first_day=TODAY, now=NOW)
    return person


def published(edition: Edition, li: Actor, wang: Actor) -> list[Case]:
    draft = edition_draft(edition=edition, actor=li, now=NOW)
    edition_publish(revision=draft, actor=wang, now=NOW)
    return list(cases_about(dossier(edition.edition), PROCESS))


@pytest.fixture
def later(edition_of: MakeEdition, li: Actor, wang: Actor) -> Edition:
    """An edition that is public, against which the next text of it is compared."""
    first = edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"})
    published(first, li, wang)
    return first


def test_each_added_and_each_abolished_item_is_a_duty_of_each_of_its_departments(edition_of: MakeEdition) -> None:
    old = edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"})
    new = edition_of({"name": "开潜艇许可"}, {"name": "养鲸许可", "zone_departments": "灯塔局、海洋局"})
    found = [(one.change, one.no, one.name, one.department) for one in duties(old, new, diff(old, new, modes()))]
    assert found == [
        ("added", 2, "养鲸许可", "灯塔局"),
        ("added", 2, "养鲸许可", "海洋局"),
        ("removed", 1, "放烟花许可", "灯塔局"),
    ]


def test_what_stays_is_renamed_or_moved_is_nobodys_duty(edition_of: MakeEdition) -> None:
    old = edition_of({"name": "放烟花许可"}, {"name": "海上灯塔设置审批"})
    new = edition_of({"name": "放烟花许可", "implementing_bodies": "海洋局"}, {"name": "海上灯塔设置许可审批"})
    changes = diff(old, new, modes())
    assert {one.kind for one in changes} == {"moved", "renamed"}
    assert list(duties(old, new, changes)) == []


def test_where_rows_of_the_other_edition_are_unread_the_duty_is_in_doubt(edition_of: MakeEdition) -> None:
    old, new = edition_of({"name": "放烟花许可"}, count=2), edition_of({"name": "放烟花许可"}, {"name": "养鲸许可"})
    assert [one.doubtful for one in duties(old, new, diff(old, new, modes()))] == [True]


def test_publishing_opens_a_task_on_the_desk_of_the_department_with_day_and_clause(
    edition_of: MakeEdition, later: Edition, li: Actor, wang: Actor, keeper: Person
) -> None:
    before = inbox_counts(keeper, TODAY).waiting
    (task,) = published(edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"}, {"name": "养鲸许可"}), li, wang)[-1:]
    assert task.title == "新增:养鲸许可(灯塔局)"
    assert inbox_counts(keeper, TODAY).waiting == before + 1
    deadline = task.deadlines.get()
    assert (deadline.due, deadline.cite) == (date(2026, 3, 30), "京技管发〔2025〕31号 说明 2")
    assert {choice.move.code for choice in moves_for(task, keeper, TODAY)} == {"arrange", "void"}


def test_the_task_ends_when_the_department_reports_its_measures(
    edition_of: MakeEdition, later: Edition, li: Actor, wang: Actor, keeper: Person
) -> None:
    (task,) = published(edition_of({"name": "放烟花许可"}), li, wang)[-1:]
    assert task.title == "取消:开潜艇许可(灯塔局)"
    case_move(case=task, track="task", move="arrange", version=0, actor=keeper, now=NOW, fields={"measures": "双随机"})
    task.refresh_from_db()
    assert (task.ended_at, task.fields["measures"]) == (NOW, "双随机")


def test_a_task_whose_department_has_no_office_here_is_with_the_editors_who_hand_it_over(
    edition_of: MakeEdition, later: Edition, li: Actor, wang: Actor, keeper: Person
) -> None:
    text = edition_of(
        {"name": "放烟花许可"}, {"name": "开潜艇许可"}, {"name": "养鲸许可", "zone_departments": "海洋局"}
    )
    (task,) = published(text, li, wang)[-1:]
    assert li.person and {choice.move.code for choice in moves_for(task, li.person, TODAY)} == {
        "hand_over", "arrange", "void",
    }  # fmt: skip
    assert not moves_for(task, keeper, TODAY)
    office = Organisation.objects.get(code="bda-light")
    case_move(
        case=task,
        track="task",
        move="hand_over",
        version=0,
        actor=li.person,
        now=NOW,
        fields={"department": office.code},
    )
    assert {choice.move.code for choice in moves_for(task, keeper, TODAY)} == {"arrange", "void"}


def test_whether_an_office_is_still_there_is_asked_on_the_day_of_beijing(
    edition_of: MakeEdition, later: Edition, li: Actor, wang: Actor, keeper: Person
) -> None:
    office = Organisation.objects.get(code="bda-light")
    organisation_close(organisation=office, on=date(2026, 3, 3), now=NOW, by=None)
    draft = edition_draft(edition=edition_of({"name": "放烟花许可"}), actor=li, now=NOW)
    edition_publish(revision=draft, actor=wang, now=datetime(2026, 3, 2, 16, 30, tzinfo=UTC))  # 3 March, 00:30 there
    task = list(cases_about(dossier("2030"), PROCESS))[-1]
    assert task.title == "取消:开潜艇许可(灯塔局)"
    assert task.parts.get(party="department").organisation.code == "gazette"


def test_what_is_returned_or_says_nothing_new_opens_no_task(
    edition_of: MakeEdition, later: Edition, li: Actor, wang: Actor
) -> None:
    before = Case.objects.count()
    draft = edition_draft(edition=edition_of({"name": "养鲸许可"}), actor=li, now=NOW)
    edition_return(revision=draft, because="缺项", actor=wang, now=NOW)
    assert Case.objects.count() == before
    same = edition_of({"name": "放烟花许可", "remark": "仅限夜间"}, {"name": "开潜艇许可"})
    published(same, li, wang)
    assert Case.objects.count() == before
