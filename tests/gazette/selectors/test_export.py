import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from lxml import etree

from gongbao.gazette.rules.structure import Issue
from gongbao.gazette.selectors.export import FORMS, export
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
Store = Callable[[Issue], object]
SEVEN = "示范发〔2030〕7号"


def test_json_holds_what_is_stored(issue: Issue, store: Store) -> None:
    store(issue)
    assert json.loads(export(SEVEN, "json"))["works"][1]["tables"][0]["missing"] == [3, 4]
    assert [d["number"] for d in json.loads(export("2030-2", "json"))["documents"]] == [SEVEN, "示范发〔2030〕8号"]


def test_text_reads_as_printed(issue: Issue, store: Store) -> None:
    store(issue)
    lines = export(SEVEN, "text").splitlines()
    assert lines[:2] == ["关于印发《灯塔巡查办法(试行)》的通知", SEVEN]
    for line in (
        "第一章 总则",
        "  第二条 灯塔管理人应当每月巡查。",
        "    （一）检查灯器,含LED光源;",
        "[基础项] | 灯器完好 | 10分",
    ):
        assert line in lines
    assert lines[-2:] == ["示范海事局", "2030-03-01"]
    assert "一、经费" in export("2030-2", "text").splitlines()


def test_akoma_ntoso_is_xml_of_the_document(issue: Issue, store: Store) -> None:
    store(issue)
    root = etree.fromstring(export(SEVEN, "akn").encode())
    assert etree.QName(root).localname == "akomaNtoso"
    assert "灯塔管理人应当每月巡查。" in "".join(root.itertext())


@pytest.mark.parametrize("name", [SEVEN, "2030-2"])
def test_html_is_a_whole_page(name: str, issue: Issue, store: Store) -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.append(tag)

    store(issue)
    tags = Tags()
    tags.feed(export(name, "html"))
    assert tags.found[:5] == ["html", "head", "meta", "title", "body"]
    assert tags.found.count("article") == (1 if name == SEVEN else 2)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_any_citation_in_a_document_exports_it_whole(form: str, issue: Issue, store: Store) -> None:
    store(issue)
    assert export(f"{SEVEN} 第二条", form) == export(SEVEN, form)


@pytest.mark.parametrize(("name", "form"), [("2030-2", "akn"), ("2030-9", "json"), ("示范发〔2030〕9号", "text")])
def test_what_is_not_there_or_has_no_such_form_is_refused(name: str, form: str, issue: Issue, store: Store) -> None:
    store(issue)
    with pytest.raises(BadInput):
        export(name, form)
