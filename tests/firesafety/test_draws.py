"""The draw of filings: bound before, revealed after, the same for whoever draws again."""

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.firesafety.city import WHEN, District, at

from gongbao.archive.selectors import dossier_entries
from gongbao.cases.services.engine import case_catch_up
from gongbao.documents.models import Paper
from gongbao.draw.cli import draw as draw_command
from gongbao.firesafety.models import DrawDay, Drawing
from gongbao.firesafety.selectors.draws import redraw
from gongbao.firesafety.services.draws import draw_days_commit, draw_days_reveal
from gongbao.firesafety.tables.settings import settings
from gongbao.kernel.draw import commitment

pytestmark = pytest.mark.django_db
NEXT_DAY = WHEN + timedelta(days=1)


def test_commitments_stand_before_the_application_and_cover_the_days_ahead(district: District) -> None:
    district.send(matter="filing")
    days = DrawDay.objects.order_by("day")
    assert days.count() == settings().draw_ahead_days + 1
    assert all(day.commitment == commitment(day.purpose, day.secret) for day in days)
    assert draw_days_commit(now=WHEN) == []  # once
    entry = dossier_entries("fire/draw").first()
    assert entry is not None and WHEN.date().isoformat() in entry.content["data"]["days"]


def test_a_secret_is_revealed_when_its_day_is_over_and_not_before(district: District) -> None:
    district.send(matter="filing")
    assert draw_days_reveal(now=at("2026-03-02 23:59")) == 0
    assert draw_days_reveal(now=at("2026-03-03 00:01")) == 1
    assert DrawDay.objects.exclude(revealed_at=None).get().day == WHEN.date()


def test_a_filing_admitted_by_silence_is_drawn_with_the_secret_of_that_day(district: District) -> None:
    place = district.send(matter="filing")
    assert place.case
    case_catch_up(case=place.case, now=at("2026-03-16 10:00"))  # nobody looked for a week
    drawing = Drawing.objects.get(place=place)
    assert str(drawing.on) == str(drawing.day.day) == "2026-03-09"


def test_the_applicants_part_and_the_kind_of_place_count(district: District) -> None:
    tickets, rates = set(), []
    for part, kind in (("1", "mall"), ("2", "mall"), ("1", "hotel")):
        place = district.send(matter="filing", kinds=(kind,), draw_part=part)
        district.admit(place)
        made = Drawing.objects.get(place=place)
        tickets.add(made.ticket)
        rates.append(made.rate)
    assert len(tickets) == 3 and rates == ["3/10", "3/10", "1/10"]


def test_a_fire_acceptance_is_not_drawn(district: District) -> None:
    district.admit(district.send())
    assert not Drawing.objects.exists() and not Paper.objects.filter(name__contains="备案凭证").exists()


def test_anybody_draws_again_on_the_page_and_with_one_command(
    district: District, client: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    for part in "12345":
        district.admit(district.send(matter="filing", draw_part=part))
    assert client.get("/fire/draws/2026-03-02/list.csv").status_code == 404
    assert redraw(DrawDay.objects.get(day=WHEN.date())) == []
    draw_days_reveal(now=NEXT_DAY)
    page = client.get("/fire/draws/2026-03-02/").content.decode()
    assert "结果与备案凭证一致" in page
    monkeypatch.chdir(tmp_path)
    day = DrawDay.objects.get(day=WHEN.date())
    Path("secret.txt").write_text(day.secret)
    for name in ("list.csv", "result.csv"):
        Path(name).write_bytes(client.get(f"/fire/draws/2026-03-02/{name}").content)
    shown = page.split("gongbao draw verify ")[1].split("</pre>")[0].replace("&quot;", '"')
    words = ["verify", *shlex.split(shown)]
    done = CliRunner().invoke(draw_command, words)
    assert done.exit_code == 0 and "5 行" in done.output, done.output


def test_a_result_that_was_changed_afterwards_is_seen(district: District, client: Client) -> None:
    place = district.send(matter="filing")
    district.admit(place)
    draw_days_reveal(now=NEXT_DAY)
    Drawing.objects.filter(place=place).update(ticket="0" * 64)
    assert "结果与备案凭证不一致" in client.get("/fire/draws/2026-03-02/").content.decode()
