import pytest
from django.template import Context, Template

from gongbao.kernel.text import Text
from gongbao.web.chart import COLOURS, Chart, Series

POINTS = Text("分", "points")


def series(*values: int | None) -> Series:
    return Series(Text("平均", "mean"), values)


def test_a_chart_brings_its_table_and_shows_a_gap_where_nothing_is_known() -> None:
    chart = Chart(Text("<东城>最高", "x"), ["东城", "西城"], [series(80, None)], POINTS)
    page = Template("{% chart chart %}").render(Context({"chart": chart}))
    assert "&lt;东城&gt;最高" in page
    assert "<details open>" in page, "without a script the table is open"
    assert page.count("<tr>") == 3
    assert "—" in page
    assert chart.data["series"][0]["values"] == [80, None]


def test_a_chart_has_as_many_values_as_labels() -> None:
    with pytest.raises(ValueError, match="平均"):
        Chart(Text("x", "x"), ["东城", "西城"], [series(80)], POINTS)


@pytest.mark.parametrize("more", [0, 1])
def test_a_chart_has_no_more_series_than_can_be_told_apart(more: int) -> None:
    many = [series(1)] * (len(COLOURS) + more)
    if more:
        with pytest.raises(ValueError, match="told apart"):
            Chart(Text("x", "x"), ["东城"], many, POINTS)
    else:
        assert len({one["colour"] for one in Chart(Text("x", "x"), ["东城"], many, POINTS).data["series"]}) == len(many)
