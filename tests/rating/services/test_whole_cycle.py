"""A cycle from collecting to an archived, verified dossier; and steps that are not taken."""

from datetime import date, datetime
from itertools import product

import pytest
from tests.rating.small_cycle import CLOSING, LAST_DAY, ONE, RELEASE, SmallCity, at, enterprises, everything, projects

from gongbao.archive.selectors import dossier_entries, dossier_file
from gongbao.cases.models import CalendarYear, Notice
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.problem import BadInput
from gongbao.rating.frame import recount
from gongbao.rating.models import Fact, RatingCycle, State, Window
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.conditions import CONDITIONS
from gongbao.rating.selectors.cycles import cycle_history, is_being_corrected, steps_onward
from gongbao.rating.selectors.results import history_of
from gongbao.rating.selectors.settings import setting
from gongbao.rating.services.cycles import cycle_open, cycle_settings_change, cycle_standard_change, cycle_step
from gongbao.rating.services.rows import fact_end, file_import
from gongbao.rating.services.windows import window_open
from gongbao.rating.tables.course import steps
from gongbao.rating.tables.standards import standard_text
from gongbao.web.errors import NotAllowed

OVER = at("07-25 00:00")


def test_a_cycle_goes_from_collecting_to_a_dossier_that_verifies(small: SmallCity) -> None:
    small.close()
    run = small.run(CLOSING)
    assert (run.enterprises, run.grades) == (4, {"A": 0, "B": 2, "C": 1, "D": 1})
    small.step(State.PRELIMINARY, CLOSING)
    small.step(State.OBJECTIONS, RELEASE)
    small.step(State.FINAL, OVER)
    cycle = small.step(State.PUBLISHED, OVER)
    assert cycle.public == run and [score.rank for score in history_of(ONE)] == [1]
    cycle = small.step(State.ARCHIVED, at("07-28 10:00"))
    assert verify_file_lines(dossier_file(f"enterprise/{ONE}")) == []
    assert verify_file_lines(dossier_file("rating/2026H1")) == []
    kinds = [entry.kind for entry in dossier_entries(f"enterprise/{ONE}")]
    assert kinds == ["rating.delivered", "rating.released", "rating.published"]
    told = [(step.state_after, step.by.username, step.because) for step in reversed(cycle_history(cycle))]
    assert told[1] == ("closed", "officer", "其余来源本期未提供")
    assert [state for state, *_ in told] == [s for s, _ in State.choices]
    decided = cycle_history(cycle).get(state_after="closed").decided
    assert decided["sources"][0].startswith("hotline: 5")


def test_the_first_cycle_is_marked_as_a_trial_and_the_second_is_not(small: SmallCity) -> None:
    assert small.cycle.trial
    later = cycle_open(code="2026H2", actor=small.actor("officer"), now=at("07-01 10:00"))
    assert not later.trial


ALLOWED = {(step.before, step.after) for step in steps()}


@pytest.mark.parametrize(("before", "after"), sorted(set(product(State.values, State.values)) - ALLOWED))
def test_no_step_can_be_taken_that_the_table_does_not_hold(small: SmallCity, before: str, after: str) -> None:
    RatingCycle.objects.update(state=before)
    seen = everything()
    with pytest.raises(MoveRefused):
        small.step(State(after), OVER, because="理由")
    assert everything() == seen


def test_an_end_is_reachable_from_every_state() -> None:
    reached = {State.ARCHIVED.value}
    while more := {before for before, after in ALLOWED if after in reached} - reached:
        reached |= more
    assert reached == set(State.values)


def lacks(city: SmallCity, to: State, now: datetime) -> list[str]:
    step = next(step for step in steps_onward(city.fresh(), now) if step.to == to)
    return [lack.code for lack in step.lacks]


def test_every_condition_of_the_table_is_known() -> None:
    assert {name for step in steps() for name in step.needs} == set(CONDITIONS)


@pytest.mark.parametrize(
    ("moment", "lacking"), [("06-30 23:59:59", ["cycle_over", "sources"]), ("07-01 00:00:00", ["sources"])]
)
def test_collecting_closes_only_once_the_cycle_is_over(small: SmallCity, moment: str, lacking: list[str]) -> None:
    assert lacks(small, State.CLOSED, at(moment)) == lacking


def test_missing_sources_are_listed_and_decided_on_with_a_reason(small: SmallCity) -> None:
    seen = everything()
    with pytest.raises(MoveRefused) as refused:
        small.step(State.CLOSED, CLOSING)
    assert "12345" in refused.value.refused.because.zh and "第十条" in refused.value.refused.cite
    with pytest.raises(BadInput):
        small.step(State.CLOSED, CLOSING, waive=["sources"])
    assert everything() == seen


