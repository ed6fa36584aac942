"""A small made-up city: a commission, an enterprise, a street, two authorities, and people in them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongbao.cases.models import Case
from gongbao.cases.services.engine import case_move, case_open
from gongbao.organisations.models import Membership, Organisation, Person


def at(text: str) -> datetime:
    """ "07-01 10:00" of 2026 in Beijing, as an aware time."""
    return datetime.fromisoformat(f"2026-{text}:00+08:00").astimezone(UTC)


FIRST, SECOND = at("07-01 10:00"), at("07-02 10:00")  # a Wednesday and the day after


@dataclass
class City:
    """organisations and people by a short name; objection: opens one; move: makes a move as that person."""

    organisations: dict[str, Organisation]
    people: dict[str, Person]

    def objection(self, now: datetime = FIRST, window: str = "open", who: str = "clerk") -> Case:
        return case_open(
            process="objection",
            subject="enterprise/91110000000000000X",
            title="甲物业 2026H1",
            parties={"enterprise": self.organisations["enterprise"], "commission": self.organisations["commission"]},
            fields={"window": window, "contested": "标杆项目", "grounds": "文件已提交"},
            actor=self.people[who],
            now=now,
        )

    def place(self, matter: str = "acceptance", now: datetime = FIRST, **more: object) -> Case:
        return case_open(
            process="fire_joint",
            subject="place/1",
            title="某商场",
            parties={
                "applicant": self.organisations["enterprise"],
                "housing": self.organisations["housing"],
                "fire": self.organisations["fire"],
                "window": self.organisations["window"],
            },
            fields={"matter": matter, "scope": "both", "place": "某商场", "address": "某路一号", **more},
            actor=self.people["desk" if "handed_in" in more else "clerk"],
            now=now,
        )

    def move(self, case: Case, who: str, step: str, now: datetime = SECOND, **fields: object) -> Case:
        track, _, code = step.rpartition(".")
        row = case.tracks.get(code=track or "objection")
        return case_move(
            case=case, track=row.code, move=code, version=row.version, actor=self.people[who], now=now, fields=fields
        )


PLACES = {
    "commission": ("housing_commission", {"officer": "rating_city", "second": "rating_city"}),
    "enterprise": ("enterprise", {"clerk": "enterprise", "manager": "manager"}),
    "rival": ("enterprise", {"stranger": "enterprise"}),
    "street": ("street", {"streetman": "rating_street"}),
    "housing": ("housing_bureau", {"builder": "housing"}),
    "fire": ("fire_authority", {"fireman": "fire"}),
    "window": ("window", {"desk": "window"}),
}


def build() -> City:
    """Put the city into the database."""
    organisations, people = {}, {}
    for code, (kind, posts) in PLACES.items():
        made = Organisation.objects.create(code=code, kind=kind, name=f"{code}单位", path=f"{code}/")
        organisations[code] = made
        for name, role in posts.items():
            person = Person.objects.create(username=name, name=name.title(), email=f"{name}@example.cn")
            Membership.objects.create(person=person, organisation=made, role=role, first_day=date(2026, 1, 1))
            people[name] = person
    return City(organisations, people)
