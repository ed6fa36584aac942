from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from gongbao.gazette.models import Issue as StoredIssue
from gongbao.gazette.rules.structure import Force, Issue, Reference
from gongbao.gazette.selectors.documents import (
    Link,
    documents_citing,
    documents_graph,
    documents_list,
    issue_get,
)
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]
SEVEN, EIGHT, NINE = "示范发〔2030〕7号", "示范发〔2030〕8号", "示范发〔2030〕9号"


def numbers(**given: object) -> list[str]:
    return [entry.revision.number for entry in documents_list(**given)]  # type: ignore[arg-type]


def later(issue: Issue, force: Force) -> Issue:
    """The next issue, with one document of that force."""
    work = replace(issue.documents[1].works[0], title="关于灯塔的通知")
    document = replace(
        issue.documents[1],
        number=NINE,
        title="关于灯塔的通知",
        works=(work,),
        force=force,
        issued_on=date(2031, 1, 5),
    )
    return replace(issue, number=3, documents=(document,))


def test_documents_are_listed_newest_issue_first_in_printed_order(issue: Issue, store: Store) -> None:
    store(issue)
    store(later(issue, Force()))
    assert numbers() == [NINE, SEVEN, EIGHT]
    assert numbers(issue=issue_get("2030-2")) == [SEVEN, EIGHT]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2030, 3, 1), []),
        (date(2030, 3, 2), [EIGHT]),
        (date(2030, 3, 31), [EIGHT]),
        (date(2030, 4, 1), [SEVEN, EIGHT]),
        (date(2032, 3, 31), [SEVEN, EIGHT]),
        (date(2032, 4, 1), [EIGHT]),
    ],
)
def test_a_document_is_listed_from_its_first_to_its_last_day(
    on: date, expected: list[str], issue: Issue, store: Store
) -> None:
    store(issue)
    assert numbers(on=on) == expected


@pytest.mark.parametrize("named", [Reference(EIGHT, "", 1), Reference("", "关于灯塔经费的通知", 1)])
def test_a_replaced_document_ends_the_day_before_the_other_begins(named: Reference, issue: Issue, store: Store) -> None:
    store(issue)
    store(later(issue, Force(begins=date(2031, 2, 1), replaces=(named,))))
    assert numbers(on=date(2031, 1, 31)) == [SEVEN, EIGHT]
    assert numbers(on=date(2031, 2, 1)) == [NINE, SEVEN]
    assert {e.revision.number: e.validity.replaced_by for e in documents_list()}[EIGHT] == NINE


def test_a_document_that_replaces_an_older_one_of_its_own_title_does_not_end_itself(issue: Issue, store: Store) -> None:
    force = Force(begins=date(2030, 5, 1), replaces=(Reference("", issue.documents[1].title, 1),))
    store(replace(issue, documents=(replace(issue.documents[1], force=force),)))
    assert numbers(on=date(2030, 5, 1)) == [EIGHT]


def test_a_document_of_which_the_text_tells_no_day_is_never_left_out(issue: Issue, store: Store) -> None:
    silent = replace(issue.documents[1], issued_on=None, force=Force())
    store(replace(issue, documents=(silent,)))
    assert numbers(on=date(1990, 1, 1)) == [EIGHT]
    assert documents_list()[0].validity.holds(date(1990, 1, 1)) is None


def test_the_graph_tells_each_naming_once_and_by_its_strongest_kind(issue: Issue, store: Store) -> None:
    store(issue)
    assert documents_graph() == [
        Link(SEVEN, "replaces", "示范发〔2020〕1号", "灯塔巡查暂行办法", known=False),
        Link(SEVEN, "based_on", "《示范海事条例》", "示范海事条例", known=False),
        Link(SEVEN, "cites", EIGHT, "关于灯塔经费的通知", known=True),
    ]
    assert [link.origin for link in documents_citing(EIGHT)] == [SEVEN]
    assert documents_citing(SEVEN) == []


def test_a_document_named_by_its_title_alone_is_known_by_it_and_none_names_itself(issue: Issue, store: Store) -> None:
    named = (Reference("", "灯塔巡查办法", 1), Reference("", "关于灯塔经费的通知", 1))
    store(replace(issue, documents=(issue.documents[0], replace(issue.documents[1], cites=named))))
    assert [link for link in documents_graph() if link.origin == EIGHT] == [
        Link(EIGHT, "cites", SEVEN, "灯塔巡查办法", known=True)
    ]


def test_links_of_an_older_revision_are_not_told(issue: Issue, store: Store) -> None:
    store(issue)
    store(replace(issue, documents=(replace(issue.documents[0], cites=()), issue.documents[1])))
    assert documents_citing(EIGHT) == []


@pytest.mark.parametrize("name", ["2030-3", "2030", "abc", "2030-", "-2", "2030-2-1"])
def test_an_issue_that_is_not_there_is_refused_with_those_that_are(name: str, issue: Issue, store: Store) -> None:
    store(issue)
    with pytest.raises(BadInput, match="2030-2"):
        issue_get(name)
    assert issue_get("2030-2") == StoredIssue.objects.get()