def test_closing_needs_credit_data_and_names_who_has_none(small: SmallCity) -> None:
    row = {**enterprises()[0], "credit_score": ""}
    officer = small.actor("officer")
    file_import(cycle=small.cycle, source=small.file(enterprises=[row]), actor=officer, now=at("07-02 10:00"))
    assert lacks(small, State.CLOSED, CLOSING) == ["credit_complete", "sources"]
    rows = [{**row, "credit_score": ""} for row in enterprises()]
    file_import(cycle=small.cycle, source=small.file(enterprises=rows), actor=officer, now=at("07-02 10:00"))
    assert lacks(small, State.CLOSED, CLOSING) == ["credit_delivered", "credit_complete", "sources"]
    with pytest.raises(MoveRefused):  # nothing at all cannot be decided away
        small.step(State.CLOSED, CLOSING, waive=["credit_delivered", "credit_complete", "sources"], because="理由")


def test_collecting_can_open_again_with_a_reason(small: SmallCity) -> None:
    small.close()
    with pytest.raises(BadInput):
        small.step(State.COLLECTING, CLOSING)
    assert small.step(State.COLLECTING, CLOSING, because="街道补报").state == State.COLLECTING


def test_a_preliminary_result_needs_a_run_that_has_seen_everything(small: SmallCity) -> None:
    small.close()
    assert lacks(small, State.PRELIMINARY, CLOSING) == ["run"]
    small.run(CLOSING)
    assert lacks(small, State.PRELIMINARY, CLOSING) == []
    fact_end(fact=Fact.objects.get(), because="已撤销", actor=small.actor("officer", CLOSING), now=CLOSING)
    assert lacks(small, State.PRELIMINARY, CLOSING) == ["run"]


def test_the_window_has_seven_working_days_after_the_release(small: SmallCity) -> None:
    small.release()
    window = small.cycle.windows.get()
    assert window.last_day == LAST_DAY and not window.provisional
    assert sum(counts for _, _, counts, *_ in window.counted) == 7
    told = Notice.objects.filter(title__contains="初步评价结果").values_list("person__username", "due")
    assert sorted(told) == [(name, LAST_DAY) for name in ("clerk", "fourth", "rival", "third")]


def test_a_holiday_in_the_window_moves_its_last_day(small: SmallCity) -> None:
    holiday = {
        "names": {"演示节": "Demo day"},
        "years": {"2026": {"演示节": {"from": "2026-07-20", "to": "2026-07-20"}}},
    }
    CalendarYear.objects.create(year=2026, document=holiday, loaded_at=RELEASE)
    small.release()
    assert small.cycle.windows.get().last_day == date(2026, 7, 27)


def provisional(small: SmallCity) -> Window:
    """Released at the end of a year whose next one has no calendar yet."""
    opened = datetime.fromisoformat("2035-12-27T10:00:00+08:00")
    small.release()
    small.cycle.windows.all().delete()
    window = window_open(small.fresh(), small.cycle.draft, opened)
    assert (window.last_day, window.provisional) == (date(2036, 1, 7), True)
    return window


NEW_YEAR = {"names": {"元旦": "New Year"}, "years": {"2036": {"元旦": {"from": "2036-01-01", "to": "2036-01-02"}}}}


@pytest.mark.parametrize(
    ("moment", "moved"), [("2036-01-07T23:59:59+08:00", True), ("2036-01-08T00:00:00+08:00", False)]
)
def test_a_provisional_window_is_worked_out_anew_once_the_calendar_is_there_and_not_after_it_is_over(
    small: SmallCity, moment: str, moved: bool
) -> None:
    window, now = provisional(small), datetime.fromisoformat(moment)
    seen = everything()
    recount(now)
    assert everything() == seen, "nothing is known yet"
    for year, document in (("2035", {"names": {}, "years": {"2035": {}}}), ("2036", NEW_YEAR)):
        CalendarYear.objects.create(year=int(year), document=document, loaded_at=now)
    recount(now)
    window.refresh_from_db()
    assert (window.last_day == date(2036, 1, 9), window.provisional) == (moved, not moved)
    told = Notice.objects.filter(title__contains="最后一日有变化").values_list("person__username", flat=True)
    assert sorted(told) == (["clerk", "fourth", "rival", "third"] if moved else [])
    kinds = [entry.kind for entry in dossier_entries("rating/2026H1")]
    assert ("rating.window_recounted" in kinds) == moved
    seen = everything()
    recount(now)
    assert everything() == seen


