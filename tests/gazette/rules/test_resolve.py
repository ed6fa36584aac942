from dataclasses import replace

import pytest

from gongbao.gazette.rules.resolve import below, find, nearest
from gongbao.gazette.rules.structure import Issue, Provision, TableRow, Work
from gongbao.kernel.citation import parse


@pytest.mark.parametrize(
    ("spelling", "cite"),
    [
        ("示范发[2030]7号第2条", "示范发〔2030〕7号 第二条"),
        ("示范发〔2030〕7号 第二条(一)", "示范发〔2030〕7号 第二条（一）"),
        ("示范发〔2030〕7号 第二条第一款", "示范发〔2030〕7号 第二条"),
        ("示范发〔2030〕7号 第二条第一款第（二）项", "示范发〔2030〕7号 第二条（二）"),
        ("示范发〔2030〕第7号", "示范发〔2030〕7号"),
        ("示范发〔2030〕7号 通知", "示范发〔2030〕7号 通知"),
        ("示范发〔2030〕7号 附件 基础项 *灯器完好", "示范发〔2030〕7号 附件 基础项 灯器完好"),
    ],
)
def test_a_place_is_found_in_every_usual_spelling(spelling: str, cite: str, issue: Issue) -> None:
    place = find(issue.documents[0], parse(spelling))
    assert place and place.cite == cite


def test_a_place_knows_what_it_stands_in(issue: Issue) -> None:
    item = find(issue.documents[0], parse("示范发〔2030〕7号 第二条（一）"))
    row = find(issue.documents[0], parse("示范发〔2030〕7号 附件 基础项 记录齐全"))
    assert item and row
    assert isinstance(item.target, Provision) and isinstance(row.target, TableRow)
    assert isinstance(item.inside[0], Work)
    assert [getattr(outer, "cite", "") for outer in item.inside[1:]] == [
        "示范发〔2030〕7号 第一章",
        "示范发〔2030〕7号 第二条",
    ]
    assert [getattr(outer, "cite", "") for outer in row.inside[1:]] == ["示范发〔2030〕7号 附件"]


def test_a_notice_alone_is_found_without_being_named(issue: Issue) -> None:
    place = find(issue.documents[1], parse("示范发〔2030〕8号 一"))
    assert place and place.cite == "示范发〔2030〕8号 一"


def test_the_issued_text_comes_before_the_notice_that_bears_the_same_number(issue: Issue) -> None:
    document = issue.documents[0]
    twice = Provision("示范发〔2030〕7号 通知 第二条", "article", "二", "", "通知的第二条", (6, 6))
    notice = replace(document.works[0], provisions=(twice,))
    both = replace(document, works=(notice, document.works[1]))
    only = replace(document, works=(notice,))
    first, named, left = (
        find(both, parse("示范发〔2030〕7号 第二条")),
        find(both, parse("示范发〔2030〕7号 通知 第二条")),
        find(only, parse("示范发〔2030〕7号 第二条")),
    )
    assert first and first.cite == "示范发〔2030〕7号 第二条"
    assert named and named.target == twice
    assert left and left.target == twice


def test_what_is_not_there_is_not_found_and_the_nearest_place_lists_what_is(issue: Issue) -> None:
    citation = parse("示范发〔2030〕7号 第二条（三）")
    assert find(issue.documents[0], citation) is None
    place = nearest(issue.documents[0], citation)
    assert place.cite == "示范发〔2030〕7号 第二条"
    assert below(place) == ("示范发〔2030〕7号 第二条（一）", "示范发〔2030〕7号 第二条（二）")


def test_the_nearest_place_of_something_far_off_is_the_document(issue: Issue) -> None:
    place = nearest(issue.documents[0], parse("示范发〔2030〕7号 第九十条"))
    assert place.target == issue.documents[0]
    assert below(place) == ("示范发〔2030〕7号 第一章", "示范发〔2030〕7号 附件", "示范发〔2030〕7号 通知")


def test_an_article_of_one_paragraph_has_no_second(issue: Issue) -> None:
    assert find(issue.documents[0], parse("示范发〔2030〕7号 第二条第二款")) is None


def test_an_article_of_several_paragraphs_tells_them_apart(issue: Issue) -> None:
    first, second = (
        Provision(f"示范发〔2030〕7号 第三条第{n}款", "paragraph", "", "", text, (40, 40))
        for n, text in (("一", "甲"), ("二", "乙"))
    )
    article = Provision("示范发〔2030〕7号 第三条", "article", "三", "", "", (40, 40), (first, second))
    document = replace(issue.documents[0], works=(replace(issue.documents[0].works[1], provisions=(article,)),))
    found = [find(document, parse(f"示范发〔2030〕7号 第三条{paragraph}")) for paragraph in ("", "第一款", "第二款")]
    assert [place and place.target for place in found] == [article, first, second]
