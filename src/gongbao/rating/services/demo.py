"""The made-up city in the database: a finished cycle, corrected by an objection, and one in the middle of collecting.

Everything goes through the same services as in earnest, as the made-up people of demo_people_load. Names are made up.
"""

import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import polars as pl
from django.utils import timezone

from gongbao.cases.services.engine import case_move
from gongbao.kernel.cycles import Cycle
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.selectors import organisation_by_code
from gongbao.organisations.services.demo import demo_people_load, demo_posts_since
from gongbao.rating.models import Complaint, Declaration, Objection, RatingCycle, Spell, State
from gongbao.rating.selectors.cycles import cycle_by_code, steps_onward
from gongbao.rating.selectors.editions import edition_of
from gongbao.rating.selectors.objections import window_newest
from gongbao.rating.selectors.rows import facts_of, spells_of
from gongbao.rating.selectors.sheets import sheet_list
from gongbao.rating.services.complaint_items import items_take
from gongbao.rating.services.cycles import cycle_open, cycle_step
from gongbao.rating.services.declarations import declaration_make, declaration_pass, declaration_return
from gongbao.rating.services.helping import help_ask, help_report
from gongbao.rating.services.nights import live_scores_store
from gongbao.rating.services.objections import objection_lodge
from gongbao.rating.services.rows import fact_end, file_import
from gongbao.rating.services.runs import run_make
from gongbao.rating.services.sheets import sheet_draft, sheet_sign
from gongbao.rating.services.verifications import verification_enter
from gongbao.rating.tables.demo import demo_city
from gongbao.rating.tables.demo_files import write_city
from gongbao.rating.tables.demo_places import Places, left_to_people, placed, until

SEED = 20260327
OLDEST = Cycle(2026, 1)
DISTRICT = "西城区"  # where the demo bureau and the demo street are
PROOF = "虚构的证明材料,仅供演示。\nMade up, for demonstrations only.\n".encode()
WAIVED = "演示数据:未提供的来源按没有计。 Demo data: what is missing counts as nothing."


def demo_city_load(*, now: datetime, projects: int = 1000) -> tuple[RatingCycle, RatingCycle]:
    """Load the finished and the running cycle, as far as they are not there yet. Makes the demo people, too.

    The running cycle is the one of `now`, or the first after the oldest that the standard holds for.
    """
    running = max(Cycle.of(timezone.localdate(now)), OLDEST.next)
    finished = running.previous
    demo_people_load(now=now, today=finished.first_day)
    demo_posts_since(finished.first_day, now)
    done = cycle_by_code(str(finished)) or _finished(finished, projects)
    on = max(timezone.localdate(now), running.first_day + timedelta(days=45))
    going = cycle_by_code(str(running)) or _running(running, on, projects)
    return done, going


def actor(name: str, moment: datetime) -> Actor:
    """A made-up person on the day of a moment."""
    return actor_of(Person.objects.get(username=name, demo=True), timezone.localdate(moment))


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _office(code: str) -> Organisation:
    found = organisation_by_code(code)
    if found is None:
        raise LookupError(code)
    return found


def _open(half: Cycle, on: date, projects: int, seen: date) -> RatingCycle:
    """A cycle with a city's files in it, as they stood on the day `seen`."""
    moment = at(on)
    cycle = cycle_open(code=str(half), actor=actor("city", moment), now=moment)
    own, street = _office("demo-enterprise"), _office("demo-street")
    places = Places(DISTRICT, own.uscc, own.name, street.name)
    tables = placed(until(demo_city(projects, SEED, half, edition_of(cycle).facts), seen), places)
    _import(cycle, tables if seen >= half.last_day else left_to_people(tables, street.name), moment)
    return cycle


