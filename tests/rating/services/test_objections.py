"""Objections: in time or refused with the date that passed; one re-run; one more window for whoever it changed."""

from datetime import date, datetime
from typing import Any

import pytest
from django.http import Http404
from tests.rating.small_cycle import FOUR, ONE, TWO, SmallCity, at, everything, projects

from gongbao.archive.selectors import dossier_entries
from gongbao.cases.models import Notice
from gongbao.cases.services.engine import case_move
from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Fact, Objection, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.cycles import steps_onward
from gongbao.rating.selectors.objections import objection_refusal, objections_open, upheld_after_final
from gongbao.rating.services.objections import left_out_ask, objection_lodge
from gongbao.rating.services.rows import fact_end, file_import

IN_TIME, OVER = at("07-16 10:00"), at("07-25 00:00:00")


def lodge(small: SmallCity, now: datetime = IN_TIME, who: str = "clerk", uscc: str = ONE, **more: Any) -> Objection:
    given = {"indicators": ["waste"], "contested": "罚单", "grounds": "当事人不是本企业"} | more
    return objection_lodge(cycle=small.fresh(), uscc=uscc, actor=small.actor(who, now), now=now, **given)


def move(small: SmallCity, objection: Objection, step: str, now: datetime, who: str = "officer", **fields: str) -> None:
    track = objection.case.tracks.get()
    case_move(
        case=objection.case, track=track.code, move=step, version=track.version, actor=small.people[who], now=now,
        fields=fields,
    )  # fmt: skip


@pytest.mark.parametrize("moment", ["07-15 10:00:01", "07-24 23:59:59"])
def test_an_objection_in_the_window_is_taken(small: SmallCity, moment: str) -> None:
    small.release()
    made = lodge(small, at(moment))
    assert made.case.process == "objection" and made.window == small.cycle.windows.get()
    assert made.case.subject == f"enterprise/{ONE}"
    assert list(objections_open(small.cycle)) == [made]


def test_an_objection_one_second_late_is_refused_with_the_date_that_passed(small: SmallCity) -> None:
    small.release()
    seen = everything()
    with pytest.raises(MoveRefused) as refused:
        lodge(small, OVER)
    assert "2026-07-24" in refused.value.refused.because.zh and "2026-07-24" in refused.value.refused.because.en
    assert refused.value.refused.cite == "京建法〔2025〕2号 第十二条"
    assert everything() == seen


def test_before_the_release_nobody_can_object(small: SmallCity) -> None:
    with pytest.raises(MoveRefused) as refused:
        lodge(small)
    assert "还没有发布" in refused.value.refused.because.zh


def test_only_the_enterprise_itself_objects_and_others_learn_nothing(small: SmallCity) -> None:
    small.release()
    for who in ("rival", "officer", "reviewer"):
        with pytest.raises(Http404):
            lodge(small, who=who)


def test_a_form_sent_twice_objects_once(small: SmallCity) -> None:
    small.release()
    first = lodge(small, token="t1", files=[("说明.txt", "说明".encode())])
    seen = everything()
    assert lodge(small, token="t1", files=[("说明.txt", "说明".encode())]) == first
    assert everything() == seen and StoredFile.objects.get().belongs_to == f"rating/2026H1/{ONE}"


@pytest.mark.parametrize("more", [{"indicators": ["nothing"]}, {"contested": ""}, {"grounds": " "}])
def test_an_objection_that_is_not_filled_in_leaves_nothing(small: SmallCity, more: dict[str, Any]) -> None:
    small.release()
    seen = everything()
    with pytest.raises(BadInput):
        lodge(small, **more)
    assert everything() == seen


def lacking(small: SmallCity, now: datetime) -> list[str]:
    (step,) = steps_onward(small.fresh(), now)
    return [lack.code for lack in step.lacks]


def test_the_result_is_final_only_once_every_objection_is_answered_and_worked_in(small: SmallCity) -> None:
    small.release()
    made = lodge(small)
    assert lacking(small, OVER) == ["answered"]
    with pytest.raises(MoveRefused):  # one re-run, after the last answer
        small.run(OVER)
    fact_end(fact=Fact.objects.get(), because="查实", actor=small.actor("officer", OVER), now=OVER)
    move(small, made, "uphold", OVER, answer="异议成立")
    assert lacking(small, OVER) == ["run"]


def test_asking_the_source_does_not_make_it_answered(small: SmallCity) -> None:
    small.release()
    made = lodge(small)
    move(small, made, "ask", IN_TIME, owner="bureau", question="请核实")
    assert lacking(small, OVER) == ["answered"]


def test_a_withdrawn_or_rejected_objection_stands_in_nobodys_way(small: SmallCity) -> None:
    small.release()
    move(small, lodge(small), "withdraw", IN_TIME, who="clerk")
    move(small, lodge(small), "reject", IN_TIME, answer="事实无误")
    assert lacking(small, OVER) == []


