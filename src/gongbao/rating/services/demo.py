"""The made-up city in the database: its organisations, a published cycle, and one in the middle of collecting."""

from datetime import date, datetime


def demo_city_load(*, now: datetime, today: date, projects: int = 1000) -> None:
    """Unless it is there. Needs demo_people_load before."""
    raise NotImplementedError
