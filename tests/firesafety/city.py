"""A made-up district with both authorities, a desk and an applicant; and the steps of joint handling in short words."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from gongbao.cases.models import Case
from gongbao.cases.services.engine import case_move
from gongbao.firesafety.models import FIRE, HOUSING, Application, Place
from gongbao.firesafety.services.applications import application_send, application_start, place_save
from gongbao.firesafety.services.visits import inspector_name
from gongbao.organisations.models import Competence, Membership, Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of

LAW = "行政复议60日内,行政诉讼6个月内(演示)"


def at(text: str) -> datetime:
    """ "2026-02-12 10:00" in Beijing as an aware time."""
    return datetime.fromisoformat(f"{text}:00+08:00").astimezone(UTC)


WHEN = at("2026-03-02 10:00")  # a Monday

PLACES = {
    "city": ("city", "", {}),
    "district": ("district", "city", {}),
    "elsewhere": ("district", "city", {}),
    "builder": ("enterprise", "district", {"clerk": "enterprise"}),
    "rival": ("enterprise", "district", {"stranger": "enterprise"}),
    "bureau": ("housing_bureau", "district", {"housing": "housing"}),
    "brigade": ("fire_authority", "district", {"fire": "fire"}),
    "desk": ("window", "district", {"window": "window"}),
    "watch": ("supervision", "city", {"supervisor": "supervisor"}),
    "run": ("operations", "city", {"administrator": "administrator"}),
}


@dataclass
class District:
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str, now: datetime = WHEN) -> Actor:
        return actor_of(self.people[name], now.astimezone().date())

    def draft(
        self, now: datetime = WHEN, *, offline: bool = False, kinds: tuple[str, ...] = ("mall",), **more: Any
    ) -> Application:
        who = self.actor("window" if offline else "clerk", now)
        given = {
            "district": self.organisations["district"], "project": "演示商业楼", "address": "演示路1号",
            "matter": "acceptance", "delivery_address": "演示路1号", "delivery_to": "演示 010-1",
            "electronic": not offline,
            "address_confirmed": True, "draw_part": "8317", "handed_in": now.date() if offline else None, **more,
        }  # fmt: skip
        desk = self.organisations["desk"] if offline else None
        made = application_start(applicant=self.organisations["builder"], actor=who, now=now, window=desk, **given)
        for number, kind in enumerate(kinds, start=1):
            place_save(
                application=made, actor=who, now=now, name=f"演示场所{number}", kind=kind, operator="演示经营者",
                operator_organisation=self.organisations["builder"],
            )  # fmt: skip
        return made

    def send(self, now: datetime = WHEN, **more: Any) -> Place:
        """An application of one place, sent."""
        made = self.draft(now, **more)
        who = self.actor("window" if made.window else "clerk", now)
        application_send(application=made, actor=who, now=now)
        return made.places.get()

    def move(self, place: Place, who: str, step: str, now: datetime = WHEN, **fields: object) -> Case:
        assert place.case
        track, _, code = step.partition(".")
        row = place.case.tracks.get(code=track)
        return case_move(
            case=place.case, track=track, move=code, version=row.version, actor=self.people[who], now=now, fields=fields
        )

    def admit(self, place: Place, now: datetime = WHEN) -> None:
        self.move(place, HOUSING, "housing.find_ready", now)
        self.move(place, FIRE, "fire.find_ready", now)

    def fix(self, place: Place, on: str = "2026-03-06 09:30", now: datetime = WHEN) -> None:
        """A date proposed by the fire authority, agreed by the applicant."""
        self.move(place, FIRE, "visit.propose", now, visit_dates=on)
        who = "window" if place.application.window else "clerk"
        self.move(place, who, "visit.agree", now, visit_at=on)

    def name(self, place: Place, party: str, now: datetime = WHEN) -> None:
        for number in (1, 2):
            inspector_name(
                place=place, party=party, name=f"演示检查员{number}", card=f"京A{party}{number}",
                actor=self.actor(party, now), now=now,
            )  # fmt: skip

    def visit(self, place: Place, party: str, now: datetime, move: str = "visit") -> None:
        self.name(place, party, now)
        self.move(place, party, f"{party}.{move}", now, **{f"{party}_opinion": "符合要求(演示)"})


def build() -> District:
    """Put the district into the database."""
    made = District()
    for code, (kind, above, posts) in PLACES.items():
        parent = made.organisations.get(above)
        path = f"{parent.path if parent else ''}{code}/"
        row = Organisation.objects.create(code=code, kind=kind, name=f"演示{code}", parent=parent, path=path)
        made.organisations[code] = row
        for name, role in posts.items():
            person = Person.objects.create(username=name, name=name, demo=True)
            Membership.objects.create(person=person, organisation=row, role=role, first_day=date(2025, 1, 1))
            made.people[name] = person
    for matter, authority in (("housing", "bureau"), ("fire", "brigade")):
        Competence.objects.create(
            matter=matter, place=made.organisations["district"], authority=made.organisations[authority],
            first_day=date(2025, 1, 1),
        )  # fmt: skip
    return made


def states(place: Place) -> str:
    assert place.case
    return " ".join(track.state for track in place.case.tracks.all())
