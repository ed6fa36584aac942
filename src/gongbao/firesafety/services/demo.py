"""Made-up places in the database, each at another stage, made through the same services as in earnest."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongbao.cases.selectors import day_table
from gongbao.cases.services.clock import tick
from gongbao.cases.services.engine import case_move
from gongbao.firesafety.models import FIRE, HOUSING, Application, Delivery, Place
from gongbao.firesafety.selectors.materials import share_of, slots_of
from gongbao.firesafety.services.applications import application_send, application_start, material_add, place_save
from gongbao.firesafety.services.deliveries import delivery_try
from gongbao.firesafety.services.visits import inspector_name
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.workdays import add_workdays, look_up
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.demo import demo_people_load, demo_posts_since

PROJECT = "演示商业综合体"
PAPER = "虚构的材料,仅供演示。\nMade up, for demonstrations only.\n".encode()
LONGEST = 30  # working days back that the story begins
CLERK = {HOUSING: "housing", FIRE: "fire", "window": "window", "applicant": "enterprise"}


def demo_load(*, now: datetime) -> list[Place]:
    """Load the places, unless they are there. Returns them all, the draft's place too."""
    if not Application.objects.filter(project=PROJECT).exists():
        story = Story(now)
        first = story.day(LONGEST)
        demo_people_load(now=now, today=first)
        demo_posts_since(first, now)
        for stage in STAGES:
            stage(story)
        tick(now=now)
    found = Place.objects.filter(application__project=PROJECT)
    return list(found.select_related("case").prefetch_related("case__tracks").order_by("pk"))


class Story:
    """Days counted back from now, and the steps of the made-up people in short words."""

    def __init__(self, now: datetime) -> None:
        self.now, self.days = now, day_table()

    def day(self, back: int) -> date:
        """The working day so many working days before today."""
        on = timezone.localdate(self.now)
        while back:
            on -= timedelta(days=1)
            back -= look_up(on, self.days).counts
        return on

    def at(self, back: int, hour: int = 9) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(back), time(hour)))

    def actor(self, who: str, moment: datetime) -> Actor:
        return actor_of(Person.objects.get(username=CLERK[who], demo=True), timezone.localdate(moment))

    def draft(self, name: str, kind: str, back: int, *, offline: bool = False, **more: Any) -> Application:
        moment = self.at(back)
        who = self.actor("window" if offline else "applicant", moment)
        made = application_start(
            applicant=Organisation.objects.get(code="demo-enterprise"), actor=who, now=moment,
            window=Organisation.objects.get(code="demo-window") if offline else None,
            district=Organisation.objects.get(code="110102"), project=PROJECT, address="演示路1号",
            delivery_address="演示路1号二层", delivery_to="演示收件人 010-00000000", address_confirmed=True,
            electronic=not offline, handed_in=moment.date() if offline else None,
            **{"matter": Application.Matter.ACCEPTANCE, **more},
        )  # fmt: skip
        place_save(
            application=made, actor=who, now=moment, name=name, kind=kind, address="演示路1号", operator="演示经营者",
            area=1200,
        )  # fmt: skip
        for slot in slots_of(made):
            material_add(
                application=made, code=slot.kind.code, share=share_of(slot.kind), place=slot.place,
                name=f"{slot.kind.name.zh}(演示).txt"[:100].replace("/", ""), content=PAPER, actor=who, now=moment,
            )  # fmt: skip
        return made

    def send(self, name: str, kind: str, back: int, **more: Any) -> Place:
        made = self.draft(name, kind, back, **more)
        who = self.actor("window" if made.window else "applicant", self.at(back))
        application_send(application=made, actor=who, now=self.at(back))
        return made.places.get()

    def move(self, place: Place, who: str, step: str, back: int, hour: int = 10, **fields: object) -> None:
        assert place.case  # noqa: S101 - sent
        track, _, code = step.partition(".")
        moment = self.at(back, hour)
        person = self.actor(who, moment).person
        assert person  # noqa: S101 - demo people
        version = place.case.tracks.get(code=track).version
        case_move(case=place.case, track=track, move=code, version=version, actor=person, now=moment, fields=fields)

    def admit(self, place: Place, back: int) -> None:
        for party in (HOUSING, FIRE):
            self.move(place, party, f"{party}.find_ready", back)

    def agree(self, place: Place, back: int) -> None:
        """Proposed on that day, the third working day after it agreed on."""
        on = add_workdays(self.day(back), settings().ahead_workdays, self.days).date
        self.move(place, FIRE, "visit.propose", back, 11, visit_dates=f"{on} 09:30\n{on} 14:00")
        who = "window" if place.application.window else "applicant"
        self.move(place, who, "visit.agree", back, 15, visit_at=f"{on} 14:00")

    def inspectors(self, place: Place, party: str, back: int, hour: int = 11) -> None:
        moment = self.at(back, hour)
        for number in ("甲", "乙"):
            inspector_name(
                place=place, party=party, name=f"演示检查员{number}", card=f"演示-{party}-{number}",
                actor=self.actor(party, moment), now=moment,
            )  # fmt: skip

    def visit(self, place: Place, party: str, back: int, says: str, move: str = "visit") -> None:
        self.inspectors(place, party, back)
        self.move(place, party, f"{party}.{move}", back, 15, **{f"{party}_opinion": f"{says}(演示)"})

    def refuse(self, place: Place, step: str, back: int, reasons: str, remedies: str) -> None:
        party = step.partition(".")[0]
        self.move(
            place, party, step, back, 16, reasons=f"{reasons}(演示)", remedies=f"{remedies}(演示)",
            appeal=settings().appeal,
        )  # fmt: skip


