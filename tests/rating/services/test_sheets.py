"""Score sheets and verifications: drafted, signed, corrected until closing; to whoever manages on the last day."""

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from tests.rating.small_cycle import CLOSING, COLLECTING, ONE, TWO, SmallCity, at, everything, projects

from gongbao.kernel.problem import BadInput
from gongbao.rating.models import Fact, RatingCycle, Sheet
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.sheets import sheet_list, sheet_newest, sheet_signed, sheet_versions
from gongbao.rating.selectors.sources import district_progress, source_progress, street_progress
from gongbao.rating.services.rows import file_import
from gongbao.rating.services.sheets import sheet_draft, sheet_sign
from gongbao.rating.services.verifications import verification_enter
from gongbao.web.errors import NotAllowed


def draft(small: SmallCity, project: str = "P5", who: str = "drafter", **more: Any) -> Sheet:
    newest = sheet_newest(small.cycle, project)
    given = {"version": newest.version if newest else 0, "bonus": 8, "bonus_reason": "配合社区", "faults": {}} | more
    return sheet_draft(cycle=small.fresh(), project_id=project, actor=small.actor(who), now=COLLECTING, **given)


def sign(small: SmallCity, sheet: Sheet, who: str = "signer", version: int | None = None) -> Sheet:
    seen = sheet.version if version is None else version
    return sheet_sign(sheet=sheet, version=seen, actor=small.actor(who), now=COLLECTING)


def held(indicator: str = "community") -> list[tuple[str, int | None, str | None]]:
    found = Fact.objects.filter(ended=None, indicator=indicator).order_by("fact_id")
    return [(fact.uscc, fact.value, fact.level) for fact in found]


def test_the_community_drafts_and_the_street_signs(small: SmallCity) -> None:
    sheet = draft(small, faults={"no_hearing": "未开会"})
    assert held() == []
    with pytest.raises(NotAllowed):
        sign(small, sheet, "drafter")
    sheet = sign(small, sheet)
    assert held() == [(TWO, 8, None)] and held("community_fault") == [(TWO, None, "no_hearing")]
    assert sheet.signed_by.username == "signer" and sheet_signed(small.cycle, "P5") == sheet


def test_a_signed_sheet_is_corrected_by_another_and_both_stay(small: SmallCity) -> None:
    first = sign(small, draft(small, faults={"no_hearing": "未开会"}))
    second = sign(small, draft(small, bonus=5))
    assert held() == [(TWO, 5, None)] and held("community_fault") == []
    assert list(sheet_versions(small.cycle, "P5")) == [second, first] and second.number == 2
    assert Fact.objects.filter(indicator="community").count() == 2
    with pytest.raises(MoveRefused):
        sign(small, second)


@pytest.mark.parametrize(("bonus", "fits"), [(0, False), (1, True), (10, True), (11, False)])
def test_a_bonus_lies_between_one_and_ten(small: SmallCity, bonus: int, fits: bool) -> None:
    if fits:
        assert sign(small, draft(small, bonus=bonus)) and held() == [(TWO, bonus, None)]
        return
    seen = everything()
    with pytest.raises(BadInput):
        draft(small, bonus=bonus)
    assert everything() == seen


@pytest.mark.parametrize("faults", [{"no_hearing": " "}, {"rudeness": "x"}])
def test_every_deduction_is_one_of_the_six_and_has_its_reason(small: SmallCity, faults: dict[str, str]) -> None:
    seen = everything()
    with pytest.raises(BadInput):
        draft(small, faults=faults)
    assert everything() == seen


def test_a_sheet_without_a_score_is_not_signed(small: SmallCity) -> None:
    sheet = draft(small, bonus=None)
    with pytest.raises(BadInput):
        sign(small, sheet)


def test_two_who_draft_at_once_do_not_overwrite_each_other(small: SmallCity) -> None:
    sheet = draft(small)
    draft(small, who="signer", bonus=3)
    seen = everything()
    with pytest.raises(Stale):
        draft(small, version=sheet.version, bonus=9)
    with pytest.raises(Stale):
        sign(small, sheet, version=sheet.version)
    assert everything() == seen


def test_other_streets_districts_and_enterprises_do_not_see_it(small: SmallCity) -> None:
    sheet = draft(small)
    for who in ("reviewer", "clerk", "officer"):
        with pytest.raises(Http404):
            draft(small, who=who)
        with pytest.raises(Http404):
            sign(small, sheet, who)


def test_nothing_is_scored_after_closing(small: SmallCity) -> None:
    sheet = draft(small)
    small.close()
    seen = everything()
    for act in (lambda: draft(small, version=sheet.version), lambda: sign(small, sheet)):
        with pytest.raises(MoveRefused):
            act()
    assert everything() == seen


