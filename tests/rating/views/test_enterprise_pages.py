"""The desk of an enterprise: declaring with proof, objecting in time, and what others may not see."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.rating.published import browser, clock, publish, release
from tests.rating.small_cycle import COLLECTING, ONE, RELEASE, TWO, SmallCity, at

from gongbao.documents.models import StoredFile
from gongbao.kernel.archive_file import verify_file_lines
from gongbao.rating.models import Declaration, Fact, Objection, RatingCycle
from gongbao.rating.services.declarations import declaration_return
from gongbao.rating.services.nights import live_scores_store
from gongbao.rating.services.rows import fact_end

OWN = f"/desk/enterprise/{ONE}/2026H1"
PROOF = ("证明.txt", b"made up")
STAFF = {"project_id": "P1", "value": "9", "reference": "20", "occurred_on": "2026-05-20", "token": "t" * 20}
OBJECTION = {"indicators": ["waste"], "contested": "扣分", "grounds": "不是本企业", "token": "o" * 20}


@pytest.fixture
def clerk(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> Client:
    clock(monkeypatch, COLLECTING)
    return browser(small, "clerk")


def fill(client: Client, item: str, proofs: Iterable[tuple[str, bytes]] = (PROOF,), **fields: str) -> HttpResponse:
    files = [SimpleUploadedFile(name, content) for name, content in proofs]
    return client.post(f"{OWN}/declare/{item}/", {**fields, "proofs": files})


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_live_score_opens_into_facts_with_their_document_and_clause(clerk: Client) -> None:
    page = words(clerk.get(f"{OWN}/"))
    for expected in (
        "实时得分",
        "示例罚〔2026〕1号",
        "京建法〔2025〕2号 附件 公共信用评价",
        "P1家园:合同备案",
        "还可以得到的分",
    ):
        assert expected in page


def test_a_declaration_is_filled_in_checked_sent_and_received(clerk: Client) -> None:
    checking = fill(clerk, "staff", **STAFF)
    assert checking.status_code == 302
    assert Declaration.objects.count() == 0  # nothing is sent before it was checked
    page = words(clerk.get(checking["Location"]))
    for expected in ("P1家园", "大专及以上学历的自有参保人员数", "证明.txt", "2026-05-20"):
        assert expected in page
    receipt = clerk.post(checking["Location"])
    made = Declaration.objects.get()
    assert receipt["Location"] == f"{OWN}/declarations/{made.pk}/received/"
    assert (made.indicator, made.value, made.reference, made.project_id) == ("staff", "9", "20", "P1")
    assert StoredFile.objects.filter(belongs_to=made.belongs_to).get().name == "证明.txt"
    assert str(made.pk) in words(clerk.get(receipt["Location"]))
    assert "区级初审中" in words(clerk.get(f"{OWN}/declarations/"))


def test_sent_twice_or_after_going_back_it_is_declared_once(clerk: Client) -> None:
    where = fill(clerk, "staff", **STAFF)["Location"]
    first, second = clerk.post(where), clerk.post(where)
    assert first["Location"] == second["Location"]
    assert clerk.get(where)["Location"] == first["Location"]
    assert fill(clerk, "staff", **STAFF)["Location"] == first["Location"]  # the form once more
    assert Declaration.objects.count() == 1


def test_changing_an_answer_keeps_the_others_and_the_proof(clerk: Client) -> None:
    where = fill(clerk, "staff", **STAFF)["Location"]
    form = words(clerk.get(f"{OWN}/declare/staff/?draft={STAFF['token']}"))
    assert 'value="20"' in form
    assert "证明.txt" in form
    again = fill(clerk, "staff", proofs=(), **{**STAFF, "value": "15"})
    assert again["Location"] == where
    clerk.post(where)
    assert Declaration.objects.get().value == "15"


@pytest.mark.parametrize(
    ("changes", "proofs", "expected"),
    [
        ({"value": "21"}, (PROOF,), "对照"),
        ({"value": "x"}, (PROOF,), "整数"),
        ({"occurred_on": "2026-07-01"}, (PROOF,), "2026-01-01 至 2026-06-30"),
        ({"project_id": ""}, (PROOF,), "必填"),
        ({}, (), "必填"),
        ({}, (("证明.exe", b"MZ"),), "以下格式之一"),
        ({}, (("证明.pdf", b"no pdf at all"),), "内容与扩展名"),
        ({}, (("空.txt", b""),), "空"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(
    clerk: Client, changes: dict[str, str], proofs: tuple[tuple[str, bytes], ...], expected: str
) -> None:
    answer = fill(clerk, "staff", proofs, **{**STAFF, **changes})
    assert answer.status_code == 200
    page = words(answer)
    errors = page[page.index("summary-of-errors") :]
    assert expected in errors
    assert Declaration.objects.count() == 0
    assert "rating_drafts" not in clerk.session


@pytest.mark.parametrize(("size", "taken"), [(20 * 1024 * 1024, True), (20 * 1024 * 1024 + 1, False)])
def test_a_file_may_have_twenty_megabytes_and_no_byte_more(clerk: Client, size: int, taken: bool) -> None:
    answer = fill(clerk, "staff", (("大.txt", b"a" * size),), **STAFF)
    assert (answer.status_code == 302) is taken
    assert taken or "超过 20 MB" in words(answer)


def test_after_closing_nothing_is_declared_any_more(small: SmallCity, clerk: Client) -> None:
    where = fill(clerk, "staff", **STAFF)["Location"]
    RatingCycle.objects.filter(pk=small.cycle.pk).update(state="closed")
    assert "本周期的申报已截止" in words(clerk.get(f"{OWN}/declarations/"))
    assert "不再接收" in words(clerk.post(where))
    assert "不再接收" in words(fill(clerk, "staff", **STAFF))
    assert Declaration.objects.count() == 0


def test_a_returned_declaration_shows_why_and_is_handed_in_again(small: SmallCity, clerk: Client) -> None:
    clerk.post(fill(clerk, "staff", **STAFF)["Location"])
    made, reviewer = Declaration.objects.get(), small.actor("reviewer")
    declaration_return(declaration=made, version=made.version, because="缺盖章页", actor=reviewer, now=COLLECTING)
    assert "有 1 项申报被退回" in words(clerk.get(f"{OWN}/"))
    mending = f"{OWN}/declarations/{made.pk}/mend/"
    assert "缺盖章页" in words(clerk.get(mending))
    stale = clerk.post(mending, {**STAFF, "token": "0"})
    assert "已被他人改动" in words(stale)
    made.refresh_from_db()
    assert made.state == Declaration.State.RETURNED
    answer = clerk.post(mending, {**STAFF, "value": "12", "token": str(made.version)})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.value) == (Declaration.State.DECLARED, "12")
    assert clerk.get(mending).status_code == 302  # it is not with the enterprise any more


def test_a_declaration_is_withdrawn_once_and_as_it_was_seen(clerk: Client) -> None:
    clerk.post(fill(clerk, "staff", **STAFF)["Location"])
    made = Declaration.objects.get()
    away = f"{OWN}/declarations/{made.pk}/withdraw/"
    clerk.post(away, {"version": "99"})
    made.refresh_from_db()
    assert made.state == Declaration.State.DECLARED
    clerk.post(away, {"version": str(made.version)})
    made.refresh_from_db()
    assert made.state == Declaration.State.WITHDRAWN


def test_for_another_enterprise_nothing_of_it_exists(small: SmallCity, clerk: Client) -> None:
    where = fill(clerk, "staff", **STAFF)["Location"]
    clerk.post(where)
    made, proof = Declaration.objects.get(), StoredFile.objects.first()
    assert proof
    rival = browser(small, "rival")
    for address in (
        f"{OWN}/", f"{OWN}/declarations/", f"{OWN}/declarations/{made.pk}/", f"{OWN}/declare/staff/", where,
        f"{OWN}/objections/", f"{OWN}/objections/objection/", f"{OWN}/papers/", f"/desk/enterprise/{ONE}/dossier/",
        f"/desk/files/{proof.pk}/", f"/desk/enterprise/{TWO}/2026H1/declarations/{made.pk}/",
    ):  # fmt: skip
        assert rival.get(address).status_code == 404, address
    assert rival.post(f"{OWN}/certificate/").status_code == 404
    assert rival.post(f"{OWN}/declarations/{made.pk}/withdraw/", {"version": "1"}).status_code == 404


def test_whoever_is_not_logged_in_is_sent_to_the_login_and_keeps_what_was_typed(small: SmallCity) -> None:
    stranger = browser(small, "")
    for address in (f"{OWN}/", f"{OWN}/declare/staff/", f"{OWN}/objections/objection/"):
        assert stranger.get(address)["Location"].startswith("/account/login/")
    expired = fill(stranger, "staff", **STAFF)
    assert expired.status_code == 403
    assert "2026-05-20" in words(expired)


def test_an_authority_reads_but_does_not_act(small: SmallCity, clerk: Client) -> None:
    officer = browser(small, "officer")
    assert officer.get(f"{OWN}/").status_code == 200
    assert officer.get(f"{OWN}/declare/staff/").status_code == 404
    assert "申报</a>" not in words(officer.get(f"{OWN}/declarations/")).split("可以申报的项目")[1]


def lodge(client: Client) -> HttpResponse:
    return client.post(f"{OWN}/objections/objection/", OBJECTION)


def test_an_objection_is_checked_sent_once_and_received(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    release(small)
    clock(monkeypatch, RELEASE)
    clerk = browser(small, "clerk")
    assert "2026年7月24日" in words(clerk.get(f"{OWN}/"))
    where = lodge(clerk)["Location"]
    assert "不是本企业" in words(clerk.get(where))
    first, second = clerk.post(where), clerk.post(where)
    assert first["Location"] == second["Location"]
    made = Objection.objects.get()
    page = words(clerk.get(first["Location"]))
    assert str(made.case.number) in page
    assert "2026年7月24日" in page  # answered within seven working days
    assert "核实中" in words(clerk.get(f"{OWN}/objections/"))


@pytest.mark.parametrize(("moment", "taken"), [("07-24 23:59:59", True), ("07-25 00:00:00", False)])
def test_one_second_after_the_last_day_the_date_that_passed_is_named(
    small: SmallCity, monkeypatch: pytest.MonkeyPatch, moment: str, taken: bool
) -> None:
    release(small)
    clock(monkeypatch, at("07-24 23:59:58"))
    clerk = browser(small, "clerk")
    where = lodge(clerk)["Location"]
    clock(monkeypatch, at(moment))
    answer = clerk.post(where)
    assert Objection.objects.exists() is taken
    if not taken:
        assert answer.status_code == 409
        assert "异议期已于 2026-07-24 24:00 届满" in words(answer)
        assert "不是本企业" in words(answer)  # what was written is not lost
        assert clerk.get(f"{OWN}/objections/objection/").status_code == 409


def test_before_the_release_there_is_nothing_to_object_to(clerk: Client) -> None:
    answer = clerk.get(f"{OWN}/objections/objection/")
    assert answer.status_code == 409
    assert "初步结果还没有发布" in words(answer)


def test_the_preliminary_result_is_seen_by_its_enterprise_and_by_nobody_else(
    small: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = release(small)
    clock(monkeypatch, RELEASE)
    clerk = browser(small, "clerk")
    page = words(clerk.get(f"{OWN}/"))
    assert "初步结果" in page
    assert f"{run.scores.get(uscc=ONE).score / 10_000:.4f}" in page
    assert browser(small, "").get(f"/rating/enterprises/{ONE}/").status_code == 404
    assert browser(small, "rival").get(f"{OWN}/").status_code == 404


def test_the_certificate_is_issued_once_and_anybody_can_check_it(
    small: SmallCity, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "公布后,可以在这里出具证明" in words(clerk.get(f"{OWN}/papers/"))
    publish(small)
    clock(monkeypatch, at("07-28 10:00"))
    clerk = browser(small, "clerk")
    clerk.post(f"{OWN}/certificate/")
    clerk.post(f"{OWN}/certificate/")
    page = words(clerk.get(f"{OWN}/papers/"))
    assert page.count("(PDF)") == 1
    code = page.split("/papers/?code=")[1].split('"')[0]
    assert "有效" in words(browser(small, "").get(f"/papers/?code={code}"))


def test_the_file_of_the_enterprise_verifies(small: SmallCity, clerk: Client) -> None:
    clerk.post(fill(clerk, "staff", **STAFF)["Location"])
    answer = clerk.get(f"/desk/enterprise/{ONE}/dossier/")
    content = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert verify_file_lines(content.splitlines()) == []
    assert verify_file_lines(content.replace("P1", "P9", 1).splitlines()) != []


def test_what_was_returned_waits_on_the_desk(small: SmallCity, clerk: Client) -> None:
    assert f"{OWN}/" in words(clerk.get("/desk/"))
    clerk.post(fill(clerk, "staff", **STAFF)["Location"])
    made = Declaration.objects.get()
    declaration_return(
        declaration=made, version=made.version, because="缺页", actor=small.actor("reviewer"), now=COLLECTING
    )
    assert '<span class="count">1' in words(clerk.get("/desk/"))


def test_the_live_score_shows_its_curve_and_what_has_changed_since_yesterday(small: SmallCity, clerk: Client) -> None:
    assert "自昨日以来的变化" not in clerk.get(f"{OWN}/").content.decode()
    live_scores_store(cycle=small.cycle, now=COLLECTING - timedelta(days=1))
    page = clerk.get(f"{OWN}/").content.decode()
    assert "自昨日以来的变化" in page and "没有变化" in page
    fact_end(fact=Fact.objects.get(), because="已撤销", actor=small.actor("officer"), now=COLLECTING)
    page = clerk.get(f"{OWN}/").content.decode()
    assert "垃圾分类处罚" in page and "+2" in page and "本周期的得分" in page
