"""An issue of another gazette, with other numbers and levels, reads by the same conventions."""

from collections.abc import Callable
from datetime import date

import pytest

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.structure import Document, Issue, Provision
from gongbao.kernel.problem import BadInput

PARKS = "示政发〔2031〕5号"
SHOW = "示园函〔2031〕12号"
ORDER = "示例市人民政府令第7号"


@pytest.fixture
def provisions(made_up: Issue, provisions_of: Callable[[Issue], dict[str, Provision]]) -> dict[str, Provision]:
    return provisions_of(made_up)


@pytest.fixture
def parks(made_up: Issue) -> Document:
    return made_up.documents[0]


def test_cover_and_colophon(made_up: Issue) -> None:
    assert (made_up.year, made_up.number, made_up.total) == (2031, 2, 77)
    assert made_up.published_on == date(2031, 3, 5)
    assert made_up.colophon == {"issn": "0000-001X", "cn": "00-0001/D"}


def test_every_line_that_is_not_empty_is_in_exactly_one_place(
    made_up: Issue, made_up_text: str, places_of: Callable[[Issue], dict[int, list[str]]]
) -> None:
    filled = {no for no, line in enumerate(made_up_text.split("\n"), start=1) if line.strip()}
    places = {no: found for no, found in places_of(made_up).items() if no in filled}
    assert filled - set(places) == set()
    assert {no: found for no, found in places.items() if len(found) != 1} == {}


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(made_up: Issue, made_up_text: str) -> None:
    assert read_issue("\ufeff" + made_up_text.replace("\n", "\r\n")) == made_up


def test_what_is_set_aside_is_reported_with_its_line_and_reason(made_up: Issue) -> None:
    assert {(noise.line, noise.why) for noise in made_up.noise} == {
        (1, "furniture"), (21, "furniture"), (23, "furniture"), (25, "repeated"), (62, "furniture"), (63, "furniture"),
        (19, "unreadable"),  # announced in the contents, but not printed
        (39, "picture"), (81, "markup"), (82, "repeated"), (98, "unreadable"),
        (86, "unreadable"),  # a row that bears a number twice given
    }  # fmt: skip


def test_documents_stand_under_their_section_heads(made_up: Issue) -> None:
    assert [(d.number, d.section, d.page) for d in made_up.documents] == [
        (PARKS, "市政府文件", 3),
        (SHOW, "部门文件", 9),
        (ORDER, "部门文件", 15),
    ]


def test_a_date_in_chinese_numerals_and_two_issuers_on_one_line(made_up: Issue) -> None:
    parks, show, _ = made_up.documents
    assert parks.issued_on == date(2031, 2, 28)
    assert show.issuers == ("示例市园林局", "示例市财政局")
    assert show.title == "示例市园林局 示例市财政局关于开展虚构花展的通知"


def test_chapters_sections_articles_paragraphs_items_and_points(provisions: dict[str, Provision]) -> None:
    levels = {
        cite.removeprefix(f"{PARKS} "): provision.level for cite, provision in provisions.items() if PARKS in cite
    }
    assert levels["第一章"] == "chapter"
    assert levels["第一章第二节"] == "section"
    assert levels["第二条"] == "article"
    assert levels["第二条第一款第（二）项2"] == "subitem"
    assert levels["第二条第二款"] == "paragraph"
    assert levels["第三条之二"] == "article"
    assert provisions[f"{SHOW} 一（二）2（1）"].level == "point"


def test_an_article_of_one_paragraph_is_its_own_text(provisions: dict[str, Provision]) -> None:
    assert provisions[f"{PARKS} 第一条"].children == ()
    assert provisions[f"{PARKS} 第一条"].text.startswith("为管理虚构公园")


def test_a_reference_at_the_start_of_a_line_begins_no_article(provisions: dict[str, Provision]) -> None:
    assert provisions[f"{PARKS} 第三条"].text.endswith("按照《虚构公园条例》第六十五条第（一）项规定执行。")
    assert f"{PARKS} 第六十五条" not in provisions


def test_a_decimal_at_the_start_of_a_line_begins_no_item(provisions: dict[str, Provision]) -> None:
    assert provisions[f"{SHOW} 一（二）2（1）"].text.endswith("2031年3.5个月之内；")


