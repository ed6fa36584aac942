"""A small city whose result is released, or published; and the clock on the day that a test needs."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from tests.rating.small_cycle import CLOSING, RELEASE, SmallCity, at

from gongbao.rating.models import Run, State
from gongbao.rating.services.runs import run_make

LOGIN = "gongbao.organisations.login.Backend"


def release(city: SmallCity) -> Run:
    """Up to the window for objections, which ends on 24 July 2026."""
    city.step(State.CLOSED, CLOSING, waive=["sources"], because="其余来源本期未提供")
    run = run_make(cycle=city.fresh(), actor=city.actor("officer"), now=CLOSING)
    city.step(State.PRELIMINARY, CLOSING)
    city.step(State.OBJECTIONS, RELEASE)
    return run


def publish(city: SmallCity) -> Run:
    run = release(city)
    city.step(State.FINAL, at("07-25 00:00"))
    city.step(State.PUBLISHED, at("07-27 10:00"))
    return run


def clock(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    """It is that moment, for pages and services."""
    patch.setattr(timezone, "now", lambda: moment)


def browser(city: SmallCity, name: str) -> Client:
    """Logged in as one of the small city's people; "" for a stranger."""
    made = Client()
    if name:
        made.force_login(city.people[name], backend=LOGIN)
    return made
