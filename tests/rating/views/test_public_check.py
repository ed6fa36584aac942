"""Anybody checks a published result by doing what the page says, and finds what was changed."""

import html
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.rating.published import browser, publish
from tests.rating.small_cycle import CLOSING, SmallCity, at

from gongbao.archive.models import DailyRoot
from gongbao.archive.services import root_make
from gongbao.config.cli import gongbao
from gongbao.kernel.problem import CheckFailed
from gongbao.rating.models import RatingCycle, State
from gongbao.rating.selectors.cycles import cycle_by_code

RUN, DOSSIER, SCORES = "run-2026H1.json", "cycle-2026H1.jsonl", "rating-2026H1.csv"


@pytest.fixture
def published(small: SmallCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    publish(small)
    (tmp_path / "check").mkdir()
    monkeypatch.chdir(tmp_path / "check")
    return small


def follow_the_page(city: SmallCity) -> list[str]:
    """Download every file that the page offers of the cycle, under its own name; the words of the command."""
    nobody = browser(city, "")
    page = nobody.get("/rating/data/").content.decode()
    for address in re.findall(r'<a href="([^"]+)" download>', page):
        answer = nobody.get(html.unescape(address))
        assert answer.status_code == 200, address
        name = re.search(r'filename="([^"]+)"', answer["Content-Disposition"])
        assert name, address
        Path(name[1]).write_bytes(answer.getvalue())
    (command,) = re.findall(r'<pre class="command" tabindex="0">([^<]+)</pre>', page)
    return shlex.split(html.unescape(command))


def run(words: list[str]) -> Result:
    assert words[0] == "gongbao"
    return CliRunner().invoke(gongbao, words[1:])


def test_what_the_page_says_finds_a_published_result_as_it_was_published(published: SmallCity) -> None:
    done = run(follow_the_page(published))
    assert (done.exit_code, "结果与档案一致" in done.output) == (0, True)


def other_grades(text: str) -> str:
    about = json.loads(text)
    about["grades"]["A"] += 1
    return json.dumps(about)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (SCORES, lambda text: text.replace(",A\n", ",B\n", 1).replace(",B\n", ",A\n", 1), SCORES),
        (RUN, other_grades, "grades"),
        (DOSSIER, lambda text: text.replace('"to":"final"', '"to":"fimal"'), "7"),
    ],
)
def test_whatever_was_changed_is_named(
    published: SmallCity, name: str, change: Callable[[str], str], said: str
) -> None:
    words = follow_the_page(published)
    before = Path(name).read_text(encoding="utf-8")
    Path(name).write_text(change(before), encoding="utf-8")
    assert Path(name).read_text(encoding="utf-8") != before
    done = run(words)
    assert isinstance(done.exception, CheckFailed)
    assert any(said in failure for failure in done.exception.failures)


def test_the_dossier_of_another_subject_and_one_without_publication_do_not_do(published: SmallCity) -> None:
    words = follow_the_page(published)
    own = browser(published, "clerk").get(f"/desk/enterprise/{published.codes[0]}/dossier/")
    Path("other.jsonl").write_bytes(own.getvalue())
    done = run([*words[:4], "other.jsonl"])
    assert isinstance(done.exception, CheckFailed) and "enterprise/" in done.exception.failures[0]


def test_a_root_from_before_the_publication_proves_nothing_about_it(small: SmallCity, tmp_path: Path) -> None:
    small.close()
    small.run(CLOSING)
    early = root_make(now=CLOSING)
    small.step(State.PRELIMINARY, CLOSING)
    small.step(State.OBJECTIONS, CLOSING)
    for state in (State.FINAL, State.PUBLISHED):
        small.step(state, at("07-16 10:00"))
    nobody = browser(small, "")
    for address, name in (("run.json", RUN), ("dossier.jsonl", DOSSIER)):
        (tmp_path / name).write_bytes(nobody.get(f"/rating/data/2026H1/{address}").getvalue())
    check = ["gongbao", "rating", "check", str(tmp_path / RUN), str(tmp_path / DOSSIER), "--root"]
    done = run([*check, early.root])
    assert isinstance(done.exception, CheckFailed) and "早于公布" in done.exception.failures[0]
    late = root_make(now=at("07-17 10:00"))
    (tmp_path / DOSSIER).write_bytes(nobody.get("/rating/data/2026H1/dossier.jsonl").getvalue())
    assert run([*check, late.root]).exit_code == 0
    assert DailyRoot.objects.count() == 2


def test_where_only_grades_are_shown_the_command_leaves_the_scores_out(published: SmallCity) -> None:
    RatingCycle.objects.update(settings={"public_breakdown": "grade"})
    words = follow_the_page(published)
    assert "--scores" not in words
    assert run(words).exit_code == 0


def test_while_a_correction_is_on_its_way_the_dossier_is_not_public(published: SmallCity) -> None:
    cycle = cycle_by_code("2026H1")
    assert cycle is not None
    published.step(State.CLOSED, at("08-03 10:00"), because="申诉成立")
    nobody = browser(published, "")
    assert nobody.get("/rating/data/2026H1/dossier.jsonl").status_code == 404
    assert "dossier.jsonl" not in nobody.get("/rating/data/").content.decode()
