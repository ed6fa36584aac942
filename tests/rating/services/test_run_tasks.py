"""A result worked out in the background, and what is told where it cannot be."""

import pytest
from tests.rating.small_cycle import CLOSING, SmallCity

from gongbao.rating.models import State
from gongbao.rating.services.run_tasks import run_in_background, run_task_newest


def test_the_run_of_a_closed_cycle_is_made(small: SmallCity) -> None:
    small.step(State.CLOSED, CLOSING, waive=["sources"], because="其余来源本期未提供")
    told = run_in_background.call("2026H1", small.people["officer"].pk, "")
    assert told == {"run": str(small.fresh().draft_id)}


def test_where_it_cannot_be_made_it_says_why_and_under_which_clause(small: SmallCity) -> None:
    told = run_in_background.call("2026H1", small.people["officer"].pk, "")
    assert told["cite"] == "京建法〔2025〕2号 第十一条"
    assert small.fresh().runs.count() == 0


@pytest.mark.django_db
def test_the_newest_task_is_found_by_its_cycle(small: SmallCity) -> None:
    run_in_background.enqueue("2026H1", small.people["officer"].pk, "")
    assert run_task_newest("2026H2") is None
    found = run_task_newest("2026H1")
    assert found is not None
    assert found.status == "READY"
