"""Skeletons: addresses without text."""

import pytest

from gongbao.gazette.rules.skeleton import make_skeleton, read_skeleton, write_skeleton
from gongbao.gazette.rules.structure import Issue
from gongbao.gazette.tables.skeletons import find_place, packaged_skeletons
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput


def test_a_skeleton_survives_its_file(made_up: Issue) -> None:
    for document in made_up.documents:
        skeleton = make_skeleton(document)
        assert read_skeleton("a.toml", write_skeleton(skeleton)) == skeleton


def test_a_skeleton_keeps_bare_titles_and_no_sentences(made_up: Issue) -> None:
    places = {place.cite: place for place in make_skeleton(made_up.documents[0]).places}
    assert places["示政发〔2031〕5号 第一章"].heading == "总则"
    written = write_skeleton(make_skeleton(made_up.documents[0]))
    assert "委托管理" not in written


def test_a_file_with_wrong_addresses_is_refused_with_all_of_them() -> None:
    places = '[["甲〔2031〕1号 第7条","article","",""],["乙","x","",""]]'
    text = f'number = "甲〔2031〕1号"\ntitle = {{zh="", en=""}}\nplaces = {places}'
    with pytest.raises(BadInput) as refused:
        read_skeleton("a.toml", text)
    assert [(problem.row, problem.value) for problem in refused.value.problems] == [
        (1, "甲〔2031〕1号 第7条"),
        (2, "乙"),
    ]


@pytest.mark.parametrize("text", ["number = ", "number = 'x'", "number='x'\ntitle={zh='',en=''}\nplaces=[['a']]"])
def test_a_file_that_is_no_skeleton_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"a\.toml"):
        read_skeleton("a.toml", text)


def test_the_package_holds_seven_skeletons() -> None:
    assert sorted(packaged_skeletons()) == [
        "京商消二字〔2026〕3号", "京建法〔2025〕2号", "京建法〔2025〕3号", "京技管发〔2025〕31号",
        "京技管发〔2025〕32号", "京技管发〔2025〕33号", "京技管发〔2025〕34号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cite", "level"),
    [
        ("京建法[2025]2号第7条", "article"),
        ("京建法〔2025〕2号 第七条第一款", "article"),
        ("京建法〔2025〕2号 第四条第六款", "paragraph"),
        ("京建法〔2025〕2号 附件 *项目人员素质", "row"),
        ("京建法〔2025〕2号 附件 扣分项 17", "row"),
        ("京建法〔2025〕2号 附件 扣分项 参与社区治理 6", "row"),
        ("京技管发〔2025〕33号 三(三)8", "subitem"),
        ("京技管发〔2025〕31号 清单 193", "row"),
        ("京技管发〔2025〕31号 说明 4", "subitem"),
        ("京建法〔2025〕2号 通知", "work"),
        ("京商消二字〔2026〕3号", "document"),
    ],
)
def test_citations_resolve_before_any_text_is_imported(cite: str, level: str) -> None:
    place = find_place(parse(cite))
    assert place is not None
    assert place.level == level


@pytest.mark.parametrize(
    "cite",
    [
        "京建法〔2025〕2号 第二十条",
        "京建法〔2025〕2号 第四条第七款",
        "京建法〔2025〕2号 附件 扣分项 18",
        "京技管发〔2025〕31号 清单 4",
        "京技管发〔2025〕31号 清单 194",
        "京技管发〔2024〕31号",
    ],
)
def test_what_is_not_printed_does_not_resolve(cite: str) -> None:
    assert find_place(parse(cite)) is None


@pytest.mark.gazette_text
def test_reading_the_issue_gives_the_skeletons_of_the_package(issue_13: Issue) -> None:
    assert {document.number: make_skeleton(document) for document in issue_13.documents} == packaged_skeletons()
