"""A small made-up city with one rating cycle: a commission, a bureau, a street with a community, four enterprises."""

import csv
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from gongbao.archive.models import Entry
from gongbao.cases.models import Case, Notice
from gongbao.organisations.models import Membership, Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.tree import organisation_create, places_load
from gongbao.rating import models as rating
from gongbao.rating.models import RatingCycle, State
from gongbao.rating.services.cycles import cycle_open, cycle_step
from gongbao.rating.services.rows import file_import
from gongbao.rating.services.runs import run_make

ONE, TWO, THREE, FOUR = "91110102XX0000000M", "91110102XX0000019J", "91110102XX0000027D", "91110102XX00000358"


def at(text: str) -> datetime:
    """ "07-01 10:00" (or with seconds) of 2026 in Beijing, as an aware time."""
    return datetime.fromisoformat(f"2026-{text}+08:00").astimezone(UTC)


COLLECTING, CLOSING, RELEASE = at("06-20 10:00"), at("07-06 10:00"), at("07-15 10:00")  # a Wednesday
LAST_DAY = date(2026, 7, 24)  # 7 working days after it


@dataclass
class SmallCity:
    """organisations and people by a short name; folder: where files are written."""

    folder: Path
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    codes: tuple[str, ...]
    cycle: RatingCycle = field(init=False)

    def actor(self, name: str, now: datetime = COLLECTING) -> Actor:
        return actor_of(self.people[name], now.date())

    def file(self, **tables: list[dict[str, str]]) -> Path:
        """A folder with these tables as CSV."""
        folder = self.folder / f"files-{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def fresh(self) -> RatingCycle:
        self.cycle.refresh_from_db()
        return self.cycle

    def run(self, now: datetime) -> rating.Run:
        return run_make(cycle=self.fresh(), actor=self.actor("officer", now), now=now)

    def close(self, now: datetime = CLOSING) -> RatingCycle:
        return self.step(State.CLOSED, now, waive=["sources"], because="其余来源本期未提供")

    def release(self, now: datetime = RELEASE) -> RatingCycle:
        """Closed, run, settled and released."""
        self.close()
        self.run(CLOSING)
        self.step(State.PRELIMINARY, CLOSING)
        return self.step(State.OBJECTIONS, now)

    def publish(self, after: datetime) -> RatingCycle:
        """Released, without objection, and published after the window."""
        self.release()
        self.step(State.FINAL, after)
        return self.step(State.PUBLISHED, after)

    def step(self, to: State, now: datetime, **more: object) -> RatingCycle:
        cycle = self.fresh()
        self.cycle = cycle_step(
            cycle=cycle, to=to, version=cycle.version, actor=self.actor("officer", now), now=now, **more
        )
        return self.cycle


def everything() -> list[object]:
    """All rows that a rating can touch."""
    tables = [model for model in vars(rating).values() if isinstance(model, type) and hasattr(model, "_meta")]
    kept = [model for model in tables if not model._meta.abstract and model.__module__ == rating.__name__]
    return [list(model._default_manager.order_by("pk").values()) for model in (*kept, Entry, Case, Notice)]


OFFICES = {
    "commission": ("housing_commission", "110000", "示例市住建委", {"officer": "rating_city", "second": "rating_city"}),
    "bureau": ("housing_bureau", "110102", "示例区房管局", {"reviewer": "rating_district"}),
    "elsewhere": ("housing_bureau", "110101", "另一区房管局", {"stranger": "rating_district"}),
    "street": ("street", "110102", "示例街道", {"signer": "rating_street"}),
    "community": ("community", "street", "示例社区", {"drafter": "rating_community"}),
    "police": ("enforcement", "110102", "示例执法队", {"enforcer": "enforcement"}),
    "one": ("enterprise", "110102", "甲物业", {"clerk": "enterprise"}),
    "two": ("enterprise", "110102", "乙物业", {"rival": "enterprise"}),
    "three": ("enterprise", "110102", "丙物业", {"third": "enterprise"}),
    "four": ("enterprise", "110102", "丁物业", {"fourth": "enterprise"}),
}


def small_city(folder: Path) -> SmallCity:
    places_load(now=COLLECTING)
    organisations: dict[str, Organisation] = {}
    people: dict[str, Person] = {}
    codes = iter((ONE, TWO, THREE, FOUR))
    for code, (kind, below, name, posts) in OFFICES.items():
        parent = organisations.get(below) or Organisation.objects.get(code=below)
        uscc = next(codes) if kind == "enterprise" else ""
        made = organisation_create(code=code, kind=kind, name=name, parent=parent, uscc=uscc, now=COLLECTING)
        organisations[code] = made
        for username, role in posts.items():
            person = Person.objects.create(username=username, name=username.title())
            Membership.objects.create(person=person, organisation=made, role=role, first_day=date(2026, 1, 1))
            people[username] = person
    return SmallCity(folder, organisations, people, (ONE, TWO, THREE, FOUR))


def enterprises(**changes: str) -> list[dict[str, str]]:
    """Four enterprises with credit 90, 80, 70, 60."""
    rows = zip((ONE, TWO, THREE, FOUR), "甲乙丙丁", ("90", "80", "70", "60"), strict=True)
    return [
        {"uscc": uscc, "name": f"{name}物业", "district": "西城区", "credit_score": credit, "party_org": "",
         "association": "", **changes}
        for uscc, name, credit in rows
    ]  # fmt: skip


def projects() -> list[dict[str, str]]:
    """One project for each enterprise, and one that ONE hands over to TWO in May."""
    spells = [
        ("P1", ONE, "", "2020-01-01"),
        ("P2", TWO, "", "2020-01-01"),
        ("P3", THREE, "", "2020-01-01"),
        ("P4", FOUR, "", "2020-01-01"),
        ("P5", ONE, "2026-05-10", "2020-01-01"),
        ("P5", TWO, "", "2026-05-11"),
    ]
    return [
        {"project_id": project, "uscc": uscc, "name": f"{project}家园", "district": "西城区", "street": "示例街道",
         "filing": "contract", "area_m2": "50000", "filed_on": begin, "managed_from": begin, "managed_until": until,
         "delivered_on": ""}
        for project, uscc, until, begin in spells
    ]  # fmt: skip


def complaints(month: str = "2026-01") -> list[dict[str, str]]:
    return [{"project_id": "P1", "month": month, "count": "0", "rank": ""}]


def facts(**changes: str) -> list[dict[str, str]]:
    row = {"fact_id": "F1", "indicator": "waste", "uscc": ONE, "project_id": "P1", "occurred_on": "2026-03-02",
           "value": "", "reference": "", "case_no": "", "document_no": "示例罚〔2026〕1号"}  # fmt: skip
    return [{**row, **changes}]


def collecting_city(folder: Path) -> SmallCity:
    """A cycle in collecting, with all tables in."""
    city = small_city(folder)
    city.cycle = cycle_open(code="2026H1", actor=city.actor("officer"), now=COLLECTING)
    source = city.file(enterprises=enterprises(), projects=projects(), complaints=complaints(), facts=facts())
    file_import(cycle=city.cycle, source=source, actor=city.actor("officer"), now=COLLECTING)
    return city
