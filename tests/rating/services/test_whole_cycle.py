"""A cycle from collecting to an archived, verified dossier."""

from tests.rating.small_cycle import CLOSING, ONE, RELEASE, SmallCity, at

from gongbao.archive.selectors import dossier_file
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.rating.models import State
from gongbao.rating.services.runs import run_make


def test_a_cycle_goes_from_collecting_to_a_dossier_that_verifies(small: SmallCity) -> None:
    small.step(State.CLOSED, CLOSING, waive=["sources"], because="其余来源本期未提供")
    run = run_make(cycle=small.fresh(), actor=small.actor("officer"), now=CLOSING)
    assert run.enterprises == 4
    small.step(State.PRELIMINARY, CLOSING)
    small.step(State.OBJECTIONS, RELEASE)
    small.step(State.FINAL, at("07-25 00:00"))
    small.step(State.PUBLISHED, at("07-27 10:00"))
    small.step(State.ARCHIVED, at("07-28 10:00"))
    assert verify_file_lines(dossier_file(f"enterprise/{ONE}")) == []
    assert verify_file_lines(dossier_file("rating/2026H1")) == []
