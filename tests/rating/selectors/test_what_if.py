"""What if another edition held: on the facts that the cycle's run read."""

import pytest
from tests.rating.small_cycle import CLOSING, SmallCity

from gongbao.kernel.problem import BadInput
from gongbao.rating.models import State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.what_if import what_if
from gongbao.rating.services.runs import run_make
from gongbao.rating.tables.standards import standard_text


def test_an_edition_that_is_the_same_moves_nobody(small: SmallCity) -> None:
    rated(small)
    tried = what_if(small.fresh(), standard_text())
    assert tried.changes == []
    assert tried.result.moved == 0
    assert tried.result.moves.height == 4


def test_half_the_credit_takes_as_much_from_every_score_as_the_change_says(small: SmallCity) -> None:
    rated(small)
    tried = what_if(small.fresh(), standard_text().replace('share = "0.50"', 'share = "0.25"'))
    assert [(change.before, change.after) for change in tried.changes] == [("0.5", "0.25")]
    lost = dict(tried.result.moves.select("name", "change").iter_rows())
    assert lost == {"甲物业": -225_000, "乙物业": -200_000, "丙物业": -175_000, "丁物业": -150_000}
    assert small.fresh().runs.count() == 1


def test_an_edition_that_is_not_sound_is_refused(small: SmallCity) -> None:
    rated(small)
    with pytest.raises(BadInput):
        what_if(small.fresh(), standard_text().replace('up_to = "0.50"', 'up_to = "0.05"'))


def test_without_a_run_there_is_nothing_to_compare_with(small: SmallCity) -> None:
    with pytest.raises(MoveRefused):
        what_if(small.fresh(), standard_text())


def rated(small: SmallCity) -> None:
    small.step(State.CLOSED, CLOSING, waive=["sources"], because="其余来源本期未提供")
    run_make(cycle=small.fresh(), actor=small.actor("officer"), now=CLOSING)
