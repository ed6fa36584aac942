import pytest

from gongbao.gazette.rules.titles import folded, names


@pytest.mark.parametrize(
    "other", ["《灯塔巡查办法（试行）》", "灯塔 巡查办法(试行)", "《灯塔巡查办法》", "灯塔巡查办法"]
)
def test_a_title_is_named_in_any_of_its_spellings(other: str) -> None:
    assert folded(other) in names("灯塔巡查办法(试行)")


@pytest.mark.parametrize("other", ["灯塔巡查规定", "灯塔巡查办法实施细则", "试行"])
def test_another_title_names_another_document(other: str) -> None:
    assert folded(other) not in names("灯塔巡查办法(试行)")


def test_a_title_without_a_trial_is_not_named_by_one_with_it() -> None:
    assert folded("灯塔巡查办法(试行)") not in names("灯塔巡查办法")
