"""Parts that no page of the frame shows yet, on a page of their own."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Page, expect
from tests.browser.looking import WIDTHS, overflow, violations

from gongbao.calendar.days import published
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import add_workdays
from gongbao.web.chart import Chart, Series

PAGE = """{% extends "web/base.html" %}{% block head %}{% chart_scripts %}{% endblock %}{% block title %}x{% endblock %}
{% block content %}<h1>示例</h1>{% chart bars %}{% chart line %}{% deadline until 3 cite="第十二条" %}
{% grade "A" %} {% grade "D" %} {% timeline events %}{% endblock %}"""


def parts(request: HttpRequest) -> HttpResponse:
    districts = ["东城", "西城", "北京经济技术开发区"]
    values = {
        "bars": Chart(
            Text("东城最高", "x"), districts, [Series(Text("平均", "mean"), [80, 70, None])], Text("分", "p")
        ),
        "line": Chart(
            Text("逐年上升", "y"),
            ["2024", "2025"],
            [Series(Text("甲", "a"), [1, 2]), Series(Text("乙", "b"), [2, 3])],
            Text("件", "n"),
            kind="line",
        ),
        "until": add_workdays(date(2026, 9, 30), 3, published()),
        "events": [{"at": datetime(2026, 7, 9, tzinfo=UTC), "title": Text("受理", "admitted"), "cite": "第五条"}],
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(values, request))


urlpatterns = [path("parts/", parts), path("", include("gongbao.config.urls"))]


@pytest.mark.urls(__name__)
def test_charts_deadlines_grades_and_timelines_read_well_on_desk_and_phone(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/parts/")
        expect(page.locator(".chart-drawing canvas")).to_have_count(2)
        assert violations(page) == []
        assert overflow(page) == 0
    page.locator(".chart summary").first.click()
    expect(page.get_by_role("rowheader", name="东城")).to_be_visible()
    page.locator(".deadline summary").click()
    expect(page.locator(".counted .not").first).to_be_visible()
    assert violations(page) == []
