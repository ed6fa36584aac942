"""What a published result is used for: certificates, and inspection plans that anybody can draw again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.rating.small_cycle import ONE, TWO, SmallCity, at, everything

from gongbao.config.cli import gongbao
from gongbao.documents.models import Paper
from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Fact, Inspection, InspectionPlan, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.inspections import inspections_of, plan_list_csv, plan_redraw
from gongbao.rating.services.certificates import certificate_issue
from gongbao.rating.services.inspections import inspection_record, plan_draw, plan_make
from gongbao.rating.services.rows import fact_end
from gongbao.web.errors import NotAllowed

OVER, LATER = at("07-25 00:00:00"), at("07-28 10:00")
RATES = {"A": "0.1", "B": "0.5", "C": "1", "D": "1"}
TIMES = {"A": 1, "B": 1, "C": 2, "D": 3}


def plan(small: SmallCity, who: str = "reviewer", place: str = "district", **more: Any) -> InspectionPlan:
    where = small.organisations["street"] if place == "street" else small.organisations["bureau"].parent
    given = {"rates": RATES, "times": TIMES, "inspectors": ["检查员一", "检查员二", "检查员三"]} | more
    return plan_make(cycle=small.fresh(), place=where, actor=small.actor(who, LATER), now=LATER, **given)


def drawn(small: SmallCity, made: InspectionPlan, *parts: str) -> InspectionPlan:
    return plan_draw(plan=made, parts=parts, actor=small.actor("reviewer", LATER), now=LATER)


def test_c_and_d_are_inspected_more_often_and_anybody_can_draw_again(small: SmallCity, tmp_path: Path) -> None:
    small.publish(OVER)
    made = drawn(small, plan(small), "0123456")
    by_grade: dict[str, int] = {}
    for visit in inspections_of(made):
        by_grade[visit.grade] = by_grade.get(visit.grade, 0) + 1
        assert len(set(visit.inspectors)) == 2
    assert by_grade["C"] == 2 and by_grade["D"] == 3 and by_grade.get("B", 0) <= 2
    tickets = plan_redraw(InspectionPlan.objects.get())
    assert [(t.uscc, t.time) for t in tickets if t.hit] == sorted(
        inspections_of(made).values_list("uscc", "time"),
        key=lambda pair: [(t.uscc, t.time) for t in tickets].index(pair),
    )
    (tmp_path / "list.csv").write_text(plan_list_csv(made), encoding="utf-8")
    (tmp_path / "secret").write_text(made.secret, encoding="utf-8")
    asked = [str(tmp_path / "list.csv"), "--purpose", made.purpose, "--secret", str(tmp_path / "secret")]
    result = CliRunner().invoke(gongbao, ["draw", "draw", *asked, "--part", "0123456"])
    (tmp_path / "result.csv").write_text(result.output, encoding="utf-8")
    assert result.output.count(",yes\n") == made.inspections.count()
    known = ["--part", "0123456", "--commitment", made.commitment, "--list-hash", made.list_hash]
    verified = CliRunner().invoke(
        gongbao, ["draw", "verify", asked[0], str(tmp_path / "result.csv"), *asked[1:], *known]
    )
    assert verified.exit_code == 0, verified.output


def test_a_drawn_plan_is_not_drawn_again(small: SmallCity) -> None:
    small.publish(OVER)
    made = drawn(small, plan(small), "0123456")
    seen = everything()
    assert drawn(small, made, "another part").parts == ["0123456"]
    assert everything() == seen


def test_a_draw_needs_a_part_that_others_fixed(small: SmallCity) -> None:
    small.publish(OVER)
    made = plan(small)
    assert plan_redraw(made) == []
    seen = everything()
    with pytest.raises(BadInput):
        drawn(small, made, " ")
    assert everything() == seen


@pytest.mark.parametrize(
    "more",
    [
        {"rates": {**RATES, "D": "0.9"}},  # below C
        {"times": {**TIMES, "D": 1}},
        {"rates": {**RATES, "A": "2"}},
        {"rates": {"A": "0.1"}},
        {"times": {**TIMES, "D": 13}},
        {"times": {**TIMES, "A": 0}},
        {"inspectors": []},
        {"inspectors": ["一", "一"]},
    ],
)
def test_a_plan_that_is_wrong_leaves_nothing(small: SmallCity, more: dict[str, Any]) -> None:
    small.publish(OVER)
    seen = everything()
    with pytest.raises(BadInput):
        plan(small, **more)
    assert everything() == seen


def test_districts_and_streets_plan_for_themselves(small: SmallCity) -> None:
    with pytest.raises(MoveRefused):  # no published result yet
        plan(small)
    small.publish(OVER)
    for who in ("stranger", "clerk", "signer", "officer"):
        with pytest.raises(NotAllowed):
            plan(small, who)
    assert len(plan(small, "signer", "street").listed) == 4


def test_the_result_of_a_visit_is_recorded_once(small: SmallCity) -> None:
    small.publish(OVER)
    visit = drawn(small, plan(small), "0123456").inspections.first()

    def record(found: str, note: str = "", on: date = date(2026, 7, 28)) -> Inspection:
        return inspection_record(
            inspection=visit, found=found, note=note, done_on=on, actor=small.actor("reviewer", LATER), now=LATER
        )

    for found, note, on in (
        ("fine", "", date(2026, 7, 28)),
        ("mend", "", date(2026, 7, 28)),
        ("nothing", "", date(2026, 7, 29)),
    ):
        with pytest.raises(BadInput):
            record(found, note, on)
    assert record("mend", "消防通道堵塞").found == "mend"
    with pytest.raises(MoveRefused):
        record("nothing")


# --- certificates -----------------------------------------------------------------------------------------------------


def certificate(small: SmallCity, who: str = "clerk", uscc: str = ONE) -> Any:
    return certificate_issue(cycle=small.fresh(), uscc=uscc, actor=small.actor(who, LATER), now=LATER)


def test_a_certificate_is_a_paper_with_a_code_and_is_given_once(small: SmallCity) -> None:
    with pytest.raises(MoveRefused):
        certificate(small)
    small.publish(OVER)
    made = certificate(small)
    rows = dict(made.paper.content["rows"])
    assert (rows["评价等级"], rows["评价周期"]) == ("B", "2026年上半年(试评价)")
    assert made.paper.issuer == "示例市住建委" and certificate(small) == made


def test_a_corrected_result_ends_the_certificates_that_no_longer_hold(small: SmallCity) -> None:
    small.publish(OVER)
    one, two = certificate(small), certificate(small, "officer", TWO)
    small.step(State.CLOSED, LATER, because="申诉成立")
    fact_end(fact=Fact.objects.get(), because="查实", actor=small.actor("officer", LATER), now=LATER)
    small.run(LATER)
    small.step(State.PRELIMINARY, LATER)
    small.step(State.OBJECTIONS, LATER)
    small.step(State.FINAL, at("08-07 10:00"))
    small.step(State.PUBLISHED, at("08-07 10:00"))
    states = dict(Paper.objects.values_list("pk", "state"))
    assert (states[one.paper.pk], states[two.paper.pk]) == (Paper.State.ANNULLED, Paper.State.VALID)
    assert dict(certificate(small).paper.content["rows"])["结果更正"] == "第 1 次"
