"""The course from the application to the decisions, through the services: papers, dates, draws, splits."""

import pytest
from django.http import Http404
from tests.firesafety.city import LAW, WHEN, District, at, states

from gongbao.cases.services.clock import tick
from gongbao.documents.access import refusal
from gongbao.documents.models import Paper
from gongbao.firesafety.models import Application, Delivery, Drawing, Place, Publication
from gongbao.firesafety.refusals import NotNow
from gongbao.firesafety.services.applications import (
    application_again,
    application_save,
    application_send,
    application_start,
    material_add,
)
from gongbao.firesafety.services.visits import inspector_name, inspector_recuse
from gongbao.kernel.problem import BadInput

pytestmark = pytest.mark.django_db
VISIT = at("2026-03-06 10:00")


def names(place: object) -> list[str]:
    return list(Paper.objects.filter(subject=f"fire/{place.pk}").order_by("pk").values_list("name", flat=True))  # type: ignore[attr-defined]


def test_joint_acceptance_runs_to_both_decisions_with_every_paper(district: District) -> None:
    place = district.send()
    assert states(place) == "received received waiting"
    district.admit(place)
    assert states(place) == "admitted admitted waiting"
    district.fix(place)
    district.visit(place, "housing", VISIT)
    assert "联合意见" not in names(place)
    district.visit(place, "fire", VISIT)
    assert states(place) == "visited visited over"
    district.move(place, "housing", "housing.approve", VISIT, opinion="合格")
    district.move(place, "fire", "fire.approve", VISIT, opinion="同意")
    assert states(place) == "approved approved over"
    assert names(place) == [
        "送达地址确认", "受理凭证", "受理凭证", "检查时间通知", "联合意见", "消防验收意见", "消防安全检查意见",
    ]  # fmt: skip
    assert Delivery.objects.filter(place=place, way="electronic").exclude(effective_on=None).count() == 6
    published = Publication.objects.filter(place=place)
    assert [(p.party, str(p.due), str(p.published_on)) for p in published.order_by("pk")] == [
        ("housing", "2026-03-17", "2026-03-06"), ("fire", "2026-03-17", "2026-03-06"),
    ]  # fmt: skip


def test_a_filing_is_drawn_on_the_day_of_acceptance_and_the_draw_is_kept(district: District) -> None:
    place = district.send(matter="filing")
    district.admit(place)
    drawing = Drawing.objects.get(place=place)
    assert states(place) == ("drawn admitted waiting" if drawing.drawn else "certified admitted waiting")
    assert drawing.rate == "3/10" and drawing.part == "8317" and drawing.day.day == WHEN.date()


def test_a_refusal_splits_and_a_new_application_for_that_matter_alone_takes_the_papers_over(
    district: District,
) -> None:
    place = district.send()
    district.move(place, "housing", "housing.find_ready")
    district.move(place, "fire", "fire.not_admit", reasons="不属于本级", right_authority="演示市消防部门")
    assert states(place) == "ordinary not_admitted over"
    refusal = Paper.objects.get(subject=f"fire/{place.pk}", name="不予受理凭证")
    assert ["应向其申请的机关", "演示市消防部门"] in refusal.content["rows"]
    again = application_again(place=place, scope=Application.Scope.FIRE, actor=district.actor("clerk"), now=WHEN)
    assert again.follows == place.application and not again.address_confirmed
    application_save(application=again, actor=district.actor("clerk"), now=WHEN, address_confirmed=True)
    application_send(application=again, actor=district.actor("clerk"), now=WHEN)
    alone = again.places.get()
    assert states(alone) == "not_applied received waiting"
    district.move(alone, "fire", "fire.find_ready")
    assert states(alone) == "not_applied ordinary over"


def test_nothing_is_applied_for_again_that_was_not_refused(district: District) -> None:
    place = district.send()
    with pytest.raises(NotNow):
        application_again(place=place, scope=Application.Scope.FIRE, actor=district.actor("clerk"), now=WHEN)
    assert Application.objects.count() == 1


