"""Reading cases: who acts as what, whose turn it is, what is due, what happened, what a person was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from gongbao.archive.models import Entry
from gongbao.archive.selectors import personal_values, sealed_fields
from gongbao.calendar.days import published, with_years
from gongbao.cases.models import CalendarYear, Case, CaseDeadline, Notice, Part, Step
from gongbao.cases.rules.course import Standing, hindrance, movers_of
from gongbao.cases.rules.process import Move, Party, Process
from gongbao.cases.tables import process_of, processes
from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.selectors import files_of
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import CountedDay, DayTable, add_workdays, workdays_between
from gongbao.kernel.workdays import Deadline as Period
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor
from gongbao.organisations.selectors import Post, organisations_below, people_with_role, posts_of

SOON = 2  # working days


def day_table() -> DayTable:
    """The published calendar, with the years that an administrator loaded."""
    loaded = list(CalendarYear.objects.all())
    if not loaded:
        return published()
    names: dict[str, str] = {}
    years: dict[str, object] = {}
    for row in loaded:
        names |= row.document["names"]
        years |= row.document["years"]
    return with_years({"names": names, "years": years})


def posts_within(person: Person, on: date, within: Organisation | None) -> list[Post]:
    """What the person may act as on that day: as somebody of that organisation alone, if one is named."""
    return [post for post in posts_of(person, on) if within is None or post.organisation == within]


def acting_party(
    process: Process, move: Move, organisations: Mapping[str, Organisation], posts: Iterable[Post]
) -> str | None:
    """As which party somebody with these posts may make the move: by a role of it, in the organisation that stands for
    it, her own or as a deputy. None: she may not."""
    for party in move.by:
        organisation = organisations.get(party)
        if organisation and any(
            post.organisation.pk == organisation.pk and post.role in process.party(party).roles for post in posts
        ):
            return party
    return None


def people_of(part: Part, process: Process, on: date) -> set[Person]:
    """Who acts for a party of a case on that day."""
    roles = process.party(part.party).roles
    return {person for role in roles for person in people_with_role(role, part.organisation, on)}


def parts_of(person: Person, on: date, within: Organisation | None = None) -> QuerySet[Part]:
    """The parts in cases that the person can act in on that day; within: as somebody of that organisation alone."""
    mine = Q(pk__in=[])
    posts = posts_within(person, on, within)
    for (code, edition), process in processes().items():
        for party in process.parties:
            held = [post.organisation.pk for post in posts if post.role in party.roles]
            if held:
                mine |= Q(case__process=code, case__edition=edition, party=party.code, organisation__in=held)
    return Part.objects.filter(mine).select_related("case", "organisation")


def papers_issued(actor: Actor) -> QuerySet[Paper]:
    """The papers of cases that the actor's offices issued: those of tracks whose authority she acts for."""
    mine = Q(pk__in=[])
    for (code, edition), process in processes().items():
        for track in process.tracks:
            for party in track.authority:
                roles = process.party(party).roles
                held = [post.organisation.pk for post in actor.posts if post.role in roles]
                if held:
                    mine |= Q(
                        steps__case__process=code, steps__case__edition=edition, steps__track=track.code,
                        steps__case__parts__party=party, steps__case__parts__organisation__in=held,
                    )  # fmt: skip
    return Paper.objects.filter(mine)


def people_with_paper(paper: Paper, on: date) -> set[Person]:
    """Whoever acts for a party of the case that a paper was made in."""
    step = paper.steps.select_related("case").first()
    if step is None:
        return set()
    process = process_of(step.case.process, step.case.edition)
    parts = step.case.parts.select_related("organisation")
    return {person for part in parts for person in people_of(part, process, on)}


def has_part(person: Person, case: Case, on: date) -> bool:
    return parts_of(person, on).filter(case=case).exists()


def reads_internal(person: Person, case: Case, on: date, within: Organisation | None = None) -> bool:
    """Does somebody who sees the case read what its offices say among themselves? Whoever acts for an office does, and
    a supervisor, who has no part; whoever acts only for those that bear a credit code (enterprises, firms) does not."""
    parts = list(parts_of(person, on, within).filter(case=case))
    return not parts or any(is_office(part.organisation) for part in parts)


