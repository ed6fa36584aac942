"""A calendar file (RFC 5545) with one event, for the day of a visit."""

from datetime import UTC, datetime

STAMP = "%Y%m%dT%H%M%SZ"
LINE = 75  # bytes of a line, after which it is folded


def calendar_file(*, uid: str, made_at: datetime, begins_at: datetime, title: str, where: str, about: str) -> str:
    """The file's text. begins_at: an aware moment; no end is written, for none is agreed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongbao//visits//ZH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made_at.astimezone(UTC).strftime(STAMP)}",
        f"DTSTART:{begins_at.astimezone(UTC).strftime(STAMP)}",
        f"SUMMARY:{_escaped(title)}",
        f"LOCATION:{_escaped(where)}",
        f"DESCRIPTION:{_escaped(about)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def _folded(line: str) -> str:
    """Cut between characters, never inside one; each further line begins with a space."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > LINE:
            parts.append(part)
            part = " "
        part += character
    return "\r\n".join([*parts, part])
