"""The made-up places: every stage of the course, also where the people were made today."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from gongbao.firesafety.models import Application, Delivery, Publication
from gongbao.firesafety.services.demo import demo_load
from gongbao.organisations.services.demo import demo_people_load

pytestmark = pytest.mark.django_db


def test_the_story_is_told_once_and_shows_every_stage(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    now = timezone.now()
    demo_people_load(now=now, today=timezone.localdate(now))  # the people are younger than the story
    places = demo_load(now=now)
    states = {place.name: [track.state for track in place.case.tracks.all()] for place in places if place.case}
    assert states["演示购物中心"] == ["approved", "approved", "over"]
    assert states["演示酒店"][1] == "refused" and states["演示餐厅"][:2] == ["ordinary", "not_admitted"]
    assert states["演示健身中心"][1] == "supplement" and states["演示剧场"][2] == "proposed"
    assert states["演示体育馆"] == ["admitted", "admitted", "fixed"]
    assert Delivery.objects.filter(effective_on=None, attempts__way="hand").count() == 2
    assert Publication.objects.exclude(published_on=None).exists()
    assert Application.objects.filter(sent_at=None).count() == 1
    assert [place.pk for place in demo_load(now=now)] == [place.pk for place in places]
