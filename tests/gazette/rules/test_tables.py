"""Tables: parts joined, words of merged cells given to their rows, every row with a citation of its own."""

from gongbao.gazette.rules.lines import Line
from gongbao.gazette.rules.provisions import Address
from gongbao.gazette.rules.structure import Table
from gongbao.gazette.rules.tables import read_table

ANNEX = Address("示政发〔2031〕5号", "附件")


def _read(*rows: str) -> tuple[Table, list[tuple[int, str]]]:
    lines = [Line(no, row) for no, row in enumerate(rows, start=1)]
    table, _, noise = read_table(lines, "评分表", [], ANNEX)
    return table, [(one.line, one.why) for one in noise]


def _cites(table: Table) -> list[str]:
    return [row.cite.removeprefix("示政发〔2031〕5号 附件").strip() for row in table.rows]


def test_a_word_alone_names_the_rows_above_it_up_to_those_that_bear_a_maximum() -> None:
    table, noise = _read("名称\t标准", "基础(50)\t按比例", "整洁\t加1分", "安静\t加2分", "加分项")
    assert [row.group for row in table.rows] == ["", "加分项", "加分项"]
    assert _cites(table) == ["基础", "整洁", "安静"]
    assert noise == []


def test_a_word_alone_does_not_reach_rows_that_already_have_their_group() -> None:
    table, _ = _read("名称\t标准", "整洁\t加1分", "加分项", "迟到\t扣1分", "扣分项")
    assert [row.group for row in table.rows] == ["加分项", "扣分项"]


def test_equal_names_take_their_group() -> None:
    table, _ = _read("名称\t标准", "整洁\t加1分", "* 治理\t加1分", "加分项", "* 治理\t扣1分", "扣分项")
    assert _cites(table) == ["整洁", "加分项 治理", "扣分项 治理"]


def test_a_head_without_its_first_word_says_that_the_column_holds_groups() -> None:
    table, noise = _read(
        "名称\t标准", "整洁\t加1分", "加分项", "\t标准", "扣分项目\t迟到,扣1分", "\t早退,扣1分", "扣 分 项\t旷工,扣2分"
    )
    assert noise == [(4, "repeated")]
    assert _cites(table) == ["整洁", "扣分项 1", "扣分项 2", "扣分项 3"]
    assert [row.cells for row in table.rows[1:]] == [("", "迟到,扣1分"), ("", "早退,扣1分"), ("", "旷工,扣2分")]


def test_a_row_of_points_is_dealt_to_as_many_rows_above_and_the_word_below_names_them() -> None:
    table, noise = _read(
        "名称\t标准\t备注",
        "整洁\t加1分\t",
        "加分项",
        "\t标准\t备注",
        "扣分项\t迟到\t",
        "\t拖延\t街道评分",
        "\t推诿",
        "扣2分\t扣3分",
        "* 治理\t\t",
    )
    assert _cites(table) == ["整洁", "扣分项 1", "治理", "治理1", "治理2"]
    assert [row.cells for row in table.rows[2:]] == [
        ("* 治理", "", "街道评分"),
        ("", "拖延 扣2分", ""),
        ("", "推诿 扣3分", ""),
    ]
    assert {row.group for row in table.rows[1:]} == {"扣分项"}
    assert noise == [(4, "repeated")]


def test_more_points_than_rows_are_a_row_of_their_own() -> None:
    table, _ = _read("名称\t标准", "扣1分\t扣2分")
    assert [row.cells for row in table.rows] == [("扣1分", "扣2分")]


def test_running_numbers_that_are_skipped_are_listed_and_never_filled_in() -> None:
    table, _ = _read("序号\t事项", "2\t甲", "3\t乙", "6\t丙")
    assert table.missing == (1, 4, 5)
    assert _cites(table) == ["1 2", "1 3", "1 6"]  # 附件1 2: 附件 2 is the second annex


def test_a_number_twice_and_a_number_that_is_none_are_reported() -> None:
    table, noise = _read("序号\t事项", "1\t甲", "1\t乙", "二\t丙", "丁")
    assert _cites(table) == ["1 1"]
    assert noise == [(3, "unreadable"), (4, "unreadable"), (5, "unreadable")]


def test_cells_that_are_too_many_are_kept_in_the_last_column() -> None:
    table, _ = _read("名称\t标准", "整洁\t加1分\t以文件为准")
    assert table.rows[0].cells == ("整洁", "加1分 以文件为准")
