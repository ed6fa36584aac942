"""The public notice says what the edition says, gaps and corrections included."""

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.permits.rules.items import Correction, Edition
from gongbao.permits.tables.notice import typeset_notice

MakeEdition = Callable[..., Edition]


def shown(pdf: bytes) -> str:
    """The text of all pages without white space."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pages))


def test_every_item_every_gap_and_every_reason_stands_in_the_notice(edition_2025: Edition) -> None:
    text = shown(typeset_notice(edition_2025))
    for item in edition_2025.items:
        for part in (item.name, *item.city_departments, *(basis.title for basis in item.legal_bases)):
            assert re.sub(r"\s", "", part) in text
        for one in item.corrections:
            assert re.sub(r"\s", "", one.reason.en) in text
    assert "清单共193项，已读出179项，14项未能读出（4–8、28–30、62–67）" in text
    for gap in ("4–8", "28–30", "62–67"):
        assert f"{gap}未能读出" in text


def test_the_notice_is_pdf_a_and_the_same_bytes(edition_2025: Edition) -> None:
    pdf = typeset_notice(edition_2025)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert pdf == typeset_notice(edition_2025)


def test_a_whole_list_tells_no_gap_and_one_lost_at_its_end_does(edition_of: MakeEdition) -> None:
    assert "未能读出" not in shown(typeset_notice(edition_of({"name": "放烟花许可"})))
    assert "2未能读出" in shown(typeset_notice(edition_of({"name": "放烟花许可"}, count=2)))


def test_corrected_rows_and_rows_with_hints_are_marked(edition_of: MakeEdition) -> None:
    why = Text("理由", "reason")
    sure = Correction(1, "name", "甲许可", "灯塔许可", "high", why)
    hint = Correction(2, "name", "乙许可", "码头许可", "low", why)
    rows = ({"name": "甲许可"}, {"name": "乙许可"}, {"name": "丙许可"})
    text = shown(typeset_notice(edition_of(*rows, corrections=[sure, hint])))
    assert "1※市园林局灯塔许可" in text
    assert "2?市园林局乙许可" in text
    assert "3市园林局丙许可" in text


def test_an_edition_without_a_day_cannot_be_announced(edition_of: MakeEdition) -> None:
    with pytest.raises(BadInput, match="施行日期"):
        typeset_notice(replace(edition_of({"name": "放烟花许可"}), in_force=None))


def test_what_stands_in_a_cell_is_never_markup(edition_of: MakeEdition) -> None:
    assert "#text*甲*_乙_$x$" in shown(typeset_notice(edition_of({"name": "#text *甲* _乙_ $x$"})))
