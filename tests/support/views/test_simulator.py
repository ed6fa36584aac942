"""The simulator: what is asked, in which order, how answers are taken and given back, and what the result says."""

import html
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongbao.support.rules.answers import match_profile
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.profiles import profile_of

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
ADDRESS = "/support/simulator/"
TODAY = date(2026, 8, 1)  # of the examples


@pytest.fixture(autouse=True)
def _on_the_day_of_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


class Browser:
    """Somebody who answers: keeps what the last page brought."""

    def __init__(self, language: str = "") -> None:
        self.client = Client()
        if language:
            self.client.cookies["django_language"] = language
        self.text, self.status = "", 200

    def send(self, status: int = 200, **fields: Any) -> str:
        answer = self.client.post(ADDRESS, {"answers": self.hidden("answers"), "key": self.hidden("key"), **fields})
        assert answer.status_code == status, answer.content.decode()
        self.text = answer.content.decode()
        return self.text

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return html.unescape(found[1]) if found else ""

    @property
    def key(self) -> str:
        """The question on the page: "p1|project.sectors"; empty on the result."""
        return self.hidden("key")

    @property
    def profile(self) -> Json:
        found: Json = json.loads(self.hidden("answers"))["profile"]
        return found

    def start(self, projects: str = "", measure: str = "") -> str:
        return self.send(go="start", projects=projects, measure=measure)

    def answer_all(self, facts: Mapping[str, object], most: int = 80) -> list[str]:
        """Answer until the result; what facts do not have is not known. The questions asked."""
        asked: list[str] = []
        while self.key:
            name = self.key.split("|")[1]
            asked.append(name)
            assert len(asked) <= most
            if name in facts:
                self.send(go="answer", answer=as_typed(facts[name]))
            else:
                self.send(go="unknown")
        return asked


def as_typed(value: object) -> object:
    """A value of an example as somebody enters it on a page."""
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, list) else str(value)


def facts_of(file: Json) -> dict[str, object]:
    return {f"{scope}.{key}": value for scope in ("entity", "project") for key, value in file.get(scope, {}).items()}


def status_of(text: str, code: str) -> str:
    """What the result page says of a measure."""
    part = next(p for p in text.split('<section class="result ')[1:] if f"/support/measures/{code}/" in p)
    return part.split('"')[0]


def test_the_first_page_says_what_is_kept_where() -> None:
    text = Client().get(ADDRESS).content.decode()
    assert "服务器不保存" in text
    assert "data-resume" in text


def test_what_tells_measures_apart_is_asked_first_then_the_order_of_the_facts() -> None:
    browser = Browser()
    browser.start("甲")
    assert browser.key == "p1|project.sectors"
    browser.send(go="answer", answer=[])
    assert browser.key == "|entity.kind"
    browser.send(go="answer", answer="enterprise")
    assert browser.key == "p1|project.directions"
    browser.send(go="answer", answer=["debut_centre"])
    assert browser.key == "|entity.sectors"
    browser.send(go="answer", answer=[])
    assert browser.key == "|entity.in_beijing"


def test_nothing_is_asked_that_cannot_matter_any_more(example: Callable[[str], Json]) -> None:
    browser = Browser()
    browser.start("甲")
    facts = facts_of(example("debut_centre")) | {"entity.sectors": [], "project.sectors": []}
    asked = browser.answer_all(facts)
    assert "entity.in_etown" not in asked, "no sector: no measure of E-Town is open"
    assert "project.revenue_6m" not in asked
    assert len(asked) == len(set(asked)) < 25


def test_one_no_ends_the_questions_of_everything_that_hangs_on_it() -> None:
    browser = Browser()
    browser.start("甲", measure="debut_centre")
    while browser.key != "|entity.in_beijing":
        browser.send(go="unknown")
    browser.send(go="answer", answer="false")
    assert browser.key == ""
    assert status_of(browser.text, "debut_centre") == "not_eligible"


EXAMPLES = ["debut_centre", "auto-5", "energy-8", "synbio-8", "trade_centre"]


@pytest.mark.parametrize(("code", "language"), [("auto-5", "en"), *((code, "zh-hans") for code in EXAMPLES)])
def test_answers_of_every_type_lead_to_the_result_that_matching_gives(
    example: Callable[[str], Json], catalogue: Catalogue, code: str, language: str
) -> None:
    browser = Browser(language)
    browser.start(measure=code)
    facts = facts_of(example(code))
    browser.answer_all(facts)
    profile = profile_of(browser.profile, catalogue.vocabulary, problems := [])
    assert problems == []
    matches = match_profile(profile, catalogue, TODAY)
    wanted = next(match for match in matches if match.measure.code == code)
    assert status_of(browser.text, code) == wanted.status


