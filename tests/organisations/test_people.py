from datetime import date, timedelta

import pytest
from tests.organisations.small_city import NOW, PASSWORD, TODAY, City, somebody

from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Change, Deputy, Invitation, Membership, Person
from gongbao.organisations.selectors import (
    invitation_by_token,
    invitations_open,
    memberships_in,
    people_with_role,
    posts_of,
)
from gongbao.organisations.services.accounts import person_block
from gongbao.organisations.services.people import (
    INVITATION_DAYS,
    deputy_end,
    deputy_name,
    invitation_accept,
    invitation_make,
    invitation_withdraw,
    membership_end,
    membership_grant,
    organisation_leave,
    person_create,
)
from gongbao.organisations.services.tree import organisation_close

DAY = timedelta(days=1)


def columns(bad: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [p.column for p in bad.value.problems]


def clerk(tree: City, person: Person, last_day: date | None = None) -> Membership:
    return membership_grant(
        person=person, organisation=tree.bureau, role="rating_district", first_day=TODAY, last_day=last_day, now=NOW
    )


def roles_on(person: Person, on: date) -> list[str]:
    return [post.role for post in posts_of(person, on)]


def test_a_login_with_nothing_right_names_every_fault(db: None) -> None:
    with pytest.raises(BadInput) as bad:
        person_create(username="王", name="", password="123", email="nowhere", now=NOW)
    assert {"name", "username", "email", "password"} == set(columns(bad))
    assert not Person.objects.exists()


def test_login_names_and_addresses_differ_in_more_than_capitals(db: None) -> None:
    somebody("wang", email="wang@example.cn")
    with pytest.raises(BadInput) as bad:
        person_create(username="WANG", name="示例", password=PASSWORD, email="Wang@example.cn", now=NOW)
    assert columns(bad) == ["username", "email"]


def test_a_role_holds_on_its_first_and_last_day_and_not_beside_them(tree: City) -> None:
    person = somebody("li")
    clerk(tree, person, last_day=TODAY + 9 * DAY)
    assert roles_on(person, TODAY - DAY) == []
    assert roles_on(person, TODAY) == ["rating_district"]
    assert roles_on(person, TODAY + 9 * DAY) == ["rating_district"]
    assert roles_on(person, TODAY + 10 * DAY) == []


def test_a_role_that_does_not_fit_the_organisation_is_refused(tree: City) -> None:
    with pytest.raises(BadInput) as bad:
        membership_grant(person=somebody("li"), organisation=tree.street, role="editor", first_day=TODAY, now=NOW)
    assert columns(bad) == ["role"]
    assert not Membership.objects.exists()


def test_the_same_role_is_not_held_twice_on_one_day(tree: City) -> None:
    person = somebody("li")
    first = clerk(tree, person, last_day=TODAY + 9 * DAY)
    for start in (TODAY, TODAY + 9 * DAY):
        with pytest.raises(BadInput):
            membership_grant(person=person, organisation=tree.bureau, role="rating_district", first_day=start, now=NOW)
    membership_grant(
        person=person, organisation=tree.bureau, role="rating_district", first_day=TODAY + 10 * DAY, now=NOW
    )
    assert list(Membership.objects.exclude(pk=first.pk).values_list("first_day", flat=True)) == [TODAY + 10 * DAY]


def test_people_with_a_role_are_those_of_that_very_organisation(tree: City) -> None:
    person = somebody("li")
    clerk(tree, person)
    assert list(people_with_role("rating_district", tree.bureau, TODAY)) == [person]
    assert not people_with_role("rating_district", tree.street, TODAY).exists()
    assert not people_with_role("housing", tree.bureau, TODAY).exists()


def test_a_deputy_acts_for_a_colleague_on_the_named_days_only(tree: City) -> None:
    li, zhao = somebody("li"), somebody("zhao")
    held = clerk(tree, li)
    membership_grant(person=zhao, organisation=tree.bureau, role="housing", first_day=TODAY, now=NOW)
    deputy_name(membership=held, person=zhao, first_day=TODAY, last_day=TODAY + 4 * DAY, now=NOW, by=li)
    assert [(p.role, p.deputy) for p in posts_of(zhao, TODAY)] == [("housing", False), ("rating_district", True)]
    assert set(people_with_role("rating_district", tree.bureau, TODAY + 4 * DAY)) == {li, zhao}
    assert list(people_with_role("rating_district", tree.bureau, TODAY + 5 * DAY)) == [li]
    assert roles_on(zhao, TODAY + 5 * DAY) == ["housing"]


def test_nobody_stands_in_for_a_role_that_has_ended(tree: City) -> None:
    li, zhao = somebody("li"), somebody("zhao")
    held = clerk(tree, li)
    membership_grant(person=zhao, organisation=tree.bureau, role="housing", first_day=TODAY, now=NOW)
    deputy_name(membership=held, person=zhao, first_day=TODAY, last_day=TODAY + 9 * DAY, now=NOW, by=li)
    membership_end(membership=held, last_day=TODAY + 2 * DAY, now=NOW, by=None)
    assert roles_on(zhao, TODAY + 2 * DAY) == ["housing", "rating_district"]
    assert roles_on(zhao, TODAY + 3 * DAY) == ["housing"]


def test_a_stranger_or_the_person_herself_cannot_be_deputy(tree: City) -> None:
    li = somebody("li")
    held = clerk(tree, li)
    for wrong in (somebody("zhao"), li):
        with pytest.raises(BadInput) as bad:
            deputy_name(membership=held, person=wrong, first_day=TODAY, last_day=TODAY, now=NOW, by=li)
        assert columns(bad) == ["person"]
    assert not Deputy.objects.exists()


def test_a_deputy_ended_before_beginning_is_taken_back(tree: City) -> None:
    li, zhao = somebody("li"), somebody("zhao")
    held = clerk(tree, li)
    clerk(tree, zhao)
    deputy = deputy_name(membership=held, person=zhao, first_day=TODAY + DAY, last_day=TODAY + DAY, now=NOW, by=li)
    deputy_end(deputy=deputy, last_day=TODAY, now=NOW, by=li)
    assert not Deputy.objects.exists()


def test_a_blocked_person_holds_no_post_for_others_and_is_asked_for_nothing(tree: City) -> None:
    li, zhao = somebody("li"), somebody("zhao")
    held = clerk(tree, li)
    membership_grant(person=zhao, organisation=tree.bureau, role="housing", first_day=TODAY, now=NOW)
    deputy_name(membership=held, person=zhao, first_day=TODAY, last_day=TODAY, now=NOW, by=li)
    person_block(person=li, now=NOW, by=None, because="示例")
    assert roles_on(zhao, TODAY) == ["housing"]
    assert list(people_with_role("rating_district", tree.bureau, TODAY)) == [zhao]


def test_a_closed_organisation_gives_no_post(tree: City) -> None:
    person = somebody("li")
    clerk(tree, person)
    organisation_close(organisation=tree.bureau, on=TODAY + DAY, now=NOW, by=None)
    assert roles_on(person, TODAY) == ["rating_district"]
    assert roles_on(person, TODAY + DAY) == []


def test_leaving_ends_every_role_in_the_organisation_and_nothing_elsewhere(tree: City) -> None:
    li, zhao = somebody("li"), somebody("zhao")
    clerk(tree, li)
    membership_grant(person=li, organisation=tree.street, role="manager", first_day=TODAY, now=NOW)
    later = membership_grant(person=li, organisation=tree.bureau, role="manager", first_day=TODAY + 30 * DAY, now=NOW)
    deputy_name(membership=clerk(tree, zhao), person=li, first_day=TODAY, last_day=TODAY + 30 * DAY, now=NOW, by=zhao)
    ended = organisation_leave(person=li, organisation=tree.bureau, last_day=TODAY + 4 * DAY, now=NOW, by=None)
    assert ended == 3
    assert roles_on(li, TODAY + 4 * DAY) == ["rating_district", "manager", "rating_district"]
    assert roles_on(li, TODAY + 5 * DAY) == ["manager"]
    assert not Membership.objects.filter(pk=later.pk).exists()
    assert list(memberships_in(tree.bureau, TODAY + 5 * DAY).values_list("person", flat=True)) == [zhao.pk]
    assert Change.objects.filter(what="membership_ended", person=li).count() == 2


def invite(tree: City) -> tuple[Invitation, str]:
    return invitation_make(
        organisation=tree.street, role="rating_street", email="sun@example.cn", name="示例 孙", now=NOW, by=None
    )


def accept(token: str, **kwargs: object) -> Person:
    given = {"username": "sun", "password": PASSWORD, "person": None, "now": NOW, "today": TODAY, **kwargs}
    return invitation_accept(token=token, **given)  # type: ignore[arg-type]


def test_an_invitation_makes_a_login_with_its_role(tree: City) -> None:
    invitation, token = invite(tree)
    assert list(invitations_open(tree.street, NOW)) == [invitation]
    person = accept(token)
    assert (person.name, person.email) == ("示例 孙", "sun@example.cn")
    assert roles_on(person, TODAY) == ["rating_street"]
    assert not invitations_open(tree.street, NOW).exists()


def test_an_invitation_taken_by_somebody_with_a_login_adds_the_role(tree: City) -> None:
    person = somebody("sun")
    assert accept(invite(tree)[1], person=person) == person
    assert roles_on(person, TODAY) == ["rating_street"]


def test_the_token_of_an_invitation_is_not_kept(tree: City) -> None:
    invitation, token = invite(tree)
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(Change.objects.values()))
    assert invitation_by_token(token) == invitation


