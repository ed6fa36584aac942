"""Words, dates, deadline, grade, timeline, forms, the registry."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from gongbao.calendar.days import published
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.kernel.workdays import add_workdays
from gongbao.web import registry
from gongbao.web.forms import Form
from gongbao.web.registry import Door, Work
from gongbao.web.scopes import name_scope, scopes
from gongbao.web.words import both


def shown(source: str, language: str = "zh-hans", **values: object) -> str:
    with translation.override(language):
        return " ".join(Template(source).render(Context(values)).split())


def test_a_sentence_comes_in_the_language_of_the_page_with_its_values_escaped() -> None:
    source = '{% t "还有 {n} 天" "{n} days left" n=n %}'
    assert shown(source, n=3) == "还有 3 天"
    assert shown(source, "en", n="<b>") == "&lt;b&gt; days left"


def test_dates_read_as_people_write_them_in_beijing() -> None:
    late = datetime(2026, 7, 9, 16, 30, tzinfo=UTC)
    assert shown("{{ d|day }}", d=date(2026, 7, 10)) == "2026年7月10日"
    assert shown("{{ d|day }}", d=late) == "2026年7月10日"
    assert shown("{{ d|day }}", "en", d=late) == "10 July 2026"
    assert shown("{{ d|day }}", d=None) == ""


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (3, "open", "还有 3 个工作日"),
        (2, "soon", "还有 2 个工作日"),
        (0, "soon", "今天截止"),
        (-1, "late", "已逾期 1 个工作日"),
    ],
)
def test_a_deadline_says_in_words_how_near_it_is(left: int, state: str, words: str) -> None:
    page = shown("{% deadline d left cite='第十二条' %}", d=date(2026, 7, 10), left=left)
    assert f'class="deadline {state}"' in page
    assert words in page
    assert "第十二条" in page


def test_a_deadline_that_is_met_counts_no_days() -> None:
    page = shown("{% deadline d -4 done=True %}", d=date(2026, 7, 10))
    assert 'class="deadline done"' in page
    assert "逾期" not in page


def test_a_counted_deadline_opens_into_its_days() -> None:
    until = add_workdays(date(2026, 9, 30), 3, published())
    page = shown("{% deadline d 3 %}", d=until)
    assert "<details>" in page
    assert page.count("<li") == len(until.counted)
    assert page.count('class="not"') == sum(not day.counts for day in until.counted) > 0


def test_a_grade_is_named_in_words_and_anything_else_is_none() -> None:
    assert "<b>A</b> 级" in shown("{% grade 'A' %}")
    assert "grade <b>A</b>" in shown("{% grade 'A' %}", "en")
    assert shown("{% grade 'E' %}", "en") == '<span class="grade">not graded</span>'


def test_a_timeline_tells_when_who_and_under_which_clause() -> None:
    event = {
        "at": datetime(2026, 7, 9, 16, 30, tzinfo=UTC),
        "title": Text("受理", "Admitted"),
        "by": "示例",
        "cite": "第五条",
    }
    page = shown("{% timeline events %}", events=[event])
    assert "受理" in page
    assert "2026年7月10日 00:30" in page
    assert "第五条" in page


class Sample(Form):
    name = forms.CharField(label=both("姓名", "Name"), help_text=both("全名", "in full"))
    note = forms.CharField(label=both("备注", "Note"), required=False)
    way = forms.ChoiceField(label=both("方式", "Way"), choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_form_links_its_errors_to_the_fields_and_keeps_the_answers() -> None:
    page = shown("{{ form }}", form=Sample({"name": "", "note": "<写了>"}))
    assert 'href="#id_name"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert "&lt;写了&gt;" in page
    assert "(选填)" in page


def test_problems_of_a_service_land_at_their_fields_and_others_above() -> None:
    with translation.override("en"):
        form = Sample({"name": "x", "way": "a"})
        form.take(
            BadInput(
                [Problem("t", None, "name", "x", "中文", "too short"), Problem("t", None, "?", "", "别处", "other")]
            )
        )
        assert form.errors == {"name": ["too short"], "__all__": ["other"]}


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_doors", {})
    monkeypatch.setattr(registry, "_desk", [])
    monkeypatch.setattr(registry, "_search", [])


def door(place: int, name: str) -> Door:
    return Door(place, Text(name, "x"), Text("", ""), "front")


def test_doors_stand_in_their_places_and_no_place_has_two(empty_registry: None) -> None:
    registry.open_door(door(2, "二"))
    registry.open_door(door(1, "一"))
    registry.open_door(door(1, "一"))
    assert [one.name.zh for one in registry.doors()] == ["一", "二"]
    with pytest.raises(ValueError, match="一"):
        registry.open_door(door(1, "另一个"))


def test_what_is_late_comes_first_on_the_desk(empty_registry: None) -> None:
    @registry.on_the_desk
    def of_anybody(actor: str, now: datetime) -> list[Work]:
        say = Text("", "")
        return [
            Work(Text("读", "r"), say, "/r"),
            Work(Text("办", "w"), say, "/w", waiting=5),
            Work(Text("急", "l"), say, "/l", waiting=1, overdue=1),
        ]

    registry.on_the_desk(of_anybody)
    found = registry.desk_of("anybody", datetime(2026, 1, 1, tzinfo=UTC))
    assert [work.name.zh for work in found] == ["急", "办", "读"]


def test_a_scope_means_one_thing() -> None:
    assert "client.read" in scopes()
    with pytest.raises(ValueError, match=r"client\.read"):
        name_scope("client.read", Text("别的", "else"))
