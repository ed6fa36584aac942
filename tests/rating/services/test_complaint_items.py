"""Single complaints: supplied where 12345 can, seen by whoever the month belongs to, contested and struck by one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rating.published import browser, clock
from tests.rating.small_cycle import CLOSING, COLLECTING, ONE, RELEASE, TWO, SmallCity, at, everything

from gongbao.archive.selectors import dossier_entries
from gongbao.cases.models import Notice
from gongbao.kernel.problem import BadInput
from gongbao.organisations.models import Client, Membership, Organisation, Person
from gongbao.organisations.services.tree import organisation_create
from gongbao.rating.models import Complaint, ComplaintItem, Delivery, RatingCycle, State
from gongbao.rating.refusals import MoveRefused, Stale
from gongbao.rating.selectors.complaint_items import items_named, items_now, months_of_items
from gongbao.rating.services.complaint_items import item_strike, items_take
from gongbao.rating.services.rows import file_import
from gongbao.rating.tables.complaint_items import read_items
from gongbao.web.errors import NotAllowed

OWN = f"/desk/enterprise/{ONE}/2026H1"


@pytest.fixture
def line(small: SmallCity) -> SmallCity:
    """With a complaint line, and two complaints about P1 in February counted."""
    made = organisation_create(
        code="line", kind="complaint_line", name="示例热线", parent=Organisation.objects.get(code="110000"),
        now=COLLECTING,
    )  # fmt: skip
    person = Person.objects.create(username="caller", name="Caller")
    Membership.objects.create(person=person, organisation=made, role="complaints", first_day=at("01-01 00:00").date())
    small.organisations["line"], small.people["caller"] = made, person
    rows = [{"project_id": "P1", "month": "2026-02", "count": "2", "rank": ""}]
    file_import(cycle=small.cycle, source=small.file(complaints=rows), actor=small.actor("officer"), now=COLLECTING)
    return small


def row(number: str = "N1", **changes: str) -> dict[str, str]:
    return {"reference_no": number, "project_id": "P1", "received_on": "2026-02-03", "concerns": "yes"} | changes


def take(city: SmallCity, *rows: dict[str, str], who: str = "caller") -> Delivery | None:
    return items_take(cycle=city.fresh(), rows=rows, actor=city.actor(who), now=COLLECTING)


def test_the_complaints_behind_a_count_are_seen_by_whoever_the_month_belongs_to(line: SmallCity) -> None:
    take(line, row("N1"), row("N2"), row("N3", concerns="否"), row("N4", project_id="P5", received_on="2026-05-02"))
    (month,) = months_of_items(line.cycle, ONE)
    assert (month.project_id, month.month, month.count, month.concerning) == ("P1", "2026-02", 2, 2)
    assert [item.reference_no for item in month.items] == ["N1", "N2", "N3"]
    handed_over = months_of_items(line.cycle, TWO)  # P5 changed hands on 10 May: the month is the later one's
    assert [(each.project_id, each.month) for each in handed_over] == [("P5", "2026-05")]
    assert items_named(line.cycle, TWO, ["N1"]) == []
    assert dossier_entries(f"enterprise/{ONE}").last().kind == "rating.complaint_items"


def test_the_same_again_changes_nothing_and_a_changed_one_keeps_its_old_version(line: SmallCity) -> None:
    take(line, row())
    seen = everything()
    assert take(line, row()) is None
    assert everything() == seen
    made = take(line, row(concerns="no"), row("N2"))
    assert made is not None and made.counts == {"complaint_items": 2}
    assert ComplaintItem.objects.filter(reference_no="N1").count() == 2
    assert not items_now(line.cycle).get(reference_no="N1").concerns


def test_many_cost_no_more_queries_than_one(line: SmallCity) -> None:
    take(line, row())  # begins the dossiers
    with CaptureQueriesContext(connection) as one:
        take(line, row("A1"))
    with CaptureQueriesContext(connection) as many:
        take(line, *(row(f"B{number}") for number in range(20)))
    assert len(many) == len(one)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"reference_no": " "}, "reference_no"),
        ({"reference_no": "x" * 81}, "reference_no"),
        ({"reference_no": "N0"}, "reference_no"),
        ({"project_id": "P9"}, "project_id"),
        ({"received_on": "2025-12-31"}, "received_on"),
        ({"received_on": "2026-07-01"}, "received_on"),
        ({"received_on": "2026-02-30"}, "received_on"),
        ({"concerns": "maybe"}, "concerns"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_kept(
    line: SmallCity, changes: dict[str, str], column: str
) -> None:
    seen = everything()
    with pytest.raises(BadInput) as refused:
        take(line, row("N0"), row(**changes))
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [(3, column)]
    assert everything() == seen


@pytest.mark.parametrize(
    "changes", [{"reference_no": "x" * 80}, {"received_on": "2026-01-01"}, {"received_on": "2026-06-30"}]
)
def test_what_is_just_right_is_taken(line: SmallCity, changes: dict[str, str]) -> None:
    assert take(line, row(**changes)) is not None


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "诉求编号".encode("gbk"), b'reference_no,"x'])
def test_a_file_that_is_none_is_told(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_items(content)


def test_a_file_bears_its_heads_in_either_language() -> None:
    text = "\ufeff诉求编号,日期,项目编号,是否涉及企业\nN1,2026-02-03,P1,是\n\n"
    assert read_items(text.encode()) == [row(concerns="是")]


def strike(city: SmallCity, who: str = "caller", because: str = "属于供暖问题", now: Any = COLLECTING) -> ComplaintItem:
    item = items_now(city.cycle).get(reference_no="N1")
    return item_strike(item=item, because=because, actor=city.actor(who), now=now)


def test_a_struck_complaint_lowers_its_month_by_one_and_the_enterprise_is_told(line: SmallCity) -> None:
    take(line, row("N1"), row("N2"))
    line.release()
    made = strike(line, now=RELEASE)
    assert (made.concerns, made.delivery.how, made.delivery.organisation.code) == (False, "correction", "line")
    counts = Complaint.objects.filter(project_id="P1", month=202602).values_list("count", "ended")
    assert sorted(count for count, _ in counts) == [1, 2] and [c for c, ended in counts if ended is None] == [1]
    (month,) = months_of_items(line.cycle, ONE)
    assert month.count == month.concerning == 1
    told = Notice.objects.filter(title__contains="不再计入").values_list("person__username", flat=True)
    assert list(told) == ["clerk"]


def test_without_a_count_only_the_complaint_itself_is_struck(line: SmallCity) -> None:
    take(line, row("N1", received_on="2026-03-03"))
    before = Complaint.objects.count()
    assert not strike(line).concerns
    assert Complaint.objects.count() == before


def test_a_complaint_is_struck_with_a_reason_once_and_before_the_result_is_final(line: SmallCity) -> None:
    take(line, row("N1"))
    item, seen = items_now(line.cycle).get(), everything()
    with pytest.raises(BadInput):
        strike(line, because=" ")
    for who in ("clerk", "reviewer", "signer"):
        with pytest.raises(NotAllowed):
            strike(line, who=who)
    RatingCycle.objects.update(state=State.FINAL)
    with pytest.raises(MoveRefused):
        strike(line)
    RatingCycle.objects.update(state=State.COLLECTING)
    assert everything() == seen
    strike(line, who="officer")
    seen = everything()
    with pytest.raises(MoveRefused):
        strike(line)
    with pytest.raises(Stale):
        item_strike(item=item, because="又一次", actor=line.actor("caller"), now=COLLECTING)
    assert everything() == seen


def test_nobody_else_supplies_complaints_and_nobody_after_closing(line: SmallCity) -> None:
    seen = everything()
    for who in ("clerk", "reviewer", "enforcer"):
        with pytest.raises(NotAllowed):
            take(line, row(), who=who)
    assert everything() == seen
    line.close(CLOSING)
    seen = everything()
    with pytest.raises(MoveRefused):
        take(line, row())
    assert everything() == seen


def test_the_complaint_lines_system_supplies_them_too(line: SmallCity) -> None:
    client = Client.objects.create(name="热线系统", organisation=line.organisations["line"], issued_at=COLLECTING)
    made = items_take(cycle=line.fresh(), rows=[row()], client=client, now=COLLECTING)
    assert made is not None and (made.how, made.client) == ("push", client)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_an_enterprise_contests_one_complaint_and_the_form_is_begun_for_it(
    line: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(line, row("N1"), row("N2"))
    line.release()
    clock(monkeypatch, at("07-16 10:00"))
    clerk, rival = browser(line, "clerk"), browser(line, "rival")
    page = clerk.get(f"{OWN}/complaints/").content.decode()
    assert "N1" in page and f"{OWN}/objections/objection/?complaint=N1" in page
    begun = clerk.get(f"{OWN}/objections/objection/?complaint=N1").content.decode()
    assert "诉求 N1(2026-02-03)" in begun and begun.count(" checked") == 2
    assert rival.get(f"{OWN}/complaints/").status_code == 404
    other = rival.get(f"/desk/enterprise/{TWO}/2026H1/objections/objection/?complaint=N1").content.decode()
    assert "2026-02-03" not in other
    clock(monkeypatch, at("07-25 00:00"))
    assert "?complaint=" not in browser(line, "clerk").get(f"{OWN}/complaints/").content.decode()


def test_the_complaint_line_uploads_and_strikes_at_its_desk(line: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, COLLECTING)
    caller, desk = browser(line, "caller"), "/desk/rating/2026H1/complaints/"
    assert desk in caller.get("/desk/").content.decode()
    head = "reference_no,project_id,received_on,concerns\n"
    wrong = caller.post(desk, {"sent": SimpleUploadedFile("a.csv", f"{head}N1,P9,2026-02-03,yes\n".encode())})
    assert "本周期登记在册的项目" in wrong.content.decode() and not ComplaintItem.objects.exists()
    assert caller.post(desk, {"sent": SimpleUploadedFile("a.csv", b"x")}).status_code == 200
    caller.post(desk, {"sent": SimpleUploadedFile("a.csv", f"{head}N1,P1,2026-02-03,yes\n".encode())})
    item = ComplaintItem.objects.get()
    assert "N1" in caller.get(desk).content.decode()
    assert caller.post(f"{desk}{item.pk}/", {"because": ""}).status_code == 200
    done = caller.post(f"{desk}{item.pk}/", {"because": "属于供暖问题"})
    newest = ComplaintItem.objects.get(ended=None)
    assert done["Location"] == f"{desk}{newest.pk}/" and not newest.concerns
    assert "属于供暖问题" in caller.get(done["Location"]).content.decode()
