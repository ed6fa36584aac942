"""Which course an application takes, read from course.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Course:
    """process: its table; programmes: that take it; decider: the deciding party, by name of the table; decided_by: the
    role that decides; district_of: whose district receives an application, "registration" or "project"; place: code of
    the place whose offices the programmes name."""

    process: str
    programmes: tuple[str, ...]
    decider: str
    decided_by: str
    district_of: str
    place: str


@cache
def courses() -> tuple[Course, ...]:
    """All courses; programmes that none names take the first."""
    raw = tomllib.loads((resources.files(__package__) / "course.toml").read_text("utf-8"))
    return tuple(
        Course(
            c["process"],
            tuple(c["programmes"]),
            c["decider"],
            c["decided_by"],
            c.get("district_of", "registration"),
            c.get("place", ""),
        )
        for c in raw["course"]
    )


def course_of(programme: str) -> Course:
    """The course of a programme's applications."""
    return next((course for course in courses() if programme in course.programmes), courses()[0])


def decided_by(programme: str) -> str:
    """The role that decides under a programme, and pays."""
    return course_of(programme).decided_by
