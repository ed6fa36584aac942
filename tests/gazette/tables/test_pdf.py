"""A PDF with a text layer goes the way of every other text."""

from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.tables.pdf import pdf_text
from gongbao.gazette.tables.source import read_source
from gongbao.kernel.problem import BadInput

PAGES = [
    [
        "示例市人民政府公报", "第2期(总第77期)", "2031年3月5日", "示例市园林局关于开展虚构花展的通知",
        "示园函〔2031〕12号", "各有关单位：", "现通知如下：", "一、范围", "申报单位应当是本市的",
    ],
    ["示例市人民政府公报", "单位。", "附表", "序号|名称|所在区", "1|第一公园|东区", "示例市园林局", "2031年3月1日"],
]  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = BytesIO()
    canvas = Canvas(file)
    for page in PAGES:
        canvas.setFont("STSong-Light", 12)
        for count, line in enumerate(page):
            for column, cell in enumerate(line.split("|")):
                canvas.drawString(72 + 150 * column, 760 - 24 * count, cell)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_lines_and_the_cells_of_rows_are_found_on_the_page(printed: bytes) -> None:
    lines = pdf_text(printed).split("\n")
    assert lines[:3] == ["示例市人民政府公报", "第2期(总第77期)", "2031年3月5日"]
    assert "1\t第一公园\t东区" in lines


def test_an_issue_is_read_from_a_pdf(printed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "issue.pdf"
    file.write_bytes(printed)
    (document,) = read_issue(read_source(file)).documents
    assert document.number == "示园函〔2031〕12号"
    assert document.works[0].provisions[1].text == "申报单位应当是本市的单位。"
    assert document.works[0].tables[0].rows[0].cells == ("1", "第一公园", "东区")


def test_a_pdf_without_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    canvas = Canvas(str(file))
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    canvas.save()
    with pytest.raises(BadInput, match="文字层") as refused:
        read_source(file)
    (problem,) = refused.value.problems
    assert "text layer" in problem.expected_en


def test_a_damaged_pdf_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(BadInput, match="PDF") as refused:
        read_source(file)
    assert len(refused.value.problems) == 1
