"""The page that checks names: one in the address, a list by file, the answers as a file."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook, load_workbook

from gongbao.permits.forms import LAST_ROW, MOST

pytestmark = pytest.mark.django_db

ADDRESS = "/permits/check/"


def hand_in(name: str = "", content: bytes = b"", **more: str) -> HttpResponse:
    files = {"file": SimpleUploadedFile(name, content)} if name else {}
    answer = Client().post(ADDRESS, {**files, **more})
    assert isinstance(answer, HttpResponse)
    return answer


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def test_one_name_is_answered_at_an_address_that_can_be_sent() -> None:
    text = Client().get(f"{ADDRESS}?name= 固定资产投资项目（核准） ").content.decode()
    assert "在清单内" in text
    assert "/permits/editions/2025/1/" in text


def test_a_name_that_is_not_found_is_not_refused_flatly_while_rows_are_unread() -> None:
    text = Client().get(f"{ADDRESS}?name=灯塔设立许可").content.decode()
    assert "未找到" in text
    assert "不能断定不在清单内" in text
    assert "<strong>不在清单内" not in text


def test_a_workbook_is_answered_row_by_row() -> None:
    content = workbook(("编号", "事项名称"), ("甲", "外国人来华工作许可"), ("乙", "灯塔设立许可"))
    text = hand_in("names.xlsx", content).content.decode()
    assert "在清单内 1" in text
    assert "未找到 1" in text
    text = text[text.index('class="verdict') :]
    assert text.index("第 2 行") < text.index("外国人来华工作许可") < text.index("第 3 行") < text.index("灯塔设立许可")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_answers_are_downloaded_with_the_rows_of_the_file(ending: str, tmp_path: Path) -> None:
    page = hand_in("names.csv", "事项名称\n\n外国人来华工作许可\n".encode()).content.decode()
    kept = page.split("<textarea", 1)[1].split(">\n", 1)[1].split("</textarea>", 1)[0]
    answer = hand_in(names=kept, answer=ending)
    assert answer["Content-Disposition"] == f'attachment; filename="permits-check.{ending}"'
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode())))
    else:
        (tmp_path / "a.xlsx").write_bytes(answer.content)
        sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[1][:3] == ["3", "外国人来华工作许可", "listed"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("", b"", "请选择文件"),
        ("names.doc", b"x", "扩展名为 .xlsx、.csv 或 .txt 的文件"),
        ("names.xlsx", b"not a workbook", "没有损坏的 .xlsx"),
        ("names.csv", "事项\n".encode("gbk"), "UTF-8"),
        ("names.csv", "甲,乙\n1,2\n".encode(), "首行有一列名为"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(name: str, content: bytes, says: str) -> None:
    answer = hand_in(name, content)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert 'class="verdict' not in text


@pytest.mark.parametrize(("count", "status"), [(MOST - 1, 200), (MOST, 200), (MOST + 1, 422)])
def test_a_list_holds_a_thousand_names_and_no_more(count: int, status: int) -> None:
    assert hand_in(names="核准\n" * count).status_code == status


@pytest.mark.parametrize(("row", "status"), [(LAST_ROW - 1, 200), (LAST_ROW, 200), (LAST_ROW + 1, 422)])
def test_a_name_far_down_is_refused(row: int, status: int) -> None:
    assert hand_in(names="\n" * (row - 1) + "核准").status_code == status
