"""The made-up city: both cycles, with something to do for everybody; a second time nothing changes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.rating.small_cycle import everything

from gongbao.archive.selectors import dossier_file
from gongbao.cases.selectors import deadlines_overdue
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.organisations.models import Organisation
from gongbao.organisations.services.demo import demo_people_load
from gongbao.rating.models import State
from gongbao.rating.selectors.declarations import declarations_of
from gongbao.rating.selectors.live import live_score
from gongbao.rating.selectors.sheets import sheet_list
from gongbao.rating.services.demo import demo_city_load

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_has_a_finished_and_a_running_cycle_and_work_for_everybody(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    demo_people_load(now=NOW, today=date(2026, 11, 24))  # as `gongbao demo-people` does
    done, running = demo_city_load(now=NOW, projects=300)
    assert (done.code, done.state, done.trial) == ("2026H1", State.PUBLISHED, True)
    assert (running.code, running.state, running.trial) == ("2026H2", State.COLLECTING, False)
    uscc = Organisation.objects.get(code="demo-enterprise").uscc
    assert done.public.scores.filter(uscc=uscc).exists() and done.windows.count() == 2
    assert [deadline.code for deadline in deadlines_overdue(date(2026, 11, 24))] == ["appeal_answer"]
    states = sorted(declarations_of(running, uscc).values_list("state", flat=True))
    assert states == ["confirmed", "declared", "declared", "district", "returned"]
    rows = sheet_list(running, Organisation.objects.get(code="demo-street"))
    assert {bool(row.sheet) for row in rows} == {True, False}
    assert live_score(running, uscc).score is not None
    assert verify_file_lines(dossier_file(f"enterprise/{uscc}")) == []
    seen = everything()
    demo_city_load(now=NOW, projects=300)
    assert everything() == seen