def drawn(district: District) -> Place:
    """A filing that was drawn: parts are tried until one is."""
    for part in range(40):
        place = district.send(matter="filing", draw_part=str(part))
        district.admit(place)
        if Drawing.objects.get(place=place).drawn:
            return place
    raise AssertionError("no filing was drawn")


def test_a_failed_spot_check_stops_is_remedied_and_checked_again_in_the_same_filing(district: District) -> None:
    place = drawn(district)
    district.fix(place)
    district.visit(place, "housing", VISIT)
    district.move(
        place, "housing", "housing.stop", VISIT, reasons="疏散门上锁", remedies="拆除门锁", appeal=LAW
    )  # fmt: skip
    stopped = Paper.objects.get(subject=f"fire/{place.pk}", name="消防验收意见")
    assert ["需整改的内容", "拆除门锁"] in stopped.content["rows"]
    later = at("2026-03-09 10:00")
    district.move(place, "clerk", "housing.remedied", later, supplied="已拆除")
    assert place.inspections.get(party="housing", round=2).done_at is None
    with pytest.raises(BadInput):  # inspectors are named for each round
        district.move(place, "housing", "housing.recheck", later, housing_opinion="符合")
    district.visit(place, "housing", later, "recheck")
    district.move(place, "housing", "housing.approve", later, opinion="合格")
    stopped.refresh_from_db()
    assert (stopped.state, stopped.replaced_by and stopped.replaced_by.state) == ("replaced", "valid")
    assert Drawing.objects.filter(place=place).count() == 1 and states(place).startswith("approved")


def test_a_filing_that_is_not_drawn_is_visited_by_the_fire_authority_alone(district: District) -> None:
    for part in range(40):
        place = district.send(matter="filing", draw_part=str(part))
        district.admit(place)
        if not Drawing.objects.get(place=place).drawn:
            break
    district.fix(place)
    assert [one.party for one in place.inspections.all()] == ["fire"]
    district.visit(place, "fire", VISIT)
    district.move(place, "fire", "fire.approve", VISIT, opinion="同意")
    assert states(place) == "certified approved over"
    assert "建设工程消防验收备案凭证(未抽中)" in names(place) and "联合意见" not in names(place)


def test_the_visit_needs_two_inspectors_who_have_not_stepped_aside_and_its_day(district: District) -> None:
    place = district.send()
    district.admit(place)
    district.fix(place)
    first = inspector_name(
        place=place, party="fire", name="演示甲", card="京A1", actor=district.actor("fire"), now=WHEN
    )
    inspector_name(place=place, party="fire", name="演示乙", card="京A2", actor=district.actor("fire"), now=WHEN)
    with pytest.raises(BadInput, match="检查时间为"):
        district.move(place, "fire", "fire.visit", at("2026-03-05 10:00"), fire_opinion="符合")
    inspector_recuse(inspector=first, because="亲属", actor=district.actor("fire"), now=WHEN)
    with pytest.raises(BadInput, match="现有 1 名"):
        district.move(place, "fire", "fire.visit", VISIT, fire_opinion="符合")
    assert states(place) == "admitted admitted fixed"
    inspector_name(place=place, party="fire", name="演示丙", card="京A3", actor=district.actor("fire"), now=WHEN)
    district.move(place, "fire", "fire.visit", VISIT, fire_opinion="符合")
    assert states(place) == "admitted visited fixed"


