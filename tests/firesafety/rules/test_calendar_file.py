"""The calendar file: one event in UTC, with marks escaped and long lines folded between characters."""

from datetime import UTC, datetime, timedelta, timezone

from gongbao.firesafety.rules.calendar_file import LINE, calendar_file

BEIJING = timezone(timedelta(hours=8))


def made(title: str) -> str:
    return calendar_file(
        uid="1@gongbao",
        made_at=datetime(2026, 3, 2, tzinfo=UTC),
        begins_at=datetime(2026, 3, 6, 9, 30, tzinfo=BEIJING),
        title=title,
        where="演示路1号",
        about="a",
    )


def test_the_beginning_is_written_in_utc_and_lines_end_as_the_standard_says() -> None:
    lines = made("检查").split("\r\n")
    assert "DTSTART:20260306T013000Z" in lines and "DTSTAMP:20260302T000000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]


def test_marks_with_a_meaning_are_escaped() -> None:
    assert "SUMMARY:a\\, b\\; c\\\\d\\ne" in made("a, b; c\\d\ne").split("\r\n")


def test_lines_are_folded_between_characters_and_read_as_they_were() -> None:
    for length in (22, 23, 24, 100):  # "SUMMARY:" and 22 characters of three bytes are 74 bytes
        title = "检" * length
        text = made(title)
        assert all(len(line.encode()) <= LINE for line in text.split("\r\n"))
        assert f"SUMMARY:{title}" in text.replace("\r\n ", "")
