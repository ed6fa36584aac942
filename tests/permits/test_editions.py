"""An edition is drafted by one editor and published or returned by another; what is published is public at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from tests.organisations.small_city import City, small_city, somebody

from gongbao.archive.models import Entry
from gongbao.archive.selectors import dossier_entries
from gongbao.kernel.chain import verify
from gongbao.kernel.problem import BadInput
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.people import membership_grant
from gongbao.organisations.services.tree import organisation_create
from gongbao.permits.models import EditionRevision, State
from gongbao.permits.rules.items import Edition
from gongbao.permits.selectors import (
    edition_on,
    editions_published,
    revision_edition,
    revision_effect,
    revisions_of,
    revisions_open,
)
from gongbao.permits.services import editions as services
from gongbao.permits.services.editions import edition_draft, edition_publish, edition_return
from gongbao.web.errors import NotAllowed

MakeEdition = Callable[..., Edition]

NOW = datetime(2030, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2030, 3, 2)

pytestmark = pytest.mark.django_db


def editor(city: City, username: str) -> Actor:
    office = organisation_create(
        code=f"gazette-{username}", kind="gazette_office", name="示例编辑部", parent=city.city, now=NOW
    )
    person = somebody(username)
    membership_grant(person=person, organisation=office, role="editor", first_day=TODAY, now=NOW)
    return actor_of(person, TODAY)


@pytest.fixture
def li(tree: City) -> Actor:
    return editor(tree, "li")


@pytest.fixture
def tree(db: None) -> City:
    return small_city()


@pytest.fixture
def wang(tree: City) -> Actor:
    return editor(tree, "wang")


def stored() -> list[tuple[str, int, str, str]]:
    """Everything that a refusal must leave as it is."""
    rows = EditionRevision.objects.values_list("edition", "sequence", "state", "because")
    return [*rows, ("entries", Entry.objects.count(), "", "")]


def test_a_draft_is_not_public_and_published_it_is_at_once(edition_of: MakeEdition, li: Actor, wang: Actor) -> None:
    edition = edition_of({"name": "放烟花许可"})
    draft = edition_draft(edition=edition, actor=li, now=NOW)
    assert list(revisions_open()) == [draft]
    assert "2030" not in editions_published()
    assert edition_on(date(2030, 1, 1)) == editions_published()["2025"]
    edition_publish(revision=draft, actor=wang, now=NOW)
    assert list(revisions_open()) == []
    assert list(editions_published()) == ["2025", "2030"]
    assert editions_published()["2030"] == edition
    assert edition_on(date(2029, 12, 31)) == editions_published()["2025"]
    assert edition_on(date(2030, 1, 1)) == edition


def test_the_next_text_takes_the_place_of_the_one_before_which_stays_readable(
    edition_of: MakeEdition, li: Actor, wang: Actor
) -> None:
    texts = [edition_of({"name": "放烟花许可"}), edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"})]
    for text in texts:
        edition_publish(revision=edition_draft(edition=text, actor=li, now=NOW), actor=wang, now=NOW)
    assert editions_published()["2030"] == texts[1]
    newest, oldest = revisions_of("2030")
    assert (newest.state, oldest.state) == (State.PUBLISHED, State.REPLACED)
    assert revision_edition(oldest) == texts[0]


def test_an_edition_of_the_package_can_be_corrected(edition_2025: Edition, li: Actor, wang: Actor) -> None:
    mended = replace(edition_2025, replaces="京技管发〔2024〕5号")
    edition_publish(revision=edition_draft(edition=mended, actor=li, now=NOW), actor=wang, now=NOW)
    assert editions_published() == {"2025": mended}


def test_a_draft_tells_what_publishing_it_would_change(edition_of: MakeEdition, li: Actor, wang: Actor) -> None:
    first = edition_draft(edition=edition_of({"name": "放烟花许可"}), actor=li, now=NOW)
    kinds = [change.kind for change in revision_effect(first)[0]]
    assert (kinds.count("added"), kinds.count("removed")) == (1, 179), "against the edition in force before"
    edition_publish(revision=first, actor=wang, now=NOW)
    both = edition_of({"name": "放烟花许可"}, {"name": "开潜艇许可"})
    (change,), _ = revision_effect(edition_draft(edition=both, actor=li, now=NOW))
    assert (change.kind, change.now) == ("added", ("开潜艇许可",))


def test_nobody_decides_her_own_draft(edition_of: MakeEdition, li: Actor) -> None:
    draft = edition_draft(edition=edition_of({"name": "放烟花许可"}), actor=li, now=NOW)
    before = stored()
    with pytest.raises(NotAllowed) as refused:
        edition_publish(revision=draft, actor=li, now=NOW)
    assert "另一位编辑" in refused.value.refused.because.zh
    with pytest.raises(NotAllowed):
        edition_return(revision=draft, because="不行", actor=li, now=NOW)
    assert stored() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionRevision.objects.filter(pk=draft.pk).update(decided_by=draft.drafted_by)


def test_who_is_no_editor_may_neither_draft_nor_decide(edition_of: MakeEdition, li: Actor) -> None:
    edition = edition_of({"name": "放烟花许可"})
    draft = edition_draft(edition=edition, actor=li, now=NOW)
    before = stored()
    for other in (Actor(None, TODAY), actor_of(somebody("zhao"), TODAY)):
        with pytest.raises(NotAllowed):
            edition_draft(edition=replace(edition, edition="2031"), actor=other, now=NOW)
        with pytest.raises(NotAllowed):
            edition_publish(revision=draft, actor=other, now=NOW)
    assert stored() == before


def test_a_draft_is_returned_with_a_reason_and_another_can_follow(
    edition_of: MakeEdition, li: Actor, wang: Actor
) -> None:
    edition = edition_of({"name": "放烟花许可"})
    draft = edition_draft(edition=edition, actor=li, now=NOW)
    before = stored()
    with pytest.raises(BadInput, match="理由"):
        edition_return(revision=draft, because=" ", actor=wang, now=NOW)
    assert stored() == before
    returned = edition_return(revision=draft, because="第1项有误", actor=wang, now=NOW)
    assert (returned.state, returned.because, returned.decided_by) == (State.RETURNED, "第1项有误", wang.person)
    assert "2030" not in editions_published()
    assert edition_draft(edition=edition, actor=li, now=NOW).sequence == 2


def test_what_is_decided_is_decided_once(edition_of: MakeEdition, li: Actor, wang: Actor) -> None:
    draft = edition_draft(edition=edition_of({"name": "放烟花许可"}), actor=li, now=NOW)
    edition_publish(revision=draft, actor=wang, now=NOW)
    before = stored()
    with pytest.raises(BadInput, match="已发布"):
        edition_publish(revision=draft, actor=wang, now=NOW)
    with pytest.raises(BadInput, match="已发布"):
        edition_return(revision=draft, because="晚了", actor=wang, now=NOW)
    assert stored() == before


def test_a_second_draft_and_one_that_says_nothing_new_are_refused(
    edition_of: MakeEdition, li: Actor, wang: Actor
) -> None:
    edition = edition_of({"name": "放烟花许可"})
    draft = edition_draft(edition=edition, actor=li, now=NOW)
    before = stored()
    with pytest.raises(BadInput, match="草稿"):
        edition_draft(edition=edition_of({"name": "开潜艇许可"}), actor=wang, now=NOW)
    assert stored() == before
    edition_publish(revision=draft, actor=wang, now=NOW)
    before = stored()
    with pytest.raises(BadInput, match="与已发布的不同"):
        edition_draft(edition=edition, actor=li, now=NOW)
    assert stored() == before


def test_every_step_stands_in_the_dossier_of_the_edition(edition_of: MakeEdition, li: Actor, wang: Actor) -> None:
    edition = edition_of({"name": "放烟花许可"})
    edition_return(revision=edition_draft(edition=edition, actor=li, now=NOW), because="有误", actor=wang, now=NOW)
    edition_publish(revision=edition_draft(edition=edition, actor=li, now=NOW), actor=wang, now=NOW)
    entries = list(dossier_entries("permits/2030"))
    assert [(entry.kind, entry.content["data"]["sequence"]) for entry in entries] == [
        ("permits.drafted", 1),
        ("permits.returned", 1),
        ("permits.drafted", 2),
        ("permits.published", 2),
    ]
    assert entries[0].content["data"]["content"]["items"][0]["name"] == "放烟花许可"
    assert verify(entry.chained() for entry in entries) == []


def test_of_two_drafts_in_the_same_moment_the_later_one_is_refused(
    edition_of: MakeEdition, li: Actor, wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition_draft(edition=edition_of({"name": "放烟花许可"}), actor=li, now=NOW)
    before = stored()
    monkeypatch.setattr(services, "revisions_of", lambda _: EditionRevision.objects.none())  # not to be seen yet
    with pytest.raises(BadInput, match="草稿"):
        edition_draft(edition=edition_of({"name": "开潜艇许可"}), actor=wang, now=NOW)
    assert stored() == before
