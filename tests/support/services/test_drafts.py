"""An application while it is prepared: begun, filled in, complete or not, dropped."""

from typing import Any

import pytest
from django.http import Http404
from tests.support import applying
from tests.support.applying import NOW, ON, actor, begun, complete, described, uscc

from gongbao.archive.models import Entry
from gongbao.kernel.problem import BadInput
from gongbao.support.models import Application, MaterialSlot, Project
from gongbao.support.selectors.drafts import checklist, choices, lacking, matched
from gongbao.support.selectors.submission import warnings
from gongbao.support.services.drafts import draft_answer, draft_begin, draft_drop
from gongbao.support.services.materials import material_give, material_take_out, material_waive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    applying.people()


def words(application: Application) -> list[str]:
    return [lack.words.zh for lack in lacking(application)]


def test_what_one_can_apply_for_leaves_out_what_promises_no_money() -> None:
    applicant = begun().applicant
    found = {match.measure.code: match for match in choices(applicant, ON)}
    assert "mixed_scene" in found
    assert all(match.measure.promise != "none" for match in found.values())
    assert all("project.in_beijing" in found[code].needs for code in ("mixed_scene", "first_store"))


def test_a_draft_begins_with_a_slot_for_every_paper_and_with_what_is_on_file() -> None:
    application = begun("first_store")
    assert application.case is None
    assert application.programme == "consumption-2026"
    assert [row.slot for row in application.materials.all()] == [
        material.slot for material in applying.catalogue().by_code["first_store"].materials
    ]
    assert {row.state for row in application.materials.all()} == {"missing"}
    assert application.facts["entity"] == {"kind": "enterprise"}
    assert Entry.objects.filter(dossier__subject=f"support/{application.pk}", kind="support.begun").count() == 1


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"measure": "auto-7"}, "measure"),
        ({"measure": "unknown"}, "measure"),
        ({"project": " "}, "project"),
        ({"place": ""}, "place"),
        ({"facts": {"project": {"in_beijing": "yes"}}}, "in_beijing"),
    ],
)
def test_what_cannot_begin_is_refused_and_leaves_nothing(given: dict[str, Any], column: str) -> None:
    fields: dict[str, Any] = {"measure": "mixed_scene", "project": "a", "place": "b", **given}
    with pytest.raises(BadInput) as raised:
        draft_begin(uscc=uscc(), actor=actor(), now=NOW, **fields)
    assert column in {problem.column for problem in raised.value.problems}
    assert not Application.objects.exists()


def test_nobody_else_begins_or_changes_an_application_of_hers() -> None:
    application = begun()
    for login in ("city", "street", "editor"):
        with pytest.raises(Http404):
            draft_begin(uscc=uscc(), measure="mixed_scene", actor=actor(login), now=NOW, project="a", place="b")
        with pytest.raises(Http404):
            draft_answer(application=application, answers={}, actor=actor(login), now=NOW)
    assert Application.objects.count() == 1


def test_the_same_project_in_another_writing_is_the_same_project() -> None:
    first, second = (
        begun(project="示例广场 改造", place="示例路1号"),
        begun("ai_scene", project="示例广场改造", place="示例路 1 号"),
    )
    assert first.project == second.project
    assert Project.objects.count() == 1
    assert not [words for words, _ in warnings(first, ON) if "同一项目" in words.zh]  # drafts are in nobody's way


def test_answers_are_kept_taken_back_and_refused_as_a_whole() -> None:
    application = begun()
    draft_answer(application=application, answers={"project.in_beijing": True}, actor=actor(), now=NOW)
    with pytest.raises(BadInput) as raised:
        draft_answer(
            application=application,
            answers={"project.lawful_land_use": True, "project.started_on": "gestern", "project.site_kind": "moon"},
            actor=actor(),
            now=NOW,
        )
    assert {problem.column for problem in raised.value.problems} == {"started_on", "site_kind"}
    application.refresh_from_db()
    assert application.facts["project"] == {"in_beijing": True}
    draft_answer(application=application, answers={"project.in_beijing": None}, actor=actor(), now=NOW)
    application.refresh_from_db()
    assert application.facts["project"] == {}


def test_the_number_of_events_gives_each_its_slots_and_takes_empty_ones_away() -> None:
    application = begun("debut_centre")
    answers = {"project.debut_events": 3}
    draft_answer(application=application, answers=answers, actor=actor(), now=NOW)
    plans = application.materials.filter(slot="event_plan")
    assert sorted(plans.values_list("of", flat=True)) == ["1", "2", "3"]
    third = {"slot": "event_plan", "of": "3", "actor": actor(), "now": NOW}
    application.refresh_from_db()
    material_give(application=application, **third, name="a.txt", content=b"a")
    draft_answer(application=application, answers={"project.debut_events": 1}, actor=actor(), now=NOW)
    assert sorted(plans.values_list("of", flat=True)) == ["1", "3"]  # what was put somewhere is not lost


