from datetime import timedelta

import pytest
from django.http import Http404
from tests.organisations.small_city import NOW, TODAY, City, somebody

from gongbao.kernel.result import Refused
from gongbao.organisations.permissions import (
    Allowed,
    Hidden,
    actor_of,
    ask,
    authorise,
    permission,
    permissions,
    territory,
)
from gongbao.organisations.services.people import deputy_name, membership_grant
from gongbao.organisations.services.tree import organisation_create
from gongbao.web.errors import NotAllowed


def officer(tree: City, username: str = "li", role: str = "rating_district"):  # type: ignore[no-untyped-def]
    person = somebody(username)
    membership_grant(person=person, organisation=tree.bureau, role=role, first_day=TODAY, now=NOW)
    return person


def test_an_office_answers_for_the_place_it_stands_under(tree: City) -> None:
    li = actor_of(officer(tree), TODAY)
    post = li.holds("rating_district", over=tree.community)
    assert post is not None
    assert post.organisation == tree.bureau
    assert li.holds("rating_district", over=tree.zone) is None
    assert li.holds("rating_district", over=tree.city) is None
    assert li.holds("housing", over=tree.community) is None


def test_an_office_does_not_stand_above_its_neighbours(tree: City) -> None:
    li = actor_of(officer(tree, role="manager"), TODAY)
    assert li.holds("manager", above=tree.bureau)
    assert li.holds("manager", above=tree.street) is None
    assert li.holds("manager", at=tree.street) is None


def test_an_enterprise_and_a_window_answer_for_themselves_alone(tree: City) -> None:
    for kind, uscc in (("enterprise", "91110000600037341L"), ("window", "")):
        one = organisation_create(code=kind, kind=kind, name="示例", parent=tree.xicheng, uscc=uscc, now=NOW)
        assert territory(one) == one.path
    assert territory(tree.xicheng) == tree.xicheng.path
    assert territory(tree.bureau) == tree.xicheng.path


def test_an_own_post_comes_before_one_stood_in_for(tree: City) -> None:
    li, zhao = officer(tree, "li"), officer(tree, "zhao")
    deputy_name(membership=li.memberships.get(), person=zhao, first_day=TODAY, last_day=TODAY, now=NOW, by=li)
    own = actor_of(zhao, TODAY).holds("rating_district")
    assert own is not None
    assert not own.deputy


def test_a_post_ends_with_its_membership(tree: City) -> None:
    person = somebody("li")
    membership_grant(person=person, organisation=tree.bureau, role="housing", first_day=TODAY, last_day=TODAY, now=NOW)
    assert actor_of(person, TODAY).holds()
    assert actor_of(person, TODAY + timedelta(days=1)).holds() is None


def test_a_refusal_says_why_and_what_is_hidden_is_not_found(tree: City) -> None:
    li = actor_of(officer(tree), TODAY)
    assert isinstance(ask("organisations.organisation.see", li, tree.bureau), Allowed)
    refused = ask("organisations.people.manage", li, tree.bureau)
    assert isinstance(refused, Refused)
    assert "管理员" in refused.because.zh
    assert "manager" in refused.because.en
    with pytest.raises(NotAllowed) as stopped:
        authorise("organisations.people.manage", li, tree.bureau)
    assert stopped.value.refused == refused
    assert isinstance(ask("organisations.people.manage", li, tree.street), Hidden)
    with pytest.raises(Http404):
        authorise("organisations.people.manage", li, tree.street)


def test_a_stranger_is_asked_to_log_in(tree: City) -> None:
    nobody = actor_of(None, TODAY)
    for name in ("organisations.desk.see", "organisations.clients.manage"):
        assert isinstance(ask(name, nobody), Refused)
    assert isinstance(ask("organisations.people.manage", nobody, tree.bureau), Refused)


def test_a_permission_has_one_predicate(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "organisations.people.manage" in permissions()
    with pytest.raises(ValueError, match="already"):
        permission("organisations.people.manage")(lambda actor, thing: Allowed())


def test_an_unknown_permission_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        ask("nothing.of.the.kind", actor_of(None, TODAY))
