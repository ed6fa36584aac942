from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from tests.organisations.small_city import small_city

from gongbao.kernel.text import Text
from gongbao.organisations.models import Change, Organisation
from gongbao.web.table import Column, Filter, Table, plain

Make = Callable[..., Table]


@pytest.fixture
def make(db: None) -> Make:
    small_city()

    def table(query: str = "", per_page: int = 50) -> Table:
        return Table(
            caption=Text("组织", "Organisations"),
            columns=[
                Column("code", Text("代码", "Code"), sort="code"),
                Column("name", Text("名称", "Name"), cell=lambda o: o.text, link=lambda o: f"/x/{o.code}"),
            ],
            rows=Organisation.objects.order_by("code"),
            query=QueryDict(query),
            filters=[
                Filter("name", Text("名称", "Name"), lambda rows, value: rows.filter(name__contains=value)),
                Filter(
                    "kind",
                    Text("类型", "Kind"),
                    lambda rows, value: rows.filter(kind=value),
                    {"zone": Text("开发区", "zone"), "window": Text("窗口", "window")},
                ),
            ],
            empty=Text("导入后这里有组织。", "Organisations stand here once imported."),
            per_page=per_page,
        )

    return table


def codes(table: Table) -> list[str]:
    return [row.code for row in table.page]


def html(table: Table) -> str:
    return render_to_string("web/parts/table.html", {"table": table})


def test_the_address_sorts_and_a_second_click_turns_the_order(make: Make) -> None:
    rising = make("sort=code")
    assert codes(rising) == sorted(codes(rising))
    assert rising.heads[0].order == "ascending"
    assert rising.heads[0].url == "?sort=-code"
    falling = make("sort=-code")
    assert codes(falling) == sorted(codes(falling), reverse=True)
    assert falling.heads[0].url == "?sort=code"
    assert 'aria-sort="descending"' in html(falling)


@pytest.mark.parametrize("query", ["sort=name", "sort=password", "sort=-", "sort=parent__id"])
def test_a_column_that_cannot_be_sorted_is_not_sorted(make: Make, query: str) -> None:
    assert make(query).sort == ("", False)
    assert codes(make(query)) == codes(make())


def test_filters_narrow_and_unknown_values_do_not(make: Make) -> None:
    assert codes(make("kind=zone")) == ["bda"]
    assert make("kind=nonsense").count == make().count
    assert codes(make("name=示例街&kind=zone")) == []
    assert codes(make("name=%00")) == codes(make()), "PostgreSQL takes no such character"


def test_an_empty_table_says_what_would_be_there_and_a_filtered_one_how_to_go_on(make: Make) -> None:
    filtered = html(make("kind=window&sort=code"))
    assert "没有符合条件的内容" in filtered
    assert 'href="?sort=code"' in filtered
    Change.objects.all().delete()
    Organisation.objects.update(parent=None)
    Organisation.objects.all().delete()
    assert "导入后这里有组织" in html(make())


def test_pages_keep_filter_and_order_and_a_page_too_far_is_the_last(make: Make) -> None:
    first = make("sort=-code", per_page=8)
    assert len(codes(first)) == 8
    assert first.next_url == "?sort=-code&page=2"
    assert first.previous_url == ""
    last = make("page=99", per_page=8)
    assert last.page.number == 3
    assert last.next_url == ""
    assert make("page=2", per_page=8).url(sort="code") == "?sort=code", "another order begins at page one"


def test_cells_are_escaped_and_linked(make: Make) -> None:
    Organisation.objects.filter(code="bda").update(name="<b>x</b>")
    assert '<a href="/x/bda">&lt;b&gt;x&lt;/b&gt;</a>' in html(make("kind=zone"))


def test_the_download_holds_all_pages_and_the_language_of_the_page(make: Make) -> None:
    with translation.override("en"):
        lines = make("sort=code", per_page=2).csv("x.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Code,Name"
    assert lines[1] == "110000,Beijing"
    assert len(lines) == make().count + 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("-1.5", "-1.5"),
        ("+86", "+86"),
        ("a=1", "a=1"),
        ("\t=1", "'\t=1"),
    ],
)
def test_a_spreadsheet_runs_no_cell(value: str, written: str) -> None:
    assert plain(value) == written