def test_a_draft_says_everything_that_is_missing_with_its_clause() -> None:
    application = begun()
    found = lacking(application)
    assert {lack.part for lack in found} == {"application", "facts", "ledger", "materials"}
    told = words(application)
    assert "请填写开户银行" in told
    assert "请上传投资明细" in told
    assert "请提交:项目申报书" in told
    assert any(word.startswith("请回答:") for word in told)
    assert {lack.cite for lack in found if lack.part == "materials"} >= {"京商消二字〔2026〕3号 三（二）1"}


def test_a_complete_draft_lacks_nothing_and_a_condition_that_is_not_met_is_a_warning() -> None:
    application = complete()
    assert words(application) == []
    draft_answer(application=application, answers={"entity.fiscal_arrears": True}, actor=actor(), now=NOW)
    application.refresh_from_db()
    ((only, cite),) = warnings(application, ON)
    assert only.zh.startswith("不得有:")
    assert cite == "京商消二字〔2026〕3号 二（五）6"
    assert words(application) == []  # it can be sent all the same, and is refused with a paper


@pytest.mark.parametrize(("opened", "early"), [("2026-02-02", False), ("2026-02-03", False), ("2026-02-04", True)])
def test_six_months_after_the_opening_is_the_first_day(opened: str, early: bool) -> None:
    application = complete("first_store")
    draft_answer(application=application, answers={"project.opened_on": opened}, actor=actor(), now=NOW)
    application.refresh_from_db()
    told = [told.zh for told, _ in warnings(application, ON)]
    assert bool(told) is early
    if early:
        assert "最早可于 2026-08-04 申报" in told[0]
        assert matched(application, ON).first_day.isoformat() == "2026-08-04"


def test_photos_take_pictures_alone_and_two_fill_the_slot() -> None:
    application = begun("first_store")
    key: dict[str, Any] = {"application": application, "slot": "store_photos", "of": "", "actor": actor(), "now": NOW}
    with pytest.raises(BadInput):
        material_give(**key, name="a.txt", content=b"no picture")
    row = application.materials.get(slot="store_photos")
    assert (row.files.count(), row.state) == (0, "missing")
    assert material_give(**key, name="a.png", content=applying.PICTURE).state == "missing"
    assert material_give(**key, name="b.png", content=applying.PICTURE).state == "given"
    assert material_take_out(**key, file=row.files.all()[0].pk).state == "missing"


def test_only_a_paper_with_a_condition_can_be_waived() -> None:
    application = begun("first_store")
    key: dict[str, Any] = {"application": application, "of": "", "actor": actor(), "now": NOW}
    assert material_waive(**key, slot="lease", waived=True).state == "not_needed"
    assert material_waive(**key, slot="lease", waived=False).state == "missing"
    with pytest.raises(BadInput):
        material_waive(**key, slot="trademark", waived=True)
    assert application.materials.get(slot="trademark").state == "missing"


def test_what_an_office_found_lacking_is_answered_with_a_new_paper() -> None:
    application = complete("first_store")
    row = application.materials.get(slot="trademark")
    row.state, row.remark = MaterialSlot.State.RETURNED, "请换清晰的扫描件"
    row.save()
    assert words(application) == ["请补正:商标注册证"]
    material_give(application=application, slot="trademark", of="", name="b.txt", content=b"b", actor=actor(), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.remark) == ("given", "")
    assert words(application) == []


def test_a_slot_that_is_not_due_does_not_exist() -> None:
    application = begun("first_store")
    with pytest.raises(Http404):
        material_give(
            application=application, slot="event_plan", of="", name="a.txt", content=b"a", actor=actor(), now=NOW
        )
    assert len(checklist(application)) == application.materials.count()


def test_co_investors_are_branches_or_wholly_owned_and_forms_are_listed() -> None:
    application = begun()
    with pytest.raises(BadInput) as raised:
        described(
            application, co_investors=[{"name": "示例", "relation": "friend"}], project_form="underwater", project=""
        )
    assert {p.column for p in raised.value.problems} == {"co_investors", "project_form", "project"}
    application.refresh_from_db()
    assert (application.bank, application.co_investors, application.project_form) == ("", [], "")
    described(application, co_investors=[{"name": "示例分公司 ", "relation": "branch"}], related_names=["示例甲"])
    application.refresh_from_db()
    assert application.co_investors == [{"name": "示例分公司", "relation": "branch"}]
    assert application.related_names == ["示例甲"]


def test_a_draft_can_be_dropped() -> None:
    application = complete()
    draft_drop(application=application, actor=actor(), now=NOW)
    assert not Application.objects.exists()
    assert Entry.objects.filter(kind="support.dropped").count() == 1
