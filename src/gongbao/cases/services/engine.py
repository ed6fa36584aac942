"""The one engine that every move goes through.

A move locks the case, checks who may make it and whether it is legal, takes the listed fields alone, and writes the
new state, the deadlines, the archive entry, the paper and the notices in one transaction. Moves that happen at once
follow in the same breath; what the clock should have done by now is done before anybody else moves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongbao.archive.services import entry_append
from gongbao.cases.joining import Made, Rows, effected, followed, hindered, supplied
from gongbao.cases.models import Case, Step, Track
from gongbao.cases.refusals import MoveRefused, NotYours, TooLate
from gongbao.cases.rules.course import after, beginning, hindrance, legal, over
from gongbao.cases.rules.process import CLOCK, Move, Process
from gongbao.cases.selectors import acting_party, day_table, posts_within
from gongbao.cases.services import periods
from gongbao.cases.services.fields import Filled, fill
from gongbao.cases.services.hand import BEIJING, Hand, beijing_day
from gongbao.cases.services.notices import parties_tell
from gongbao.cases.services.papers import paper_for
from gongbao.cases.tables import process_on
from gongbao.documents.models import StoredFile
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation, Person


@dataclass(frozen=True)
class Turn:
    """Who makes a move, when, and with what. day: the day that the move bears in law."""

    party: str
    actor: Person | None
    filled: Filled
    day: date
    now: datetime
    files: tuple[StoredFile, ...] = ()


@transaction.atomic
def case_open(
    *,
    process: str,
    subject: str,
    title: str,
    parties: Mapping[str, Organisation],
    fields: Mapping[str, object],
    actor: Person | None,
    now: datetime,
    files: Iterable[StoredFile] = (),
    party: str = "",
) -> Case:
    """Open a case under the edition in force. subject: the dossier it goes to; parties: organisation by party.

    party: that opens it where the calling domain vouches for it, such as somebody without a login; else it is found
    from what the actor holds. The calling domain vouches for the choices that are given at the opening. Raises
    BadInput, NotYours, MoveRefused.
    """
    today = beijing_day(now)
    table = process_on(process, today)
    if unknown := parties.keys() - {party.code for party in table.parties}:
        raise BadInput(Problem("parties", None, p, p, "流程中的当事方", "a party of the process") for p in unknown)
    party = party if party in table.opening.by else _acts_as(table, table.opening, parties, actor, today)
    if not party:
        raise NotYours(Text("您的角色不能发起此事项", "your role cannot open this case"), table.opening.cite)
    filled = fill(table, table.opening, fields, today)
    start = beginning(table, filled.choices)
    if why := hindrance(table, start, table.opening):
        raise MoveRefused(why, table.opening.cite)
    facts = {choice.code: value for choice, value in zip(table.choices, start.facts, strict=True)}
    case = Case.objects.create(
        process=table.code, edition=table.edition, title=title, subject=subject, facts=facts, opened_at=now
    )
    case.number = f"{today.year}-{case.pk:06d}"
    case.save(update_fields=["number"])
    for track, state in zip(table.tracks, start.states, strict=True):
        Track.objects.create(case=case, code=track.code, state=state, since=now)
    hand = Hand.take(case.pk, day_table())
    for code, organisation in parties.items():
        hand.bind(code, organisation)
    day = filled.day(table.opening.dated_by) or today
    turn = Turn(party, actor, filled, day, now, tuple(files))
    _keep(hand, filled, table.opening, day)
    for code in table.opening.starts:
        periods.start(hand, code, day)
    _write(hand, table.opening, turn, "", "")
    _settle(hand, day, now)
    parties_tell(hand, hand.made, now=now, but=actor)
    return hand.case


def case_move(
    *,
    case: Case,
    track: str,
    move: str,
    version: int | None,
    actor: Person | None,
    now: datetime,
    fields: Mapping[str, object] | None = None,
    files: Iterable[StoredFile] = (),
    within: Organisation | None = None,
    party: str = "",
) -> Case:
    """Make a move. version: of the track, as the person saw it; None where nobody looked, as the move follows from
    another case. within: she acts for that organisation and no other; party: for which the calling domain vouches,
    else it is found from what the actor holds.

    Raises TooLate (who was first), NotYours, MoveRefused (why, clause) or BadInput; then nothing has changed, but for
    what the clock had to do before: a deadline that has passed is past, whether or not anybody looked.
    """
    case_catch_up(case=case, now=now)
    with transaction.atomic():
        hand = Hand.take(case.pk, day_table())
        wanted = _known(hand.process, track, move)
        today = beijing_day(now)
        organisations = {code: part.organisation for code, part in hand.parts.items()}
        party = party if party in wanted.by else _acts_as(hand.process, wanted, organisations, actor, today, within)
        if not party:
            raise NotYours(_who_may(hand.process, wanted), wanted.cite)
        if version is not None and hand.tracks[track].version != version:
            raise TooLate(_who_was_first(hand, track), wanted.cite)
        if why := hindrance(hand.process, hand.standing, wanted):
            raise MoveRefused(why, wanted.cite)
        filled = fill(hand.process, wanted, fields or {}, today)
        if problems := hindered(wanted, hand.case, filled, now):
            raise BadInput(problems)
        day = filled.day(wanted.dated_by) or today
        _perform(hand, wanted, Turn(party, actor, filled, day, now, tuple(files)))
        _settle(hand, day, now)
        parties_tell(hand, hand.made, now=now, but=actor)
    return hand.case


def _acts_as(
    process: Process,
    move: Move,
    organisations: Mapping[str, Organisation],
    actor: Person | None,
    today: date,
    within: Organisation | None = None,
) -> str:
    """The party that the actor may make a move as; empty: none."""
    posts = posts_within(actor, today, within) if actor else ()
    return acting_party(process, move, organisations, posts) or ""


@transaction.atomic
def case_catch_up(*, case: Case, now: datetime) -> int:
    """Make the moves that the clock owes: of every deadline that has passed, in the order of their days. Idempotent."""
    today = beijing_day(now)
    if not case.deadlines.filter(ended_at=None, due__lt=today).exists():
        return 0
    hand = Hand.take(case.pk, day_table())
    made = 0
    while owed := _owed(hand, today):
        move, due = owed
        _perform(hand, move, Turn(CLOCK, None, _supply(hand, move, due), due, now))
        _settle(hand, due, now)
        made += 1
    parties_tell(hand, hand.made, now=now, but=None)
    return made


def _owed(hand: Hand, today: date) -> tuple[Move, date] | None:
    """The clock's next move: the one whose deadline passed first."""
    owed = [
        (due, move)
        for move in legal(hand.process, hand.standing)
        if move.due and (due := hand.deadlines[move.due].due) and due < today
    ]
    if not owed:
        return None
    due, move = min(owed, key=lambda pair: pair[0])
    return move, due


