"""From an imported issue to a draft on the web: rows found, gaps, corrections as data, printed beside corrected."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from tests.gazette.lighthouse import editor

from gongbao.gazette.rules import structure as s
from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.services.imports import issue_import
from gongbao.organisations.models import Person
from gongbao.permits.models import EditionRevision
from gongbao.permits.rules.items import Edition
from gongbao.permits.rules.printed import HEADS
from gongbao.permits.selectors import editions_published, lists_imported

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 3, 10, 1, tzinfo=UTC)
CITE = "灯发〔2030〕1号"
ADDRESS = f"/desk/permits/read/?document={CITE}"
LINE = "3,name,息灯许可,熄灯许可,high,印错一字,one character is wrong"
HEAD = "no,field,printed,corrected,confidence,reason,reason_en"
TOLD = {"edition": "2030", "title_en": "Lighthouses", "in_force": "2030-03-05", "count": "5", "apply": "high"}


def row(number: int, name: str) -> s.TableRow:
    cells = (str(number), "市园林局", name, "《灯塔条例》", "灯塔局", "审批局", "")
    return s.TableRow(f"{CITE} 清单 {number}", "", cells, (number, number))


def bring_in() -> None:
    """An issue with a list of four rows, the second of which the scan lost."""
    rows = (row(1, "设灯许可"), row(3, "息灯许可"), row(4, "迁灯许可"))
    table = s.Table(f"{CITE} 清单", "灯塔行政许可事项清单(2030年版)", HEADS, rows, (), (2,))
    rule = s.Provision(f"{CITE} 说明 1", "subitem", "1", "", "清单之外一律不得实施行政许可。", (2, 2))
    works = (s.Work("notice", "通知", ()), s.Work("issued", "清单", (rule,), (table,), (), CITE))
    document = s.Document(CITE, "关于印发灯塔清单的通知", "", ("灯塔局",), (), date(2030, 3, 5), "部门文件", 3, works)
    issue_import(content=s.Issue(2030, 4, None, None, (document,)), text="x", source="x.txt", at=NOW)


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="gongbao.organisations.login.Backend")
    return client


@pytest.fixture
def li() -> Client:
    return logged_in(editor("li"))


def test_without_an_imported_list_the_page_says_how_to_get_one(li: Client) -> None:
    page = li.get("/desk/permits/read/").content.decode()
    assert "先导入一期" in page and "/desk/gazette/new/" in page


def test_an_imported_list_is_offered_with_its_rows_and_gaps(li: Client) -> None:
    bring_in()
    assert "读出 3 行" in li.get("/desk/permits/read/").content.decode()
    page = li.get(ADDRESS).content.decode()
    assert 'name="edition" value="2030"' in page and 'name="count" value="4"' in page
    assert "息灯许可" in page


def test_a_document_without_a_list_is_not_found(li: Client) -> None:
    assert li.get("/desk/permits/read/?document=京建法〔2025〕2号").status_code == 404


def test_printed_and_corrected_stand_side_by_side_before_anything_is_kept(li: Client) -> None:
    bring_in()
    page = li.post(ADDRESS, TOLD | {"corrections": f"{HEAD}\n{LINE}\n"})
    text = page.content.decode()
    assert page.status_code == 422, "shown again, nothing was done"
    assert "没有读出:2、5" in text and "共 1 处" in text
    assert text.index("息灯许可</td>") < text.index("熄灯许可</td>")
    assert not EditionRevision.objects.exists()


def test_a_hint_is_not_the_text_that_is_used(li: Client) -> None:
    bring_in()
    text = li.post(ADDRESS, TOLD | {"apply": "low", "corrections": f"{HEAD}\n{LINE}"}).content.decode()
    assert text.count("息灯许可</td>") == 2


def test_kept_it_is_a_draft_and_published_by_another_it_is_on_pages_api_and_files_at_once(li: Client) -> None:
    bring_in()
    kept = li.post(ADDRESS, TOLD | {"corrections": f"{HEAD}\n{LINE}\n", "keep": "1"})
    draft = EditionRevision.objects.get()
    assert (kept.status_code, kept["Location"]) == (302, f"/desk/permits/{draft.pk}/")
    assert Client().get("/permits/editions/2030/").status_code == 404
    assert li.post(f"/desk/permits/{draft.pk}/publish/").status_code == 403
    assert logged_in(editor("sun")).post(f"/desk/permits/{draft.pk}/publish/").status_code == 302
    edition = editions_published()["2030"]
    assert [(item.no, item.name, item.printed_name) for item in edition.items] == [
        (1, "设灯许可", "设灯许可"),
        (3, "熄灯许可", "息灯许可"),
        (4, "迁灯许可", "迁灯许可"),
    ]
    assert (edition.missing, edition.rule, edition.cite) == ((2, 5), f"{CITE} 说明 1", CITE)
    assert "熄灯许可" in Client().get("/permits/editions/2030/3/").content.decode()
    assert Client().get("/api/v1/permits/items/3?edition=2030").json()["name"] == "熄灯许可"
    assert "熄灯许可" in Client().get("/permits/editions/2030/list.csv").content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"corrections": "a,b\n1,2\n"}, "首行为"),
        ({"corrections": f"{HEAD}\n{LINE.replace('息灯', '点灯')}\n"}, "清单所印的文字"),
        ({"corrections": f"{HEAD}\n{LINE.replace('3,', '2,', 1)}\n"}, "已读出的一行的序号"),
        ({"count": "3"}, "1 至 3 的序号"),
        ({"edition": "a/b"}, "字母、数字或汉字"),
        ({"title_en": ""}, "必填"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(li: Client, changed: dict[str, str], says: str) -> None:
    bring_in()
    answer = li.post(ADDRESS, TOLD | {"corrections": "", "keep": "1"} | changed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not EditionRevision.objects.exists()


@pytest.mark.gazette_text
def test_the_real_list_read_on_the_web_is_what_is_public(li: Client, gazette_file: Path, edition_2025: Edition) -> None:
    text = gazette_file.read_text(encoding="utf-8")
    issue_import(content=read_issue(text), text=text, source="2026-13.txt", at=NOW)
    (cite,) = lists_imported()
    page = li.get(f"/desk/permits/read/?document={cite}")
    said = page.content.decode()
    corrected = sum(len({one.field for one in item.corrections}) for item in edition_2025.items)
    assert "179 行" in said and "没有读出:4–8、28–30、62–67" in said and f"共 {corrected} 处" in said
    form = page.context["form"].initial | {"keep": "1"}
    answer = li.post(f"/desk/permits/read/?document={cite}", form)
    assert "与已发布的不同" in answer.content.decode()
    assert not EditionRevision.objects.exists()