def test_one_authority_names_no_inspectors_of_the_other(district: District) -> None:
    place = district.send()
    with pytest.raises(NotNow):
        inspector_name(place=place, party="housing", name="演示甲", card="京A1", actor=district.actor("fire"), now=WHEN)
    assert not place.inspections.exists()


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        ("2026-03-04 09:30", "太早"),  # the second working day ahead
        ("2026-03-07 09:30", "不是工作日"),
        ("2026-02-28 09:30", "太早"),  # a make-up Saturday, and past
        ("tomorrow", "日期和时间"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_the_reason(district: District, dates: str, wrong: str) -> None:
    place = district.send()
    district.admit(place)
    with pytest.raises(BadInput, match=wrong):
        district.move(place, "fire", "visit.propose", visit_dates=dates)
    assert states(place) == "admitted admitted waiting" and not place.offers.exists()
    district.move(place, "fire", "visit.propose", visit_dates="2026-03-05 09:30")  # the third


def test_the_applicant_chooses_among_the_proposed_dates_of_both(district: District) -> None:
    place = district.send()
    district.admit(place)
    district.move(place, "fire", "visit.propose", visit_dates="2026-03-05 09:30")
    district.move(place, "housing", "visit.propose_more", visit_dates="2026-03-06 14:00")
    with pytest.raises(BadInput, match="从机关提议的时间中选"):
        district.move(place, "clerk", "visit.agree", visit_at="2026-03-09 09:30")
    district.move(place, "clerk", "visit.agree", visit_at="2026-03-06 14:00")
    assert {one.party for one in place.inspections.filter(at=at("2026-03-06 14:00"))} == {"housing", "fire"}


def test_without_an_answer_the_first_proposed_date_holds_and_a_moved_date_replaces_the_paper(
    district: District,
) -> None:
    place = district.send()
    district.admit(place)
    district.move(place, "fire", "visit.propose", visit_dates="2026-03-06 14:00\n2026-03-05 09:30")
    tick(now=at("2026-03-05 00:01"))  # two working days are over
    assert states(place) == "admitted admitted fixed"
    assert place.inspections.get(party="fire").at == at("2026-03-05 09:30")
    district.move(
        place, "clerk", "visit.change", at("2026-03-05 08:00"), visit_at="2026-03-06 10:00", reasons="设备检修"
    )
    papers = Paper.objects.filter(subject=f"fire/{place.pk}", name="检查时间通知").order_by("pk")
    assert [paper.state for paper in papers] == ["replaced", "valid"]


def test_an_incomplete_application_names_everything_and_sends_nothing(district: District) -> None:
    draft = application_start(
        applicant=district.organisations["builder"], actor=district.actor("clerk"), now=WHEN, draw_part=""
    )
    with pytest.raises(BadInput) as caught:
        application_send(application=draft, actor=district.actor("clerk"), now=WHEN)
    assert {problem.column for problem in caught.value.problems} == {
        "district", "project", "address", "matter", "delivery_address", "delivery_to", "address_confirmed",
        "draw_part", "places",
    }  # fmt: skip
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_sent_twice_with_one_form_it_is_sent_once(district: District) -> None:
    draft = district.draft(kinds=("mall", "hotel"))
    for _ in range(2):
        application_send(application=draft, actor=district.actor("clerk"), now=WHEN, token="t")
    assert draft.places.exclude(case=None).count() == 2
    with pytest.raises(NotNow):
        application_send(application=draft, actor=district.actor("clerk"), now=WHEN, token="other")


def test_another_enterprise_sees_and_sends_nothing(district: District) -> None:
    draft = district.draft()
    with pytest.raises(Http404):
        application_send(application=draft, actor=district.actor("stranger"), now=WHEN)


def test_each_authority_reads_its_own_materials_and_the_common_ones(district: District) -> None:
    draft = district.draft()
    files = {
        share: material_add(
            application=draft, code=share, share=share, name="a.txt", content=b"made up",
            actor=district.actor("clerk"), now=WHEN,
        ).file
        for share in ("common", "housing", "fire")
    }  # fmt: skip
    application_send(application=draft, actor=district.actor("clerk"), now=WHEN)

    def reads(who: str) -> set[str]:
        return {s for s, f in files.items() if refusal(district.people[who], f.belongs_to) is None}

    assert reads("clerk") == {"common", "housing", "fire"}
    assert reads("housing") == {"common", "housing"} and reads("fire") == {"common", "fire"}
    assert reads("stranger") == set()