def is_office(organisation: Organisation) -> bool:
    return not organisation.kind_of.uscc


def audiences(internal: bool) -> list[Step.Audience]:
    """To whom was said what somebody reads who reads what the offices say among themselves, or does not."""
    return [audience for audience in Step.Audience if internal or audience == Step.Audience.ALL]


def files_read(case: Case, *, internal: bool) -> QuerySet[StoredFile]:
    """What was handed in and what the house made, as far as somebody reads it."""
    return files_of(*(belongs_to(case, audience) for audience in audiences(internal)))


def belongs_to(case: Case, audience: str) -> str:
    """Where files for that audience belong: who reads it reads them."""
    return f"case/{case.number}" + (f"/{audience}" if audience != Step.Audience.ALL else "")


def for_offices_alone(entry: Entry) -> bool:
    """Is an archive entry a comment that parties other than the offices do not read?"""
    return bool(entry.content["data"].get("audience") == Step.Audience.OFFICES)


@dataclass(frozen=True)
class InboxCounts:
    """waiting: cases where the person can or must act; overdue and soon are among them."""

    waiting: int
    overdue: int
    soon: int


def inbox(
    person: Person, on: date, *, process: str = "", overdue: bool = False, soon: bool = False, words: str = ""
) -> QuerySet[Part]:
    """What waits for the person, the most urgent first. words: in title or number."""
    found = parts_of(person, on).filter(Q(can_move=True) | Q(due__isnull=False), case__ended_at=None)
    if process:
        found = found.filter(case__process=process)
    if overdue:
        found = found.filter(due__lt=on)
    if soon:
        found = found.filter(due__range=(on, soon_until(on)))
    if words:
        found = found.filter(Q(case__title__icontains=words) | Q(case__number__icontains=words))
    return found.order_by(F("due").asc(nulls_last=True), "case__opened_at", "pk")


def inbox_counts(person: Person, on: date) -> InboxCounts:
    counted = inbox(person, on).aggregate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due__lt=on)),
        soon=Count("pk", filter=Q(due__range=(on, soon_until(on)))),
    )
    return InboxCounts(**counted)


def soon_until(on: date) -> date:
    """The last day that counts as soon."""
    return add_workdays(on, SOON, day_table()).date


def cases_of(person: Person, on: date, within: Organisation | None = None) -> QuerySet[Case]:
    """Every case that the person has a part in, ended ones too."""
    return Case.objects.filter(pk__in=parts_of(person, on, within).values("case"))


def cases_about(subject: str, process: str) -> QuerySet[Case]:
    """The cases of a process whose entries go to that dossier, the oldest first."""
    return Case.objects.filter(subject=subject, process=process).order_by("pk")


def deadlines_overdue(on: date, top: Organisation | None = None) -> QuerySet[CaseDeadline]:
    """For supervisors: deadlines that have passed and were not kept, the oldest first; below an organisation only."""
    found = CaseDeadline.objects.filter(ended_at=None, due__lt=on).select_related("case")
    if top:
        below = organisations_below(top)
        found = found.filter(case__parts__organisation__in=below, case__parts__party=F("of"))
    return found.order_by("due", "pk")


def days_left(deadline: CaseDeadline, on: date, days: DayTable) -> int | None:
    """Working days left after `on` where the period is counted in them, else days; negative once passed; None while
    suspended."""
    if deadline.due is None:
        return None
    rule = process_of(deadline.case.process, deadline.case.edition).deadline(deadline.code)
    if rule.unit != "workdays":
        return (deadline.due - on).days
    if deadline.due < on:
        return -workdays_between(deadline.due, on, days).number
    return workdays_between(on, deadline.due, days).number