def _settle(hand: Hand, day: date, now: datetime) -> None:
    """Make the moves that happen at once, until none is left; then note who is next."""
    while (moves := legal(hand.process, hand.standing)) and moves[0].at_once:
        _perform(hand, moves[0], Turn(CLOCK, None, _supply(hand, moves[0], day), day, now))
    if over(hand.process, hand.standing):
        hand.case.ended_at = now
        hand.case.save(update_fields=["ended_at"])
    hand.note_turns()


def _supply(hand: Hand, move: Move, day: date) -> Filled:
    if not (move.takes or move.may):
        return Filled()
    given = supplied(hand.process.code, move.track, move.code, hand.case, day)
    return fill(hand.process, move, given, day)


def _perform(hand: Hand, move: Move, turn: Turn) -> None:
    """Change everything that a legal move changes."""
    row, before = hand.tracks[move.track], hand.standing
    left = row.state
    reached = after(hand.process, before, move, turn.filled.choices)
    _keep(hand, turn.filled, move, turn.day)
    row.state = dict(zip((t.code for t in hand.process.tracks), reached.states, strict=True))[move.track]
    row.version += 1
    row.since = turn.now
    row.save()
    for code in (before.running | before.held) - reached.running - reached.held:
        periods.end(hand, code, turn.party, turn.day, turn.now, passed=code == move.due)
    for code in before.running & reached.held:
        periods.suspend(hand, code, turn.day)
    for code in before.held & reached.running:
        # the clock resumes after the last day of the suspension; a party resumes with the day of its move
        periods.resume(hand, code, turn.day if move.due else turn.day - timedelta(days=1))
    for code in move.starts:
        periods.start(hand, code, turn.day)
    values = {**turn.filled.choices, **turn.filled.texts, **turn.filled.personal}
    rows = effected(Made(hand.case, move, turn.party, values, turn.actor, turn.day, turn.now))
    _write(hand, move, turn, left, row.state, rows)