def test_the_examples_above_ask_for_every_type_of_fact(example: Callable[[str], Json], catalogue: Catalogue) -> None:
    asked = {fact.type for code in EXAMPLES for fact in catalogue.by_code[code].facts}
    assert asked == {fact.type for fact in catalogue.vocabulary.facts.values()}


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("project.launch_area_m2", "499.99", "499.99"),
        ("project.debut_events", "10", "10"),
        ("project.revenue_6m", "3,000,000.00", "3000000.00"),
        ("project.foreign_trade_share", "80%", "0.80"),
        ("project.foreign_trade_share", "7.5 %", "0.075"),
        ("project.foreign_trade_share", "0.8", "0.8"),
        ("project.in_use_on", "2026-02-12", "2026-02-12"),
        ("project.platform_id", "平台甲", "平台甲"),
        ("project.exclusions", [], []),
        ("project.exclusions", ["promotion"], ["promotion"]),
        ("project.in_beijing", "false", False),
        ("project.site_kind", "mall", "mall"),
    ],
)
def test_an_answer_is_kept_as_the_contract_writes_it(name: str, typed: object, kept: object) -> None:
    browser = Browser()
    browser.start("甲")
    browser.send(go="answer", key=f"p1|{name}", answer=typed)
    assert browser.profile["projects"][0]["facts"] == {name.split(".")[1]: kept}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("project.launch_area_m2", "很大"),
        ("project.launch_area_m2", "-1"),
        ("project.debut_events", "5.5"),
        ("project.foreign_trade_share", "101%"),
        ("project.foreign_trade_share", "八成%"),
        ("project.in_use_on", "2026-02-30"),
        ("project.site_kind", "moon"),
        ("project.exclusions", ["moon"]),
        ("project.in_beijing", ""),
        ("project.in_beijing", "maybe"),
        ("project.platform_id", "  "),
    ],
)
def test_an_answer_that_cannot_be_is_shown_again_with_what_is_due_and_nothing_is_kept(name: str, typed: object) -> None:
    browser = Browser()
    browser.start("甲")
    before = browser.profile
    text = browser.send(422, go="answer", key=f"p1|{name}", answer=typed)
    assert "summary-of-errors" in text
    assert browser.key == f"p1|{name}", "the same question stands there"
    assert browser.profile == before


def test_i_do_not_know_leaves_a_measure_open_and_says_what_is_missing(example: Callable[[str], Json]) -> None:
    browser = Browser()
    browser.start(measure="debut_centre")
    facts = facts_of(example("debut_centre"))
    del facts["project.debut_events"]
    asked = browser.answer_all(facts)
    assert asked.count("project.debut_events") == 1, "it is not asked again"
    assert status_of(browser.text, "debut_centre") == "needs"
    assert 'value="p1|project.debut_events"' in browser.text
    browser.send(go="change", change="p1|project.debut_events")
    browser.send(go="answer", answer="10")
    assert "2,000,000.00" in browser.text


def test_back_takes_the_newest_answer_out_and_asks_it_again() -> None:
    browser = Browser()
    browser.start("甲")
    first = browser.key
    browser.send(go="answer", answer=["auto"])
    assert browser.key != first
    browser.send(go="back")
    assert browser.key == first
    assert browser.profile["projects"][0]["facts"] == {}
    browser.send(go="back")
    assert "data-resume" in browser.text, "before the first question stands the first page"


def test_an_answer_can_be_changed_from_the_result() -> None:
    browser = Browser()
    browser.start("甲", measure="debut_centre")
    browser.send(go="answer", key="|entity.in_beijing", answer="false")
    browser.send(go="result")
    assert status_of(browser.text, "debut_centre") == "not_eligible"
    assert "只差这一条" in browser.text
    browser.send(go="change", change="|entity.in_beijing")
    assert browser.key == "|entity.in_beijing"
    browser.send(go="answer", answer="true")
    browser.send(go="result")
    assert status_of(browser.text, "debut_centre") == "needs"