# --- the places, from the one that is over to the one that is only a draft ------------------------------------------


def _both_passed(story: Story) -> None:
    place = story.send("演示购物中心", "mall", 18)
    story.admit(place, 16)
    story.agree(place, 15)
    for party in (HOUSING, FIRE):
        story.visit(place, party, 12, "符合要求")
    story.move(place, HOUSING, "housing.approve", 11, opinion="消防验收合格(演示)")
    story.move(place, FIRE, "fire.approve", 11, opinion="同意投入使用、营业(演示)")


def _one_refused(story: Story) -> None:
    place = story.send("演示酒店", "hotel", 15)
    story.admit(place, 13)
    story.agree(place, 12)
    story.visit(place, HOUSING, 9, "符合要求")
    story.visit(place, FIRE, 9, "疏散通道被占用")
    story.move(place, HOUSING, "housing.approve", 8, opinion="消防验收合格(演示)")
    story.refuse(place, "fire.refuse", 8, "疏散通道被占用", "清理疏散通道,恢复宽度")


def _filings(story: Story) -> None:
    """Three filings of song halls: the first that is drawn fails its spot check, the others go on."""
    failed = False
    for number in "一二三":
        place = story.send(f"演示歌厅{number}店", "singing", 14, matter=Application.Matter.FILING)
        story.admit(place, 12)
        drawn = place.case is not None and place.case.tracks.get(code=HOUSING).state == "drawn"
        story.agree(place, 11)
        story.visit(place, FIRE, 8, "符合要求")
        story.move(place, FIRE, "fire.approve", 7, opinion="同意投入使用、营业(演示)")
        if drawn:
            story.visit(place, HOUSING, 8, "竣工图纸与现场不一致" if not failed else "符合要求")
            if failed:
                story.move(place, HOUSING, "housing.approve", 7, opinion="合格(演示)")
            else:
                story.refuse(place, "housing.stop", 7, "自动喷水灭火系统末端无压力", "修复末端试水装置并复测")
            failed = True


def _split(story: Story) -> None:
    place = story.send("演示餐厅", "restaurant", 6)
    story.move(place, HOUSING, "housing.find_ready", 5)
    story.move(
        place, FIRE, "fire.not_admit", 4, reasons="不属于本级管辖(演示)", right_authority="演示市级消防部门"
    )  # fmt: skip


def _asked(story: Story) -> None:
    place = story.send("演示健身中心", "leisure", 4)
    story.move(place, HOUSING, "housing.find_ready", 3)
    story.move(place, FIRE, "fire.ask", 3, missing="1. 场所平面布置图缺少疏散宽度;2. 员工培训记录(演示)")


def _waiting(story: Story) -> None:
    story.send("演示游乐场", "games", 2)


def _dates(story: Story) -> None:
    place = story.send("演示剧场", "screening", 3)
    story.admit(place, 2)
    days = [add_workdays(story.day(0), ahead, story.days).date for ahead in (3, 4)]
    moment = "\n".join(f"{on} 09:30" for on in days)
    story.move(place, FIRE, "visit.propose", 1, visit_dates=moment)


def _agreed(story: Story) -> None:
    place = story.send("演示体育馆", "stadium", 4)
    story.admit(place, 3)
    story.agree(place, 1)
    story.inspectors(place, FIRE, 1, 16)


def _offline(story: Story) -> None:
    """Keyed in at the desk: a refusal that could not be delivered by hand."""
    place = story.send("演示集贸市场", "market", 12, offline=True)
    story.admit(place, 10)
    story.agree(place, 9)
    for party in (HOUSING, FIRE):
        story.visit(place, party, 6, "符合要求")
    story.move(place, HOUSING, "housing.approve", 4, opinion="消防验收合格(演示)")
    for row in Delivery.objects.filter(place=place, effective_on=None).order_by("pk")[:2]:
        moment = story.at(3, 15)
        delivery_try(
            delivery=row, way=Delivery.Way.HAND, day=moment.date(), failed_because="地址无人(演示)",
            actor=story.actor(row.party, moment), now=moment,
        )  # fmt: skip


def _late(story: Story) -> None:
    place = story.send("演示音乐茶座", "nightclub", 13)
    story.admit(place, 11)
    story.agree(place, 10)
    story.visit(place, HOUSING, 7, "符合要求")
    story.move(place, HOUSING, "housing.approve", 5, opinion="消防验收合格(演示)")


def _draft(story: Story) -> None:
    story.draft("演示影城", "screening", 1)


STAGES: tuple[Callable[[Story], None], ...] = (
    _both_passed, _one_refused, _filings, _split, _asked, _waiting, _dates, _agreed, _offline, _late, _draft,
)  # fmt: skip
