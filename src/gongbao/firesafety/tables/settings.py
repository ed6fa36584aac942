"""The settings of joint handling: settings.toml as it comes with the house."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "settings.toml"


@dataclass(frozen=True)
class Settings:
    """Each is explained in settings.toml. rates: kind of place → rate, "" for all others."""

    publication_workdays: int
    hand_workdays: int
    notice_days: int
    inspectors: int
    ahead_workdays: int
    follow_up_months: int
    draw_ahead_days: int
    rates: dict[str, str]
    retry_minutes: tuple[int, ...]
    timeout_seconds: int
    appeal: str


@cache
def settings() -> Settings:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Settings(
        publication_workdays=raw["publication"]["workdays"],
        hand_workdays=raw["delivery"]["hand_workdays"],
        notice_days=raw["delivery"]["notice_days"],
        inspectors=raw["visit"]["inspectors"],
        ahead_workdays=raw["visit"]["ahead_workdays"],
        follow_up_months=raw["follow_up"]["months"],
        draw_ahead_days=raw["draw"]["ahead_days"],
        rates=raw["draw"]["rates"],
        retry_minutes=tuple(raw["outbox"]["retry_minutes"]),
        timeout_seconds=raw["outbox"]["timeout_seconds"],
        appeal=raw["wording"]["appeal"],
    )
