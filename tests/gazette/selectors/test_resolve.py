from collections.abc import Callable
from dataclasses import replace

import pytest

from gongbao.gazette.rules.structure import Document, Issue, Provision
from gongbao.gazette.selectors.resolve import resolve
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]


@pytest.mark.parametrize(
    "spelling",
    [
        "示范发〔2030〕7号 第二条",
        "示范发[2030]7号第2条",
        "（示范发〔2030〕第７号）第二条",
        "《灯塔巡查办法（试行）》第二条",
        "《灯塔巡查办法(试行)》 第2条",
        "《灯塔巡查办法》第二条",
        "《巡查办法》第二条",
    ],
)
def test_one_place_answers_to_all_its_spellings(spelling: str, issue: Issue, store: Store) -> None:
    store(issue)
    resolved = resolve(spelling)
    assert resolved.place.cite == "示范发〔2030〕7号 第二条"
    assert isinstance(resolved.place.target, Provision)
    assert resolved.place.target.text == "灯塔管理人应当每月巡查。"


def test_a_document_alone_is_the_whole_document(issue: Issue, store: Store) -> None:
    store(issue)
    target = resolve("示范发〔2030〕7号").place.target
    assert isinstance(target, Document)
    assert target == issue.documents[0]


def test_an_older_revision_answers_when_it_is_asked_for(issue: Issue, better: Issue, store: Store) -> None:
    store(issue)
    store(better)
    old, new = resolve("示范发〔2030〕8号 一", sequence=1), resolve("示范发〔2030〕8号 一")
    assert isinstance(old.place.target, Provision) and isinstance(new.place.target, Provision)
    assert ("按季" in old.place.target.text, "按月" in new.place.target.text) == (True, True)
    assert (old.revision.sequence, new.revision.sequence) == (1, 2)


def test_a_number_printed_twice_means_the_newest_issue(issue: Issue, store: Store) -> None:
    newer = replace(issue, number=3, documents=(replace(issue.documents[1], title="更正"),))
    store(newer)
    store(issue)
    assert resolve("示范发〔2030〕8号").document.title == "更正"


@pytest.mark.parametrize(
    ("citation", "says"),
    [
        ("灯塔", "文号"),
        ("示范发〔2030〕99号", "没有导入"),
        ("示范发〔2030〕7号 第二条（九）", "第二条（一）、第二条（二）"),
        ("示范发〔2030〕7号 第二条（一）1", "没有更细的条款"),
        ("《没有的办法》第一条", "没有导入"),
    ],
)
def test_a_citation_that_names_nothing_is_told_what_there_is(
    citation: str, says: str, issue: Issue, store: Store
) -> None:
    store(issue)
    with pytest.raises(BadInput, match=says) as refused:
        resolve(citation)
    assert refused.value.problems[0].expected_en
    assert refused.value.problems[0].value == citation


def test_a_revision_that_does_not_exist_is_refused(issue: Issue, store: Store) -> None:
    store(issue)
    with pytest.raises(BadInput):
        resolve("示范发〔2030〕8号", sequence=2)