def test_at_closing_a_sheet_goes_to_whoever_then_manages_on_the_last_day(small: SmallCity) -> None:
    sign(small, draft(small, "P1"))
    assert held() == [(ONE, 8, None)]
    rows = [{**projects()[0], "managed_until": "2026-06-15"},
            {**projects()[0], "uscc": TWO, "managed_from": "2026-06-16"}]  # fmt: skip
    source = small.file(projects=rows)
    file_import(cycle=small.cycle, source=source, actor=small.actor("officer"), now=at("07-02 10:00"))
    small.close()
    assert held() == [(TWO, 8, None)]


def test_a_sheet_can_be_set_to_go_to_each_that_managed_in_the_cycle(small: SmallCity) -> None:
    RatingCycle.objects.update(settings={"sheet_goes_to": "each"})
    sign(small, draft(small, "P5"))
    assert held() == [(ONE, 8, None), (TWO, 8, None)]


def test_the_list_of_a_street_shows_what_is_still_to_do_first(small: SmallCity) -> None:
    sign(small, draft(small, "P1"))
    for place in ("street", "community"):
        rows = sheet_list(small.fresh(), small.organisations[place])
        assert [(row.spell.project_id, row.is_done) for row in rows] == [
            ("P2", False), ("P3", False), ("P4", False), ("P5", False), ("P1", True),
        ]  # fmt: skip
    assert sheet_list(small.cycle, small.organisations["bureau"].parent)[0].spell.district == "西城区"


def test_progress_is_counted_by_source_district_and_street(small: SmallCity) -> None:
    sign(small, draft(small, "P1"))
    draft(small, "P2")
    verify(small, counts=False)
    (district,) = district_progress(small.fresh())
    assert (district.place, district.projects, district.scored, district.drafted, district.disclosed) == (
        "西城区", 5, 1, 1, 1,
    )  # fmt: skip
    assert [place.place for place in street_progress(small.cycle, "西城区")] == ["示例街道"]
    found = {p.source: (p.expected, p.delivered, p.missing, p.late) for p in source_progress(small.cycle)}
    assert found["street"] == (5, 1, 4, 0) and found["district"] == (5, 1, 4, 0)
    assert found["economy"] == (4, 4, 0, 0) and found["hotline"] == (6, 1, 5, 0)
    assert found["system"][:2] == (None, 6)


def test_what_comes_after_its_day_is_late_and_what_was_replaced_is_counted(small: SmallCity) -> None:
    rows = projects()[:1]
    rows[0]["name"] = "改名家园"
    file_import(
        cycle=small.cycle, source=small.file(projects=rows), actor=small.actor("officer"), now=at("07-06 00:00:00")
    )
    system = next(p for p in source_progress(small.fresh()) if p.source == "system")
    assert (system.deadline, system.late, system.corrected) == (date(2026, 7, 5), 1, 1)


# --- verifications ----------------------------------------------------------------------------------------------------


def verify(small: SmallCity, who: str = "reviewer", **more: Any) -> Any:
    given = {"indicator": "disclosure", "uscc": ONE, "project_id": "P1", "counts": True,
             "occurred_on": date(2026, 6, 1)} | more  # fmt: skip
    return verification_enter(cycle=small.fresh(), actor=small.actor(who), now=COLLECTING, **given)


def test_the_latest_verification_counts(small: SmallCity) -> None:
    verify(small)
    assert held("disclosure") == [(ONE, None, None)]
    verify(small, counts=False, note="公示栏已撤")
    assert held("disclosure") == []
    verify(small)
    assert held("disclosure") == [(ONE, None, None)] and small.cycle.verifications.count() == 3


def test_a_missing_exit_notice_needs_no_project(small: SmallCity) -> None:
    verify(small, indicator="exit_notice_90", project_id="")
    assert held("exit_notice_90") == [(ONE, None, None)]


@pytest.mark.parametrize(
    "more",
    [{"indicator": "waste"}, {"project_id": "P3"}, {"project_id": "P9"}, {"occurred_on": date(2025, 12, 31)},
     {"indicator": "revenue_account", "project_id": ""}],
)  # fmt: skip
def test_a_verification_that_is_wrong_leaves_nothing(small: SmallCity, more: dict[str, Any]) -> None:
    seen = everything()
    with pytest.raises(BadInput):
        verify(small, **more)
    assert everything() == seen


def test_only_the_district_verifies_and_not_after_closing(small: SmallCity) -> None:
    for who in ("stranger", "clerk", "signer"):
        with pytest.raises(NotAllowed):
            verify(small, who)
    small.close(CLOSING)
    with pytest.raises(MoveRefused):
        verify(small)
