"""The course from the application to the decisions, through the services: papers, dates, draws, splits."""

import pytest
from tests.firesafety.city import WHEN, District, at, states

from gongbao.documents.models import Paper
from gongbao.firesafety.models import Delivery, Drawing, Publication

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