def _import(cycle: RatingCycle, tables: Mapping[str, pl.DataFrame], moment: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "city"
        write_city(tables, source, "csv")
        (source / "README.txt").unlink()
        file_import(cycle=cycle, source=source, actor=actor("city", moment), now=moment, because="演示数据 demo data")


# --- the finished cycle -----------------------------------------------------------------------------------------------


def _finished(half: Cycle, projects: int) -> RatingCycle:
    cycle = _open(half, half.last_day - timedelta(days=20), projects, half.last_day)
    closing = at(half.last_day + timedelta(days=8))
    cycle = _step(cycle, State.CLOSED, closing)
    run_make(cycle=cycle, actor=actor("city", closing), now=closing)
    cycle = _step(cycle, State.PRELIMINARY, closing)
    release = at(half.last_day + timedelta(days=10))
    cycle = _step(cycle, State.OBJECTIONS, release)
    _objection(cycle, release)
    window = window_newest(cycle)
    while window and window.round < 2:  # the re-run after the upheld objection, and the window for the change
        moment = at(window.last_day + timedelta(days=1))
        run_make(cycle=cycle, actor=actor("city", moment), now=moment, because="异议成立后复算")
        cycle.refresh_from_db()
        newest = window_newest(cycle)
        window = None if newest == window else newest
    last = window_newest(cycle)
    moment = at((last.last_day if last else half.last_day) + timedelta(days=1))
    cycle = _step(cycle, State.FINAL, moment)
    return _step(cycle, State.PUBLISHED, moment + timedelta(days=1))


def _step(cycle: RatingCycle, to: State, moment: datetime) -> RatingCycle:
    cycle.refresh_from_db()
    onward = next(step for step in steps_onward(cycle, moment) if step.to == to)
    waive = [lack.code for lack in onward.lacks if lack.waivable]
    because = WAIVED if waive else ""
    return cycle_step(
        cycle=cycle, to=to, version=cycle.version, actor=actor("city", moment), now=moment, because=because, waive=waive
    )


def _objection(cycle: RatingCycle, release: datetime) -> Objection | None:
    """The demo enterprise contests a deduction, is right in part, and appeals: nobody has answered that yet."""
    uscc, lodged, answer = _office("demo-enterprise").uscc, release + timedelta(days=1), release + timedelta(days=2)
    deductions = [i.code for i in edition_of(cycle).indicators if i.group == "deduction"]
    fact = facts_of(cycle, uscc).filter(indicator__in=deductions, occurred_on__gte=cycle.cycle.first_day).first()
    if fact is None:
        return None
    made = objection_lodge(
        cycle=cycle, uscc=uscc, indicators=[fact.indicator], contested=f"事实 {fact.fact_id}",
        grounds="该决定针对另一家企业(演示)", actor=actor("enterprise", lodged), now=lodged,
        files=[("说明.txt", PROOF)],
    )  # fmt: skip
    fact_end(fact=fact, because="经核实,决定的当事人是另一家企业(演示)", actor=actor("city", answer), now=answer)
    _move(made, "uphold_partly", "city", answer, answer="部分成立:已更正一项事实,将复算(演示)")
    _move(made, "appeal", "enterprise", answer + timedelta(days=1), grounds="另一项扣分也不应由本企业承担(演示)")
    return made


def _move(objection: Objection, move: str, name: str, moment: datetime, **fields: str) -> None:
    track, person = objection.case.tracks.get(), Person.objects.get(username=name, demo=True)
    case_move(
        case=objection.case, track=track.code, move=move, version=track.version, actor=person, now=moment, fields=fields
    )  # fmt: skip


# --- the running cycle ------------------------------------------------------------------------------------------------


def _running(half: Cycle, today: date, projects: int) -> RatingCycle:
    cycle = _open(half, today - timedelta(days=30), projects, today)
    moment = at(today - timedelta(days=6))
    uscc = _office("demo-enterprise").uscc
    estates = list(spells_of(cycle, uscc).filter(district=DISTRICT))
    _nights(cycle, today, 20, 7)
    _declarations(cycle, uscc, estates[0].project_id, moment)
    _sheets(cycle, moment)
    _complaints(cycle, uscc, moment)
    _disclosed(estates[0], moment)
    _nights(cycle, today, 5, 1)
    for estate in estates[1:2]:  # a small city may have no second one
        _disclosed(estate, at(today, hour=0))  # so that something has changed since yesterday
    return cycle


def _disclosed(spell: Spell, moment: datetime) -> None:
    """The district looked at an estate's notice board."""
    verification_enter(
        cycle=spell.cycle, indicator="disclosure", uscc=spell.uscc, project_id=spell.project_id, counts=True,
        occurred_on=moment.date() - timedelta(days=1), note="现场查看公示栏(演示)", actor=actor("district", moment),
        now=moment,
    )  # fmt: skip


def _nights(cycle: RatingCycle, today: date, *ago: int) -> None:
    """Live scores as the clock would have stored them so many days ago."""
    for days in ago:
        live_scores_store(cycle=cycle, now=at(today - timedelta(days=days), hour=2))


def _declarations(cycle: RatingCycle, uscc: str, project: str, moment: datetime) -> None:
    """A queue: waiting with the district, waiting with the city, returned, confirmed."""
    on, own = moment.date() - timedelta(days=3), actor("enterprise", moment)
    district, city = actor("district", moment), actor("city", moment)

    def declare(indicator: str, **more: str):  # type: ignore[no-untyped-def]
        return declaration_make(
            cycle=cycle, uscc=uscc, indicator=indicator, occurred_on=on, actor=own, now=moment,
            proofs=[("证明.txt", PROOF)], **more,
        )  # fmt: skip

    honor = declare("honor", project_id=project, value="district", document_no="示例荣誉〔2026〕1号")
    media = declare("media", project_id=project, note="示例日报报道(演示)")
    _help(honor, media, moment)
    party = declare("party_honor", value="district", document_no="示例组〔2026〕8号")
    declaration_pass(declaration=party, version=party.version, actor=district, now=moment)
    staff = declare("staff", project_id=project, value="9", reference="20")
    returned = "社保缴纳清单缺少盖章页(演示)"
    declaration_return(declaration=staff, version=staff.version, because=returned, actor=district, now=moment)
    member = declare("party_member", project_id=project, value="1")
    member = declaration_pass(declaration=member, version=member.version, actor=district, now=moment)
    declaration_pass(declaration=member, version=member.version, actor=city, now=moment)


def _complaints(cycle: RatingCycle, uscc: str, moment: datetime) -> None:
    """The single complaints behind the counts of the demo enterprise's projects."""
    ids = list(spells_of(cycle, uscc).values_list("project_id", flat=True))
    rows = [
        {"reference_no": f"示例-{row.project_id}-{row.month}-{number}", "project_id": row.project_id,
         "received_on": f"{row.month // 100}-{row.month % 100:02}-{1 + number % 28:02}", "concerns": "yes"}
        for row in Complaint.objects.filter(cycle=cycle, ended=None, project_id__in=ids).order_by("project_id", "month")
        for number in range(row.count)
    ]  # fmt: skip
    if rows:
        items_take(cycle=cycle, rows=rows, actor=actor("complaints", moment), now=moment)


def _help(checked: Declaration, waiting: Declaration, moment: datetime) -> None:
    """The district asks the association: about one claim it has reported, about the other not yet."""
    for declaration, asks in ((checked, "请核对示范项目名单(演示)"), (waiting, "请核对报道原文(演示)")):
        task = help_ask(
            cycle=declaration.cycle, association=_office("demo-association"), asks=asks, declaration=declaration,
            due=moment.date() + timedelta(days=14), actor=actor("district", moment), now=moment,
        )  # fmt: skip
        if declaration is checked:
            found = "名单中有该项目(演示)"
            help_report(task=task, version=task.version, found=found, actor=actor("helper", moment), now=moment)


def _sheets(cycle: RatingCycle, moment: datetime) -> None:
    """Of the demo street's list, a third signed, a third drafted."""
    rows = sheet_list(cycle, _office("demo-street"))
    third = max(len(rows) // 3, 1)
    for place, row in enumerate(rows[: 2 * third]):
        faults = {"no_hearing": "上半年未召开业主意见征询会(演示)"} if place % 4 == 1 else {}
        sheet = sheet_draft(
            cycle=cycle, project_id=row.spell.project_id, version=0, bonus=6 + place % 5,
            bonus_reason="配合社区工作(演示)", faults=faults, actor=actor("community", moment), now=moment,
        )  # fmt: skip
        if place < third:
            sheet_sign(sheet=sheet, version=sheet.version, actor=actor("street", moment), now=moment)