def standing_of(case: Case) -> Standing:
    """Where a case stands, without locking it."""
    process = process_of(case.process, case.edition)
    states = {track.code: track.state for track in case.tracks.all()}
    open_deadlines = case.deadlines.filter(ended_at=None)
    return Standing(
        states=tuple(states[track.code] for track in process.tracks),
        facts=tuple(case.facts[choice.code] for choice in process.choices),
        running=frozenset(d.code for d in open_deadlines if d.suspended_on is None),
        held=frozenset(d.code for d in open_deadlines if d.suspended_on is not None),
    )


@dataclass(frozen=True)
class Choice:
    """A move that a person sees. why_not: None where she can make it now."""

    move: Move
    party: str
    why_not: Text | None


def moves_for(case: Case, person: Person, on: date, within: Organisation | None = None) -> list[Choice]:
    """The moves of the person's parties that start from where the tracks stand; those that do not go now say why."""
    process, standing = process_of(case.process, case.edition), standing_of(case)
    states = dict(zip((track.code for track in process.tracks), standing.states, strict=True))
    organisations = {part.party: part.organisation for part in case.parts.select_related("organisation")}
    posts, found = posts_within(person, on, within), []
    for move in process.moves:
        party = acting_party(process, move, organisations, posts)
        if party and states[move.track] in move.sources:
            found.append(Choice(move, party, hindrance(process, standing, move)))
    return found


def next_parties(case: Case) -> list[str]:
    """The parties whose turn it is."""
    process = process_of(case.process, case.edition)
    movers = movers_of(process, standing_of(case))
    return [party.code for party in process.parties if party.code in movers]


@dataclass(frozen=True)
class Event:
    """One line of a case's history; said: the personal values kept with it, a comment's text among them; erased: the
    fields whose values were erased since."""

    step: Step
    title: Text
    said: Mapping[str, object]
    erased: tuple[str, ...] = ()


def history(case: Case, *, internal: bool = False) -> list[Event]:
    """What happened, the last first. internal: with what the offices say among themselves."""
    process = process_of(case.process, case.edition)
    steps = case.steps.select_related("person", "entry", "paper").prefetch_related("files", "entry__values")
    seen = steps.filter(audience__in=audiences(internal))
    return [event_of(process, step) for step in seen.order_by("-pk")]


def event_of(process: Process, step: Step) -> Event:
    kept = personal_values(step.entry)
    erased = tuple(field for field in sealed_fields(step.entry) if field not in kept)
    return Event(step, _title(process, step), kept, erased)


def _title(process: Process, step: Step) -> Text:
    if step.track:
        return process.move(step.track, step.move).name
    return process.opening.name if step.move else Text("留言", "Comment")


def notices_of(person: Person, *, unread: bool = False) -> QuerySet[Notice]:
    found = Notice.objects.filter(person=person).select_related("case")
    return found.filter(read_at=None) if unread else found


def due_cases(on: date) -> QuerySet[Case]:
    """Cases with a deadline that has passed: the clock may owe them a move."""
    return Case.objects.filter(deadlines__ended_at=None, deadlines__due__lt=on, ended_at=None).distinct()


def horizon(on: date, working_days: int) -> date:
    """A day that lies at least so many working days, and as many days, ahead."""
    return max(add_workdays(on, working_days, day_table()).date, on + timedelta(days=working_days))


def case_by_number(number: str) -> Case | None:
    return Case.objects.filter(number=number).first() if "\x00" not in number else None


def process_names() -> dict[str, Text]:
    """The processes of the house by code, by the name of their newest edition."""
    return {code: process.name for (code, _), process in processes().items()}


def organisations_for(party: Party) -> QuerySet[Organisation]:
    """Organisations in which somebody holds a role of the party."""
    return Organisation.objects.filter(memberships__role__in=party.roles, closed_on=None).distinct()


def period_of(row: CaseDeadline) -> Period | None:
    """A deadline with the days that were counted, as pages show it; None while it is suspended."""
    if row.due is None:
        return None
    counted = tuple(
        CountedDay(date.fromisoformat(day), kind, Text(zh, en), counts) for day, kind, counts, zh, en in row.counted
    )
    return Period(row.due, row.provisional, counted)