def test_a_bare_heading_and_a_sentence_cut_by_the_page_are_told_apart(provisions: dict[str, Provision]) -> None:
    assert provisions[f"{SHOW} 一（一）"].heading == "范围"
    assert provisions[f"{SHOW} 一（一）"].text == "申报单位应当是本市的单位。"
    assert provisions[f"{PARKS} 附件2 一"].text == "名称应当完整，并与门前标牌一致。"


def test_annexes_are_works_of_their_own_with_their_other_names(parks: Document) -> None:
    assert [(work.role, work.title, work.cite) for work in parks.works[1:]] == [
        ("issued", "示例市虚构公园管理办法", PARKS),
        ("annex", "示例市公园名录", f"{PARKS} 附件1"),
        ("annex", "示例市公园填表说明", f"{PARKS} 附件2"),
    ]
    assert parks.works[2].aliases == ("示例市公园名单",)
    assert parks.works[3].aliases == ()


def test_a_row_goes_on_over_the_end_of_a_page(parks: Document) -> None:
    (table,) = parks.works[2].tables
    assert table.rows[0].cells == ("1", "第一公园", "东区", "在册；面积以测量为准")
    assert table.rows[0].lines == (80, 83)
    assert [row.cite for row in table.rows] == [f"{PARKS} 附件1 {number}" for number in (1, 2, 5)]
    assert table.missing == (3, 4)
    assert table.notes == ("注：本名录每年更新。",)


def test_five_years_end_on_the_day_before(parks: Document) -> None:
    assert (parks.force.begins, parks.force.ends) == (date(2031, 5, 1), date(2036, 4, 30))
    assert [reference.number for reference in parks.force.replaces] == ["示政发〔2020〕1号"]
    assert [reference.number for reference in parks.force.based_on] == ["", "示办发〔2030〕9号"]


def test_a_notice_alone_says_its_own_force(made_up: Issue) -> None:
    force = made_up.documents[1].force
    assert (force.begins, force.ends, force.from_publication) == (date(2031, 3, 1), date(2032, 12, 31), True)
    assert force.explained_by == ("示例市园林局",)
    assert force.responsible == ("示例市园林局", "示例市财政局")


def test_a_text_without_cover_date_or_documents_is_refused_with_all_that_is_missing() -> None:
    with pytest.raises(BadInput) as refused:
        read_issue("只有一句话。\n")
    assert [problem.column for problem in refused.value.problems] == ["number", "published_on", "documents"]
    assert all(problem.expected and problem.expected_en for problem in refused.value.problems)


def test_a_document_number_printed_twice_is_one_document(made_up: Issue, made_up_text: str) -> None:
    issue = read_issue(made_up_text.replace(f"\n{SHOW}\n", f"\n{SHOW}\n{SHOW}\n"))
    assert [document.number for document in issue.documents] == [PARKS, SHOW, ORDER]
    assert issue.documents[1].addressees == made_up.documents[1].addressees
    assert [noise.why for noise in issue.noise if noise.text == SHOW] == ["repeated"]


def test_an_issue_without_contents_is_read_from_its_titles(made_up_text: str) -> None:
    head, _, rest = made_up_text.partition("目 录")
    issue = read_issue(head + rest[rest.index("示例市人民政府公报") :])
    assert [document.title for document in issue.documents] == [
        "示例市人民政府关于印发《示例市虚构公园管理办法》的通知",
        "示例市园林局 示例市财政局关于开展虚构花展的通知",
        "示例市人民政府令",
    ]
    assert [work.role for work in issue.documents[0].works] == ["notice", "issued", "annex", "annex"]
    assert issue.documents[0].page is None


def test_an_order_bears_its_number_on_two_lines_and_is_signed_by_a_person(made_up: Issue) -> None:
    order = made_up.documents[2]
    assert (order.number, order.title, order.issuers) == (ORDER, "示例市虚构灯塔规定", ("示例市人民政府",))
    assert [work.role for work in order.works] == ["notice", "issued"]
    assert [provision.cite for provision in order.works[1].provisions] == [f"{ORDER} 第一条", f"{ORDER} 第二条"]
    assert order.issued_on == date(2031, 3, 2)
    assert order.force.begins == date(2031, 7, 1)
    assert order.force.explained_by == ("示例市海事局",)