def _keep(hand: Hand, filled: Filled, move: Move, day: date) -> None:
    """Facts, fields, marks and organisations that a move leaves behind."""
    case = hand.case
    case.facts = {**case.facts, **filled.choices, **dict(move.sets)}
    case.fields = {**case.fields, **filled.texts}
    case.marks = {**case.marks, **dict.fromkeys(move.marks, day.isoformat())}
    case.save(update_fields=["facts", "fields", "marks"])
    for party, organisation in filled.organisations.items():
        hand.bind(party, organisation)


def _write(hand: Hand, move: Move, turn: Turn, left: str, reached: str, rows: Rows = ()) -> None:
    """The archive entry, the paper, the step and the notices of a move."""
    part = hand.parts.get(turn.party)
    paper = paper_for(hand, move, turn.filled, turn.day, turn.now, rows) if move.paper else None
    entry = entry_append(
        subject=hand.case.subject,
        kind="case.moved" if move.track else "case.opened",
        payload={
            "case": hand.case.number,
            "process": hand.process.code,
            "edition": hand.process.edition.isoformat(),
            "track": move.track,
            "move": move.code,
            "from": left,
            "to": reached,
            "day": turn.day.isoformat(),
            "party": turn.party,
            "organisation": part.organisation.code if part else None,
            "fields": {**turn.filled.choices, **turn.filled.texts, **dict(move.sets)},
            "deadlines": {
                code: row.due.isoformat() if row.due else None for code, row in sorted(hand.deadlines.items())
            },
            "files": [file.sha256 for file in turn.files],
            "paper": {"code": paper.code, "sha256": paper.file.sha256} if paper else None,
            "cite": move.cite,
            "readings": move.readings,
            **({"result": [list(row) for row in rows]} if rows else {}),
        },
        personal=turn.filled.personal,
        actor=turn.actor,
        at=turn.now,
    )
    step = Step.objects.create(
        case=hand.case,
        track=move.track,
        move=move.code,
        version=hand.tracks[move.track].version if move.track else 0,
        state_before=left,
        state_after=reached,
        party=turn.party,
        person=turn.actor,
        day=turn.day,
        at=turn.now,
        entry=entry,
        paper=paper,
    )
    step.files.set(turn.files)
    hand.made.append(move)
    followed(hand.case, step, turn.now)


def _known(process: Process, track: str, move: str) -> Move:
    try:
        found = process.move(track, move)
    except KeyError:
        raise BadInput([Problem("move", None, track, move, "流程中的一步", "a move of the process")]) from None
    if found.by == (CLOCK,):
        raise NotYours(Text("这一步由系统到期自动完成", "the clock makes this move"), found.cite)
    return found


def _who_may(process: Process, move: Move) -> Text:
    names = [process.party(code).name for code in move.by]
    return Text(
        f"“{move.name.zh}”由{'或'.join(name.zh for name in names)}办理",
        f"“{move.name.en}” is for the {' or '.join(name.en for name in names)}",
    )


def _who_was_first(hand: Hand, track: str) -> Text:
    last = hand.case.steps.filter(track=track).select_related("person").last()
    if last is None:
        return Text("页面已过时,请刷新", "the page is out of date, please reload it")
    move = hand.process.move(track, last.move)
    who = str(last.person) if last.person else "系统"
    who_en = str(last.person) if last.person else "the system"
    at = last.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    return Text(
        f"{who}已于 {at} 办理“{move.name.zh}”,请刷新后再办",
        f"{who_en} was first: “{move.name.en}” at {at}; please reload",
    )
