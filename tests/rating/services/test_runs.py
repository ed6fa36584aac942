"""Runs: the same bytes as the command line, seen whole or not at all, and never by two clerks over each other."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.rating.small_cycle import CLOSING, ONE, TWO, SmallCity, at, complaints, enterprises, facts, projects

from gongbao.config.cli import gongbao
from gongbao.rating.models import Fact, Line, Run, Score, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.downloads import csv_hash, csv_text, ledger_table, scores_table
from gongbao.rating.selectors.live import live_score
from gongbao.rating.selectors.results import compare, differences, district_table, ledger_of, migration, search
from gongbao.rating.services import runs
from gongbao.rating.services.rows import fact_end
from gongbao.rating.services.runs import run_make, runs_clear
from gongbao.web.errors import NotAllowed


def test_web_and_command_line_agree_to_the_byte(small: SmallCity, tmp_path: Path) -> None:
    source = small.file(enterprises=enterprises(), projects=projects(), complaints=complaints(), facts=facts())
    out = tmp_path / "out"
    done = CliRunner().invoke(gongbao, ["rate", str(source), "--cycle", "2026H1", "--out", str(out)])
    assert done.exit_code == 0, done.output
    small.close()
    run = small.run(CLOSING)
    assert csv_text(scores_table(run)) == (out / "scores.csv").read_text(encoding="utf-8")
    assert csv_text(ledger_table(run)) == (out / "ledger.csv").read_text(encoding="utf-8")
    about = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert {key: run.about[key] for key in ("standard", "cycle", "trial", "enterprises", "grades")} == {
        key: about[key] for key in ("standard", "cycle", "trial", "enterprises", "grades")
    }
    assert run.about["output"] == {"scores.csv": csv_hash(scores_table(run)), "ledger.csv": csv_hash(ledger_table(run))}


def test_the_live_score_is_that_of_a_run(small: SmallCity) -> None:
    live = {uscc: live_score(small.cycle, uscc) for uscc in small.codes}
    small.close()
    run = small.run(CLOSING)
    for score in run.scores.all():
        found = live[score.uscc]
        assert (found.score, found.base, found.bonus, found.deduction) == (
            score.score, score.base, score.bonus, score.deduction,
        )  # fmt: skip
        stored = [(e.line.indicator, e.line.project_id, e.line.points, e.facts) for e in ledger_of(run, score.uscc)]
        assert [(e.line.indicator, e.line.project_id, e.line.points, e.facts) for e in found.lines] == stored


def test_the_distance_to_the_next_grade_is_exact(small: SmallCity) -> None:
    small.publish(at("07-25 00:00"))
    scores = {score.uscc: score for score in small.fresh().public.scores.all()}
    third = live_score(small.cycle, small.codes[2])
    assert (third.rank, third.grade, third.next_grade) == (3, "C", "B")
    assert third.distance == scores[TWO].score - scores[small.codes[2]].score
    first = live_score(small.cycle, ONE)
    assert (first.grade, first.next_grade) == ("B", None)  # of four, nobody is A: 1 ÷ 4 > 10 %
    gaps = {gap.indicator: gap.points for gap in first.gaps}
    assert gaps["party_org"] == 10_000_000 and "credit" in gaps and "waste" not in gaps


def test_every_point_is_explained_with_clause_and_facts(small: SmallCity) -> None:
    small.close()
    lines = {line.line.indicator: line for line in ledger_of(small.run(CLOSING), ONE)}
    assert lines["credit"].says.zh == "结果90 × 50% = 45分" and lines["credit"].group == "base"
    assert lines["waste"].facts == ("F1",) and "附件" in lines["waste"].line.cite
    assert lines["zero_complaint"].project in ("P1家园", "P5家园")


def test_an_enterprise_is_found_by_name_code_estate_or_street(small: SmallCity) -> None:
    small.close()
    run = small.run(CLOSING)
    assert [score.uscc for score in search(run, "甲物业")] == [ONE]
    assert [score.uscc for score in search(run, ONE.lower())] == [ONE]
    assert {score.uscc for score in search(run, "P5家园")} == {ONE, TWO}
    assert search(run, "示例街道").count() == 4 and search(run, "示例街道 乙").count() == 1
    assert not search(run, "没有").exists()
    assert [(row.enterprises, row.district) for row in district_table(run)] == [(4, "西城区")]
    assert [score.uscc for score, _ in compare(run, [TWO, ONE, TWO, "X"])] == [TWO, ONE]


def test_the_difference_between_two_runs_names_who_moved_and_who_did_not(small: SmallCity) -> None:
    small.close()
    first = small.run(CLOSING)
    fact_end(fact=Fact.objects.get(), because="已撤销", actor=small.actor("officer", CLOSING), now=CLOSING)
    second = small.run(CLOSING)
    (moved,) = differences(first, second)
    assert (moved.uscc, moved.own, moved.itself) == (ONE, False, True)
    assert moved.after.score - moved.before.score == 20_000
    assert migration(first, second) == {("B", "B"): 2, ("C", "C"): 1, ("D", "D"): 1}


@pytest.mark.parametrize("state", [State.COLLECTING, State.FINAL, State.PUBLISHED, State.ARCHIVED])
def test_a_run_is_made_between_closing_and_the_final_result_only(small: SmallCity, state: State) -> None:
    small.cycle.__class__.objects.update(state=state)
    with pytest.raises(MoveRefused):
        small.run(CLOSING)
    assert not Run.objects.exists()


def test_only_the_commission_runs(small: SmallCity) -> None:
    small.close()
    with pytest.raises(NotAllowed):
        run_make(cycle=small.fresh(), actor=small.actor("reviewer"), now=CLOSING)


def test_progress_is_told_and_ends_at_a_hundred(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "BATCH", 5)
    small.close()
    told: list[int] = []
    run_make(cycle=small.fresh(), actor=small.actor("officer", CLOSING), now=CLOSING, progress=told.append)
    assert told == sorted(told) and told[-1] == 100 and len(told) > 2


def test_a_run_that_breaks_leaves_no_trace_and_the_old_result_stands(
    small: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.close()
    first = small.run(CLOSING)
    lines = Line.objects.count()

    def broken(percent: int) -> None:
        raise OSError

    with pytest.raises(OSError):
        run_make(cycle=small.fresh(), actor=small.actor("officer", CLOSING), now=CLOSING, progress=broken)
    assert (Run.objects.get(), Line.objects.count(), Score.objects.count()) == (first, lines, 4)
    assert small.fresh().draft == first


def test_of_two_clerks_who_run_at_once_the_second_is_told_and_leaves_nothing(small: SmallCity) -> None:
    small.close()
    made: list[Run] = []

    def meanwhile(percent: int) -> None:
        if not made:
            made.append(run_make(cycle=small.fresh(), actor=small.actor("second", CLOSING), now=CLOSING))

    with pytest.raises(Stale):
        run_make(cycle=small.fresh(), actor=small.actor("officer", CLOSING), now=CLOSING, progress=meanwhile)
    assert Run.objects.get() == made[0] == small.fresh().draft
    assert set(Line.objects.values_list("run", flat=True)) == {made[0].pk}


def test_what_a_stopped_process_left_is_cleared_after_a_day(small: SmallCity) -> None:
    run = Run.objects.create(cycle=small.cycle, revision=0, made_at=CLOSING)
    assert runs_clear(now=at("07-07 09:59")) == 0
    assert runs_clear(now=at("07-07 10:00")) == 1 and not Run.objects.filter(pk=run.pk).exists()