@pytest.mark.parametrize(("moment", "lacking"), [("07-24 23:59:59", ["windows_over"]), ("07-25 00:00:00", [])])
def test_a_result_is_final_only_once_the_window_is_over(small: SmallCity, moment: str, lacking: list[str]) -> None:
    small.release()
    assert lacks(small, State.FINAL, at(moment)) == lacking


def test_a_longer_window_can_be_set_and_a_shorter_one_cannot(small: SmallCity) -> None:
    def change(value: object, because: str = "临近节假日") -> RatingCycle:
        cycle = small.fresh()
        return cycle_settings_change(
            cycle=cycle, settings={"objection_workdays": value, "public_breakdown": "score"}, because=because,
            version=cycle.version, actor=small.actor("officer"), now=CLOSING,
        )  # fmt: skip

    for value, because in ((6, "临近节假日"), (31, "临近节假日"), ("many", "临近节假日"), (8, " ")):
        seen = everything()
        with pytest.raises(BadInput):
            change(value, because)
        assert everything() == seen
    assert setting(change(8), "objection_workdays") == 8
    small.release()
    assert small.cycle.windows.get().last_day == date(2026, 7, 27)


def test_only_the_commission_takes_steps_and_two_clerks_do_not_take_one_twice(small: SmallCity) -> None:
    cycle, seen = small.fresh(), everything()
    step = {"cycle": cycle, "to": State.CLOSED, "now": CLOSING, "because": "理由", "waive": ["sources"]}
    for name in ("reviewer", "clerk", "signer", "enforcer"):
        with pytest.raises(NotAllowed):
            cycle_step(version=cycle.version, actor=small.actor(name), **step)
    assert everything() == seen
    cycle_step(version=cycle.version, actor=small.actor("officer"), **step)
    seen = everything()
    with pytest.raises(Stale):
        cycle_step(version=cycle.version, actor=small.actor("second"), **step)
    assert everything() == seen


def test_a_published_result_is_corrected_by_a_revision_while_the_old_one_stays_public(small: SmallCity) -> None:
    cycle = small.publish(OVER)
    first = cycle.public
    with pytest.raises(BadInput):
        small.step(State.CLOSED, at("08-03 10:00"))
    cycle = small.step(State.CLOSED, at("08-03 10:00"), because="申诉成立")
    assert (cycle.revision, cycle.public, cycle.draft) == (1, first, None) and is_being_corrected(cycle)
    assert lacks(small, State.COLLECTING, at("08-03 10:00")) == ["first_result"]
    second = small.run(at("08-03 10:00"))
    small.step(State.PRELIMINARY, at("08-03 11:00"))
    small.step(State.OBJECTIONS, at("08-03 12:00"))
    window = small.cycle.windows.get(revision=1)
    assert window.last_day == date(2026, 8, 12)
    small.step(State.FINAL, at("08-13 09:00"))
    cycle = small.step(State.PUBLISHED, at("08-13 10:00"))
    assert cycle.public == second and not is_being_corrected(cycle)
    assert first.scores.count() == 4  # the old one stays readable


def test_a_standard_changes_inside_a_running_cycle_only_with_a_reason_and_before_a_result(small: SmallCity) -> None:
    other = standard_text().replace("points = -2\nsource", "points = -4\nsource", 1)

    def change(text: str, because: str) -> RatingCycle:
        cycle = small.fresh()
        return cycle_standard_change(
            cycle=cycle, standard=text, because=because, version=cycle.version,
            actor=small.actor("officer"), now=CLOSING,
        )  # fmt: skip

    seen = everything()
    for text, because in ((other, ""), ("id = 1", "修订"), (other.replace("2026H1", "2030H1"), "修订")):
        with pytest.raises(BadInput):
            change(text, because)
    assert everything() == seen
    assert change(other, "文件修订").standard == other
    small.release()
    with pytest.raises(MoveRefused):
        change(standard_text(), "再修订")


def test_a_cycle_opens_once_and_only_under_a_standard_that_holds(small: SmallCity) -> None:
    for code in ("2026H1", "2025H2", "2026H3", "summer"):
        seen = everything()
        with pytest.raises(BadInput):
            cycle_open(code=code, actor=small.actor("officer"), now=CLOSING)
        assert everything() == seen


def test_an_enterprise_that_managed_nothing_takes_no_part(small: SmallCity) -> None:
    rows = [row for row in projects() if row["project_id"] == "P4"]
    rows[0]["managed_until"] = "2025-12-31"
    file_import(cycle=small.cycle, source=small.file(projects=rows), actor=small.actor("officer"), now=CLOSING)
    small.close()
    assert small.run(CLOSING).enterprises == 3