def test_the_result_shows_steps_office_papers_the_next_step_and_every_reason(example: Callable[[str], Json]) -> None:
    browser = Browser("en")
    browser.start(measure="debut_centre")
    browser.answer_all(facts_of(example("debut_centre")))
    text = browser.text
    assert status_of(text, "debut_centre") == "eligible"
    assert "1,000,000.00 yuan" in text
    assert "10 events or more would give 2,000,000.00 yuan" in html.unescape(text)
    assert "Beijing Municipal Commerce Bureau" in text
    assert "closing report" in text
    assert "Best combination: 1,000,000.00 yuan" in text


def test_several_projects_are_asked_one_after_the_other_and_combined(example: Callable[[str], Json]) -> None:
    browser = Browser()
    browser.start("甲\n乙")
    facts = facts_of(example("auto-5")) | {"entity.sectors": [], "project.sectors": ["auto"], "project.directions": []}
    while browser.key:
        name = browser.key.split("|")[1]
        if name in facts:
            browser.send(go="answer", answer=as_typed(facts[name]))
        else:
            browser.send(go="unknown")
    assert [one["name"] for one in browser.profile["projects"]] == ["甲", "乙"]
    ids = [one["facts"].get("platform_id") for one in browser.profile["projects"]]
    assert ids == [facts.get("project.platform_id")] * 2, "what two projects may share is asked"


def test_a_project_is_added_and_taken_away_on_the_result_page() -> None:
    browser = Browser()
    browser.start()
    browser.send(go="result")
    browser.send(go="add", name="新项目")
    assert browser.profile["projects"] == [{"id": "p1", "name": "新项目", "facts": {}}]
    browser.send(go="result")
    browser.send(go="drop", project="p1")
    assert browser.profile["projects"] == []


def test_answers_are_saved_as_the_profile_that_match_reads_and_loaded_again(
    run: Callable[..., tuple[int, str, str]], saved: Callable[[object], Any], example: Callable[[str], Json]
) -> None:
    browser = Browser()
    browser.start("甲")
    browser.answer_all(facts_of(example("debut_centre")) | {"entity.sectors": [], "project.sectors": []})
    answer = browser.client.post("/support/simulator/profile.json", {"answers": browser.hidden("answers")})
    document = json.loads(answer.content)
    assert document == browser.profile
    code, out, _ = run("match", saved(document), "--on", TODAY, "--json")
    assert code == 0
    again = Browser()
    file = SimpleUploadedFile("profile.json", answer.content)
    response = again.client.post(ADDRESS, {"go": "load", "file": file})
    again.text = response.content.decode()
    assert again.profile == document
    again.send(go="result")
    statuses = {(row["project"], row["code"]): row["status"] for row in json.loads(out)["measures"]}
    assert status_of(again.text, "debut_centre") == statuses["p1", "debut_centre"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"entity": {"moon": 1}}', b'{"entity": {"in_beijing": 1.5}}', b"\xff"]
)
def test_a_file_that_is_no_profile_is_refused_with_what_is_wrong(content: bytes) -> None:
    file = SimpleUploadedFile("profile.json", content)
    answer = Client().post(ADDRESS, {"go": "load", "file": file})
    assert answer.status_code == 422
    assert "summary-of-errors" in answer.content.decode()


@pytest.mark.parametrize("answers", ["", "{", "[]", '{"profile": 1}', '{"profile": {"entity": {"moon": true}}}'])
def test_answers_that_were_tampered_with_lead_back_to_the_first_page(answers: str) -> None:
    answer = Client().post(ADDRESS, {"go": "next", "answers": answers})
    assert answer.status_code == 422
    assert "data-resume" in answer.content.decode()


@pytest.mark.parametrize(
    "fields", [{"go": "moon"}, {"go": "answer", "key": "|moon"}, {"go": "answer", "key": "p9|project.sectors"}]
)
def test_a_step_that_is_not_there_is_not_found(fields: Json) -> None:
    browser = Browser()
    browser.start("甲")
    browser.send(404, **fields)


def test_a_measure_that_is_not_there_is_not_found() -> None:
    assert Client().get(f"{ADDRESS}?measure=moon").status_code == 404


def test_more_projects_than_one_can_answer_for_are_refused() -> None:
    browser = Browser()
    browser.send(422, go="start", projects="\n".join(map(str, range(101))))
    browser.send(200, go="start", projects="\n".join(map(str, range(100))))


def test_the_server_keeps_nothing() -> None:
    browser = Browser()
    with CaptureQueriesContext(connection) as asked:
        browser.start("甲")
        browser.send(go="answer", answer=["auto"])
        browser.send(go="result")
    written = [
        query["sql"] for query in asked if not query["sql"].upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert written == []
    assert "sessionid" not in browser.client.cookies
