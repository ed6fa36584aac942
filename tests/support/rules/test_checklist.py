"""The slots of an application's materials: their order, one for each event or store, and what fills them."""

import pytest

from gongbao.support.rules.checklist import enough, fits, slots
from gongbao.support.rules.programme import Catalogue


def keys(catalogue: Catalogue, code: str, items: int = 1) -> list[str]:
    return [f"{slot}{of and '-'}{of}" for slot, of in (s.key for s in slots(catalogue.by_code[code], items))]


def test_the_papers_stand_in_the_order_of_the_document(catalogue: Catalogue) -> None:
    assert keys(catalogue, "mixed_scene")[:4] == ["application", "commitment", "situation", "licence"]
    assert keys(catalogue, "debut_event")[-4:] == ["event_plan", "debut_proof", "closing_report", "sales"]


def test_the_papers_of_one_event_stand_together_and_each_event_has_its_own(catalogue: Catalogue) -> None:
    found = keys(catalogue, "debut_centre", 2)
    at = found.index("site_right")
    assert found[at:] == [
        "site_right",
        "event_plan-1", "debut_proof-1", "closing_report-1",
        "event_plan-2", "debut_proof-2", "closing_report-2",
        "launch_space",
    ]  # fmt: skip


def test_while_the_number_of_events_is_unknown_there_are_slots_for_one(catalogue: Catalogue) -> None:
    assert keys(catalogue, "debut_centre", 0) == keys(catalogue, "debut_centre", 1)


@pytest.mark.parametrize(
    ("kinds", "filled"),
    [
        ([], False),
        (["image/png"], False),
        (["image/png", "application/pdf"], False),
        (["image/png", "image/jpeg"], True),
        (["image/png"] * 3, True),
    ],
)
def test_two_photos_are_two_pictures(catalogue: Catalogue, kinds: list[str], filled: bool) -> None:
    photos = next(m for m in catalogue.by_code["first_store"].materials if m.slot == "store_photos")
    assert photos.pictures == 2
    assert enough(photos, kinds) is filled


def test_photos_take_pictures_alone_and_other_papers_take_any_file(catalogue: Catalogue) -> None:
    materials = {m.slot: m for m in catalogue.by_code["first_store"].materials}
    assert fits(materials["store_photos"], "image/jpeg")
    assert not fits(materials["store_photos"], "application/pdf")
    assert fits(materials["store_licence"], "application/pdf")
    assert fits(materials["store_licence"], "image/jpeg")
    assert enough(materials["store_licence"], ["application/pdf"])
    assert not enough(materials["store_licence"], [])
