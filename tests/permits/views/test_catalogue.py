"""The public pages of the list: search, items and gaps, laws, editions, files, what changed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.organisations.small_city import somebody

from gongbao.cases.frame import steps
from gongbao.kernel.text import Text
from gongbao.permits.models import EditionRevision, State
from gongbao.permits.rules.forms import to_json
from gongbao.permits.rules.items import Edition
from gongbao.permits.tables import files
from gongbao.permits.tables.packaged import modes
from gongbao.web.provisions import Run

MakeEdition = Callable[..., Edition]

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200, language: str = "") -> str:
    client = Client()
    if language:
        client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def published(edition: Edition) -> EditionRevision:
    """The edition as if two editors had published it."""
    at = datetime(2030, 1, 1, tzinfo=UTC)
    return EditionRevision.objects.create(
        edition=edition.edition,
        sequence=1,
        content=to_json(edition, modes()),
        state=State.PUBLISHED,
        drafted_by=somebody("li"),
        drafted_at=at,
        decided_by=somebody("sun"),
        decided_at=at,
    )


def numbers(text: str) -> list[int]:
    """Items that a page links to, in order."""
    return [int(number) for number in re.findall(r'href="/permits/editions/2025/(\d+)/"', text)]


def test_the_list_begins_with_its_first_items_and_shows_unread_rows_as_gaps() -> None:
    text = page("/permits/")
    assert numbers(text)[:4] == [1, 2, 3, 9]
    assert "第 4 至 8 项" in text
    assert "共 193 项,读出 179 项" in text


def test_the_last_page_ends_with_the_last_item_and_a_page_beyond_shows_the_last() -> None:
    assert numbers(page("/permits/?page=4"))[-1] == 193
    assert page("/permits/?page=999").count("<tr>") == page("/permits/?page=4").count("<tr>")


def test_words_and_filters_narrow_together_and_facets_count_what_a_choice_would_leave() -> None:
    both, words = page("/permits/?q=消防&body=行政审批局"), page("/permits/?q=消防")
    count = len(numbers(both))
    assert 0 < count < len(numbers(words))
    assert f"行政审批局 ({count})" in words
    assert f"行政审批局 ({count})" in both  # its own choice does not narrow a facet


def test_a_law_in_short_narrows_and_is_shown_with_what_it_leaves() -> None:
    text = page("/permits/?law=消防法")
    assert numbers(text) == [59, 191]
    assert '<option value="消防法" lang="zh-Hans" selected>消防法 (2)</option>' in text


def test_nothing_found_says_that_rows_are_unread_and_leads_on_to_the_check() -> None:
    text = page("/permits/?q=没有这种事项")
    assert "不能断定不在清单内" in text
    assert "/permits/check/?name=" in text


def test_a_search_is_downloaded_as_it_is_narrowed() -> None:
    answer = Client().get("/permits/?q=消防&format=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="permits-2025.csv"'
    assert len(answer.content.decode().splitlines()) == len(numbers(page("/permits/?q=消防"))) + 1


def test_an_item_shows_print_and_correction_side_by_side_with_the_reason() -> None:
    text = page("/permits/editions/2025/2/")
    assert "固定资产节能审查" in text
    assert '<span lang="zh-Hans">固定资产投资项目节能审查</span>' in text
    assert "把握高" in text


def test_an_item_explains_what_its_bodies_do_and_leads_to_laws_neighbours_and_the_gazette() -> None:
    text = page("/permits/editions/2025/9/")
    assert "受理、审查、决定都由本部门负责" in text
    assert "/permits/laws/?law=" in text
    assert "/permits/editions/2025/8/" in text
    assert "没有读出" in text
    assert 'href="/gazette/%E4%BA%AC%E6%8A%80%E7%AE%A1%E5%8F%91' in text


def test_only_items_that_run_here_speak_of_a_procedure() -> None:
    for number in (59, 191):
        assert "联合办理" in page(f"/permits/editions/2025/{number}/")
    assert "联合办理" not in page("/permits/editions/2025/58/")


def test_where_a_page_runs_the_procedure_an_item_leads_there(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run("京建法〔2025〕3号 二（二）", Text("办理", "Service"), Text("申请", "Application"), url="/fire/apply/")
    monkeypatch.setattr("gongbao.web.provisions._sources", [lambda: [run], steps])
    text = page("/permits/editions/2025/59/")
    assert "在本系统办理" in text
    assert '<a href="/fire/apply/">申请</a>' in text
    assert 'href="/processes/fire_joint/#' not in text, "single steps are for the page of the process"
    assert "/fire/apply/" not in page("/permits/editions/2025/58/")


def test_an_item_is_told_to_machines() -> None:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page("/permits/editions/2025/59/"))
    assert data
    told = json.loads(data[1])
    assert (told["@type"], told["identifier"]) == ("GovernmentService", "京技管发〔2025〕31号 清单 59")


def test_the_number_of_an_unread_row_has_a_page_that_invents_nothing() -> None:
    text = page("/permits/editions/2025/5/")
    assert "第 5 项没有读出" in text
    assert "/permits/editions/2025/4/" in text


@pytest.mark.parametrize(("number", "status"), [(0, 404), (1, 200), (193, 200), (194, 404)])
def test_numbers_outside_the_list_are_not_found(number: int, status: int) -> None:
    page(f"/permits/editions/2025/{number}/", status)


def test_a_law_lists_everything_that_must_be_reviewed_when_it_changes() -> None:
    text = page("/permits/laws/?law=消防法")
    assert {59, 191} <= set(numbers(text))
    assert "14 项没有读出" in text
    assert "没有以此为依据" in page("/permits/laws/?law=灯塔法")


def test_all_laws_are_listed_the_most_used_first() -> None:
    counts = [int(n) for n in re.findall(r'<span class="quiet">(\d+) 项</span>', page("/permits/laws/"))]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 5


def test_the_page_of_an_edition_names_gaps_and_corrections() -> None:
    text = page("/permits/editions/2025/")
    assert "4–8、28–30、62–67" in text
    assert "2023" not in page("/permits/editions/")
    page("/permits/editions/1999/", 404)
    page("/permits/?edition=1999", 404)


@pytest.mark.parametrize(("form", "made"), [("csv", files.as_csv), ("xlsx", files.as_xlsx), ("json", files.as_json)])
def test_a_download_is_what_the_command_exports(
    form: str, made: Callable[[Edition], bytes], edition_2025: Edition
) -> None:
    answer = Client().get(f"/permits/editions/2025/list.{form}")
    assert answer.content == made(edition_2025)
    assert answer["Content-Disposition"] == f'attachment; filename="permits-2025.{form}"'


def test_the_notice_is_a_pdf_and_other_forms_are_not_found() -> None:
    assert Client().get("/permits/editions/2025/list.pdf").content.startswith(b"%PDF")
    page("/permits/editions/2025/list.doc", 404)


def test_an_edition_that_tells_no_day_has_no_notice(edition_of: MakeEdition) -> None:
    published(replace(edition_of({"name": "设灯许可"}), in_force=None))
    assert "list.pdf" not in page("/permits/editions/2030/")
    page("/permits/editions/2030/list.pdf", 404)


def test_with_one_edition_there_is_nothing_to_compare_and_the_page_says_how_there_will_be() -> None:
    assert "只有一个版本" in page("/permits/diff/")


def test_two_editions_are_compared_by_kind_of_change(edition_of: MakeEdition) -> None:
    published(edition_of({"name": "设灯许可"}))
    text = page("/permits/diff/?old=2025&new=2030")
    assert "取消" in text
    assert "<ins>设灯许可</ins>" in text
    assert "存疑" in text  # rows of 2025 are unread
    page("/permits/diff/?old=2025&new=2031", 404)


def test_an_edition_that_is_to_come_is_not_yet_the_list(edition_of: MakeEdition) -> None:
    published(edition_of({"name": "设灯许可"}))
    assert "设灯许可" not in page("/permits/")
    assert "设灯许可" in page("/permits/?edition=2030")


def test_a_provision_of_the_gazette_leads_to_its_item_and_the_search_over_everything_finds_it() -> None:
    row = page("/gazette/京技管发〔2025〕31号/清单 59/")
    assert "/permits/editions/2025/59/" in row
    assert "/permits/editions/2025/59/" in page("/gazette/京建法〔2025〕3号/")
    assert "/permits/editions/2025/" in page("/search/?q=消防验收")
    assert "/permits/editions/2025/59/" in page("/sitemap.xml")
    assert 'href="/permits/"' in page("/")
