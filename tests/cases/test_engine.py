"""Every move goes through one engine: who, where from, with what; and a refusal changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.cases.city import City, at

from gongbao.archive.models import Entry
from gongbao.archive.selectors import dossier_entries, dossier_file, personal_values
from gongbao.cases.models import Case, CaseDeadline, Notice, Part, Step, Track
from gongbao.cases.refusals import MoveRefused, NotYours, TooLate
from gongbao.cases.services.engine import case_catch_up, case_move
from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.services import file_store
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Deputy, Membership

pytestmark = pytest.mark.django_db


def everything() -> list[Any]:
    """All rows that a move can touch."""
    models = (Case, Track, Part, CaseDeadline, Step, Notice, Entry, Paper, StoredFile)
    return [list(model.objects.order_by("pk").values()) for model in models]


def states(case: Case) -> str:
    return " ".join(track.state for track in case.tracks.all())


def running(case: Case) -> dict[str, date | None]:
    return {deadline.code: deadline.due for deadline in case.deadlines.filter(ended_at=None)}


def test_opening_starts_tracks_deadlines_dossier_and_notices(city: City) -> None:
    case = city.objection()
    assert case.number == f"2026-{case.pk:06d}" and case.edition == date(2026, 1, 1)
    assert states(case) == "lodged"
    assert running(case) == {"verify": date(2026, 7, 10)}  # 7 working days after Wednesday 1 July
    entry = dossier_entries(case.subject).get()
    assert entry.content["kind"] == "case.opened"
    assert entry.content["data"]["deadlines"] == {"verify": "2026-07-10"}
    assert sorted(notice.person.username for notice in Notice.objects.all()) == ["officer", "second"]


def test_a_deadline_remembers_rule_clause_and_every_day_counted(city: City) -> None:
    deadline = city.objection().deadlines.get()
    assert (deadline.code, deadline.cite, deadline.of) == ("verify", "京建法〔2025〕2号 第十二条", "commission")
    assert [day for day, *_ in deadline.counted] == [f"2026-07-{n:02d}" for n in range(2, 11)]
    assert [counts for _, _, counts, *_ in deadline.counted] == [True, True, False, False, *[True] * 5]


def test_a_move_changes_state_deadlines_dossier_and_history_together(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "uphold", answer="补录文件")
    case.refresh_from_db()
    assert (states(case), case.facts["outcome"], case.fields["answer"]) == ("answered", "upheld", "补录文件")
    assert running(case) == {"appeal": date(2026, 7, 9)}
    kept = case.deadlines.get(code="verify")
    assert (kept.outcome, kept.ended_at) == ("kept", at("07-02 10:00"))
    step = case.steps.last()
    assert step is not None and step.paper is not None
    assert (step.state_before, step.state_after, step.party) == ("lodged", "answered", "commission")
    assert step.paper.name == "异议处理结果告知书" and step.paper.issuer == "commission单位"
    assert step.entry.content["data"]["paper"] == {"code": step.paper.code, "sha256": step.paper.file.sha256}
    assert verify_file_lines(dossier_file(case.subject)) == []


@pytest.mark.parametrize(
    ("who", "step", "fields", "refusal"),
    [
        ("stranger", "withdraw", {}, NotYours),  # another enterprise
        ("manager", "withdraw", {}, NotYours),  # the enterprise, without the role
        ("clerk", "uphold", {"answer": "x"}, NotYours),  # the other party's move
        ("streetman", "report", {"answer": "x"}, NotYours),  # no part yet
        ("officer", "lapse", {}, NotYours),  # the clock's move
        ("officer", "uphold_appeal", {"answer": "x"}, MoveRefused),  # not from here
        ("officer", "burn", {}, BadInput),  # no such move
        ("officer", "uphold", {}, BadInput),  # a field missing
        ("officer", "uphold", {"answer": "  "}, BadInput),  # an empty field
        ("officer", "uphold", {"answer": "x", "outcome": "rejected"}, BadInput),  # a field that it does not take
        ("officer", "uphold", {"answer": "x" * 20_001}, BadInput),  # too long
        ("officer", "ask", {"owner": "nowhere", "question": "x"}, BadInput),  # no such organisation
    ],
)
def test_a_refused_move_says_why_and_changes_nothing(
    city: City, who: str, step: str, fields: dict[str, object], refusal: type[Exception]
) -> None:
    case = city.objection()
    before = everything()
    with pytest.raises(refusal) as caught:
        city.move(case, who, step, **fields)
    assert str(caught.value)
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "window", "refusal"),
    [("clerk", "past", MoveRefused), ("officer", "open", NotYours), ("clerk", "odd", BadInput)],
)
def test_a_refused_opening_leaves_nothing(city: City, who: str, window: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        city.objection(window=window, who=who)
    assert not Case.objects.exists() and not Entry.objects.exists()


def test_all_problems_of_a_form_are_told_at_once(city: City) -> None:
    case = city.objection()
    with pytest.raises(BadInput) as caught:
        city.move(case, "officer", "ask", owner="nowhere", colour="blue")
    assert {(p.column, p.value) for p in caught.value.problems} == {
        ("owner", "nowhere"),
        ("question", ""),
        ("colour", "blue"),
    }


def test_who_comes_second_is_told_who_was_first(city: City) -> None:
    case = city.objection()
    seen = case.tracks.get().version
    city.move(case, "officer", "uphold", answer="是")
    before = everything()
    with pytest.raises(TooLate) as caught:
        case_move(
            case=case, track="objection", move="reject", version=seen,
            actor=city.people["second"], now=at("07-02 10:01"), fields={"answer": "否"},
        )  # fmt: skip
    assert caught.value.refused.because.zh == "Officer已于 2026-07-02 10:00 办理“异议成立”,请刷新后再办"
    assert everything() == before


def test_a_deputy_acts_for_as_long_as_the_deputy_stands_in(city: City) -> None:
    case = city.objection()
    held = Membership.objects.get(person=city.people["officer"])
    Deputy.objects.create(
        membership=held, person=city.people["stranger"], first_day=date(2026, 7, 2), last_day=date(2026, 7, 2)
    )
    for day in ("07-01", "07-03"):
        with pytest.raises(NotYours):
            city.move(case, "stranger", "uphold", at(f"{day} 10:00"), answer="x")
    city.move(case, "stranger", "uphold", at("07-02 10:00"), answer="x")
    assert states(case) == "answered"


def test_who_has_left_can_move_nothing_more(city: City) -> None:
    case = city.objection()
    Membership.objects.filter(person=city.people["officer"]).update(last_day=date(2026, 7, 1))
    with pytest.raises(NotYours):
        city.move(case, "officer", "uphold", answer="x")


def test_an_organisation_named_in_a_move_takes_its_part(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "ask", owner="street", question="属实?")
    assert case.parts.get(party="owner").organisation.code == "street"
    assert running(case) == {"verify": date(2026, 7, 10), "owner_answer": date(2026, 7, 7)}
    city.move(case, "streetman", "report", at("07-07 23:59"), answer="属实")
    assert (states(case), running(case)) == ("lodged", {"verify": date(2026, 7, 10)})


def test_a_deadline_ends_at_midnight_in_beijing(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "reject", answer="x")
    last = at("07-09 23:59") + timedelta(seconds=59)
    assert case_catch_up(case=case, now=last) == 0
    assert case_catch_up(case=case, now=last + timedelta(seconds=1)) == 1
    case.refresh_from_db()
    assert (states(case), case.ended_at) == ("closed", last + timedelta(seconds=1))
    step = case.steps.last()
    assert step is not None and (step.move, step.day, step.person) == ("lapse", date(2026, 7, 9), None)
    assert case_catch_up(case=case, now=at("08-01 10:00")) == 0


def test_an_appeal_one_second_late_finds_the_case_closed(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "reject", answer="x")
    with pytest.raises(TooLate) as caught:
        city.move(case, "clerk", "appeal", at("07-10 00:00"), grounds="不服")
    assert "系统" in caught.value.refused.because.zh and "申诉期届满" in caught.value.refused.because.zh
    assert states(case) == "closed" and case.deadlines.get(code="appeal").outcome == "passed"


def test_a_late_answer_counts_and_is_marked_late(city: City) -> None:
    case = city.objection()
    city.move(case, "officer", "reject", at("07-13 09:00"), answer="x")
    assert (states(case), case.deadlines.get(code="verify").outcome) == ("answered", "late")


def test_what_nobody_asks_for_any_more_is_neither_kept_nor_late(city: City) -> None:
    case = city.objection()
    city.move(case, "clerk", "withdraw")
    assert case.deadlines.get().outcome == "dropped"
    assert not Part.objects.filter(can_move=True).exists() and not Part.objects.exclude(due=None).exists()


def test_both_authorities_admit_on_the_same_day_and_their_clocks_start_together(city: City) -> None:
    case = city.place()
    city.move(case, "builder", "housing.find_ready", at("07-02 10:00"))
    assert states(case) == "ready received waiting"
    city.move(case, "fireman", "fire.find_ready", at("07-03 10:00"))
    case.refresh_from_db()
    assert states(case) == "admitted admitted waiting"
    assert case.marks["housing_admitted_on"] == case.marks["fire_admitted_on"] == "2026-07-03"
    assert running(case) == {"housing_decision": date(2026, 7, 14), "fire_decision": date(2026, 7, 14)}
    papers = Paper.objects.filter(name="受理凭证")
    assert sorted(paper.issuer for paper in papers) == ["fire单位", "housing单位"]
    assert {paper.issued_on for paper in papers} == {date(2026, 7, 3)}


def test_silence_admits_on_the_last_day_however_late_the_clock_looks(city: City) -> None:
    case = city.place()
    assert case_catch_up(case=case, now=at("07-20 09:00")) == 2
    case.refresh_from_db()
    assert states(case) == "admitted admitted waiting"
    assert case.marks["housing_admitted_on"] == "2026-07-08"
    assert running(case)["housing_decision"] == date(2026, 7, 17)
    assert set(Paper.objects.values_list("name", "issued_on")) == {("受理凭证", date(2026, 7, 8))}


def test_the_day_handed_in_at_the_desk_counts(city: City) -> None:
    case = city.place(now=at("07-03 10:00"), handed_in="2026-07-01")
    assert running(case)["fire_admission"] == date(2026, 7, 8)
    with pytest.raises(BadInput, match="不晚于今天"):
        city.place(now=at("07-03 10:00"), handed_in="2026-07-04")


def test_personal_fields_stay_out_of_the_chain_and_out_of_the_case(city: City) -> None:
    case = city.place()
    assert "address" not in case.fields
    entry = dossier_entries("place/1").get()
    assert "某路一号" not in entry.payload and personal_values(entry) == {"address": "某路一号"}


@pytest.mark.parametrize(("outcome", "state"), [("yes", "drawn"), ("no", "certified")])
def test_a_filing_is_drawn_in_the_breath_of_its_admission(
    city: City, drawn: Callable[[str], None], outcome: str, state: str
) -> None:
    drawn(outcome)
    case = city.place("filing")
    city.move(case, "builder", "housing.find_ready")
    city.move(case, "fireman", "fire.find_ready")
    case.refresh_from_db()
    assert case.facts["drawn"] == outcome and states(case) == f"{state} admitted waiting"


def test_a_draw_that_nobody_supplies_stops_the_whole_move(city: City) -> None:
    case = city.place("filing")
    city.move(case, "builder", "housing.find_ready")
    before = everything()
    with pytest.raises(LookupError):
        city.move(case, "fireman", "fire.find_ready")
    assert everything() == before


def test_a_suspension_adds_the_working_days_it_took(city: City) -> None:
    case = city.place()
    city.move(case, "builder", "housing.find_ready")
    city.move(case, "fireman", "fire.find_ready")  # both due on 13 July
    city.move(case, "builder", "housing.suspend", at("07-06 10:00"), pause_ground="专家评审", pause_until="2026-07-14")
    assert running(case) == {
        "housing_decision": None,
        "fire_decision": date(2026, 7, 13),
        "housing_pause": date(2026, 7, 14),
    }
    assert case_catch_up(case=case, now=at("07-14 23:59")) == 0
    assert case_catch_up(case=case, now=at("07-15 00:00")) == 1
    # 7 working days from Monday 6 to Tuesday 14 July did not count
    assert running(case) == {"housing_decision": date(2026, 7, 22), "fire_decision": date(2026, 7, 13)}
    deadline = case.deadlines.get(code="housing_decision")
    assert deadline.pauses == [["2026-07-06", "2026-07-14"]] and deadline.outcome == "running"
    assert "paused" in {kind for _, kind, *_ in deadline.counted}


def test_files_are_named_in_the_dossier_by_their_hash(city: City) -> None:
    case = city.objection()
    file = file_store(
        name="说明.txt", content="说明".encode(), belongs_to=f"case/{case.number}", by=None, at=at("07-02 09:00")
    )
    case_move(
        case=case, track="objection", move="withdraw", version=0, actor=city.people["clerk"],
        now=at("07-02 10:00"), files=[file],
    )  # fmt: skip
    step = case.steps.last()
    assert step is not None and list(step.files.all()) == [file]
    assert step.entry.content["data"]["files"] == [file.sha256]


def test_a_paper_that_cannot_be_made_takes_the_whole_move_back(city: City) -> None:
    case = city.objection()
    before = everything()
    with pytest.raises(BadInput, match="字库"):
        city.move(case, "officer", "uphold", answer="😀")
    assert everything() == before and connection.in_atomic_block


def test_a_case_stays_under_the_edition_it_began_under(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from gongbao.cases import tables

    case = city.objection()
    old = tables.process_of("objection", case.edition)
    newer = replace(old, edition=date(2026, 7, 2), moves=())
    both = {**tables.processes(), ("objection", newer.edition): newer}
    monkeypatch.setattr(tables, "processes", lambda: both)
    assert tables.process_on("objection", date(2026, 7, 1)) is old
    assert tables.process_on("objection", date(2026, 7, 2)) is newer
    city.move(case, "officer", "uphold", answer="x")
    assert states(case) == "answered"
    with pytest.raises(KeyError):
        tables.process_on("objection", date(2025, 12, 31))