def test_an_invitation_works_once(tree: City) -> None:
    _, token = invite(tree)
    accept(token)
    with pytest.raises(BadInput):
        accept(token, username="sun2")
    assert Person.objects.count() == 1


def test_an_invitation_works_until_the_moment_it_expires(tree: City) -> None:
    _, token = invite(tree)
    end = NOW + timedelta(days=INVITATION_DAYS)
    with pytest.raises(BadInput):
        accept(token, now=end)
    assert not Person.objects.exists()
    assert accept(token, now=end - timedelta(microseconds=1)).pk


def test_a_withdrawn_or_unknown_invitation_is_refused(tree: City) -> None:
    invitation, token = invite(tree)
    invitation_withdraw(invitation=invitation, now=NOW, by=None)
    for wrong in (token, "nothing"):
        with pytest.raises(BadInput):
            accept(wrong)
    assert not Person.objects.exists()


def test_an_accepted_invitation_cannot_be_withdrawn(tree: City) -> None:
    invitation, token = invite(tree)
    accept(token)
    with pytest.raises(BadInput):
        invitation_withdraw(invitation=invitation, now=NOW, by=None)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_a_refused_login_leaves_the_invitation_open(tree: City) -> None:
    invitation, token = invite(tree)
    with pytest.raises(BadInput) as bad:
        accept(token, password="123")
    assert set(columns(bad)) == {"password"}
    assert list(invitations_open(tree.street, NOW)) == [invitation]


def test_what_was_changed_says_by_whom(tree: City) -> None:
    boss, li = somebody("boss"), somebody("li")
    membership_grant(person=li, organisation=tree.bureau, role="housing", first_day=TODAY, now=NOW, by=boss)
    change = Change.objects.get(what="membership_granted")
    assert (change.by, change.person, change.organisation, change.at) == (boss, li, tree.bureau, NOW)