def test_whoever_a_re_run_changed_gets_one_more_window_limited_to_the_change(small: SmallCity) -> None:
    small.release()
    made = lodge(small)
    fact_end(fact=Fact.objects.get(), because="查实", actor=small.actor("officer", IN_TIME), now=IN_TIME)
    move(small, made, "uphold", IN_TIME, answer="异议成立")
    rerun = at("07-27 10:00")
    before = small.fresh().draft
    after = small.run(rerun)
    second = small.cycle.windows.get(round=2)
    assert second.last_day == date(2026, 8, 5)
    old, new = (run.scores.get(uscc=ONE) for run in (before, after))
    assert new.score - old.score == 20_000 and list(second.changed) == [ONE]
    told = Notice.objects.filter(title__contains="有变化")
    assert [notice.person.username for notice in told] == ["clerk"]
    assert dossier_entries(f"enterprise/{ONE}").last().kind == "rating.changed"
    assert lacking(small, at("08-05 23:59:59")) == ["windows_over"]
    assert objection_refusal(small.fresh(), ONE, at("08-05 23:59:59")) is None
    refused = objection_refusal(small.fresh(), TWO, at("08-05 10:00"))
    assert refused and refused.cite == "I-38"
    again = lodge(small, at("08-05 10:00"))
    move(small, again, "uphold_partly", at("08-06 10:00"), answer="部分成立")
    assert lacking(small, at("08-06 11:00")) == ["run"]
    small.run(at("08-06 11:00"))
    assert small.cycle.windows.count() == 2  # there is no third one
    assert lacking(small, at("08-06 11:00")) == []


def test_a_re_run_that_changes_nobody_opens_no_window(small: SmallCity) -> None:
    small.release()
    move(small, lodge(small), "uphold", IN_TIME, answer="程序有误,结果不变")
    small.run(OVER)
    assert small.cycle.windows.count() == 1 and lacking(small, OVER) == []


def test_an_appeal_does_not_delay_the_result_and_when_upheld_is_a_ground_for_correction(small: SmallCity) -> None:
    small.release()
    made = lodge(small)
    move(small, made, "reject", at("07-23 10:00"), answer="事实无误")
    move(small, made, "appeal", at("07-24 10:00"), who="clerk", grounds="仍不认可")
    small.step(State.FINAL, OVER)
    cycle = small.step(State.PUBLISHED, OVER)
    assert not upheld_after_final(cycle).exists()
    move(small, made, "uphold_appeal", at("07-28 10:00"), answer="申诉成立")
    assert list(upheld_after_final(cycle)) == [made]
    assert small.step(State.CLOSED, at("07-29 10:00"), because="申诉成立").revision == 1


# --- left out ---------------------------------------------------------------------------------------------------------


def without_four(small: SmallCity) -> None:
    """FOUR has no project in the cycle."""
    rows = [row for row in projects() if row["project_id"] == "P4"]
    rows[0]["managed_until"] = "2025-12-31"
    file_import(
        cycle=small.cycle, source=small.file(projects=rows), actor=small.actor("officer"), now=at("07-01 10:00")
    )


def ask(small: SmallCity, now: datetime, who: str = "fourth", uscc: str = FOUR) -> Objection:
    return left_out_ask(cycle=small.fresh(), uscc=uscc, grounds="管理着项目", actor=small.actor(who, now), now=now)


def test_one_that_was_left_out_asks_from_the_release_until_archiving(small: SmallCity) -> None:
    without_four(small)
    with pytest.raises(MoveRefused):
        ask(small, at("07-14 10:00"))
    small.release()
    refused = objection_refusal(small.fresh(), FOUR, IN_TIME)
    assert refused and "漏评" in refused.because.zh
    made = ask(small, IN_TIME)
    assert made.case.deadlines.get().due == date(2026, 7, 27)
    assert lacking(small, OVER) == []  # outside the course of objections
    small.step(State.FINAL, OVER)
    small.step(State.PUBLISHED, OVER)
    ask(small, at("07-27 10:00"))
    small.step(State.ARCHIVED, at("07-28 10:00"))
    with pytest.raises(MoveRefused):
        ask(small, at("07-28 10:01"))


def test_one_that_was_rated_objects_instead(small: SmallCity) -> None:
    small.release()
    with pytest.raises(MoveRefused) as refused:
        ask(small, IN_TIME, who="clerk", uscc=ONE)
    assert "异议" in refused.value.refused.because.zh


def test_a_request_upheld_before_the_final_result_asks_for_a_re_run(small: SmallCity) -> None:
    without_four(small)
    small.release()
    move(small, ask(small, IN_TIME), "uphold", at("07-17 10:00"), answer="确有漏评")
    assert lacking(small, OVER) == ["run"]
