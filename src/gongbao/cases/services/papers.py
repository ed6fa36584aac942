"""The paper of a move: who, what, under which clause, by the authority of the track."""

from datetime import date, datetime

from gongbao.cases.joining import Rows
from gongbao.cases.rules.process import CLOCK, Move
from gongbao.cases.services.fields import Filled
from gongbao.cases.services.hand import Hand
from gongbao.documents.models import Paper
from gongbao.documents.services import paper_issue


def paper_for(hand: Hand, move: Move, filled: Filled, day: date, now: datetime, more: Rows = ()) -> Paper:
    """Issue the paper of a move, dated with its day. Personal values are not printed. more: rows of its effect."""
    process = hand.process
    authority = move.issuer or process.track(move.track or process.tracks[0].code).authority
    issuers = [
        hand.parts[party].organisation.name if party in hand.parts else process.party(party).name.zh
        for party in authority
    ]
    rows = [("事项", f"{process.name.zh}({hand.case.title})")]
    rows += [
        (process.party(code).name.zh, part.organisation.name)
        for code, part in hand.parts.items()
        if code not in authority
    ]
    rows.append(("内容", move.name.zh + ("(由系统到期作出)" if move.by == (CLOCK,) and move.due else "")))
    for code in (*move.takes, *move.may):
        field = process.field(code)
        if code in filled.choices:
            rows.append((field.name.zh, dict(field.values)[filled.choices[code]].zh))
        elif code in filled.texts:
            rows.append((field.name.zh, filled.texts[code]))
    rows += more
    rows += [
        (f"{process.deadline(code).name.zh}期限", f"{hand.deadlines[code].due}(含当日)")
        for code in move.starts
        if hand.deadlines[code].due
    ]
    if remedy := dict(process.remedies).get(move.paper):
        rows.append(("救济途径", remedy))
    return paper_issue(
        name=move.paper,
        number=str(hand.case.number),
        subject=hand.case.subject,
        issuer="、".join(issuers),
        issued_on=day,
        rows=tuple(rows),
        basis=move.cite,
        belongs_to=f"case/{hand.case.number}",
        at=now,
    )
