"""What everybody may see of a result, and what a cycle's setting keeps back (I-29)."""

import csv
import hashlib
import html
import io
import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.rating.published import browser, publish, release
from tests.rating.small_cycle import FOUR, ONE, TWO, SmallCity, at

from gongbao.config.cli import gongbao
from gongbao.organisations.models import Organisation
from gongbao.rating.models import RatingCycle
from gongbao.rating.services.inspections import plan_draw, plan_make


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def show(city: SmallCity, what: str) -> None:
    RatingCycle.objects.filter(pk=city.cycle.pk).update(settings={"public_breakdown": what})


def test_before_anything_is_published_the_page_says_so_and_leads_on(small: SmallCity) -> None:
    release(small)
    nobody = browser(small, "")
    assert "还没有公布评价结果" in text(nobody, "/rating/")
    for address in (f"/rating/enterprises/{ONE}/", "/rating/estates/", "/rating/compare/", "/rating/districts/"):
        assert nobody.get(address).status_code == 404


def test_an_estate_leads_to_the_company_that_manages_it_now_and_to_its_grade(small: SmallCity) -> None:
    publish(small)
    found = text(browser(small, ""), "/rating/?q=P5家园")
    estates = found[found.index("<h2>小区</h2>") : found.index("of-cycle")]
    assert TWO in estates  # it took P5 over in May
    assert ONE not in estates


def test_words_that_find_nothing_say_what_else_to_try(small: SmallCity) -> None:
    publish(small)
    assert "请试试名称中的几个字" in text(browser(small, ""), "/rating/?q=没有这家")


def test_an_estate_shows_every_enterprise_that_managed_it(small: SmallCity) -> None:
    publish(small)
    page = text(browser(small, ""), "/rating/estates/P5/")
    assert ONE in page
    assert TWO in page
    assert browser(small, "").get("/rating/estates/P999/").status_code == 404


@pytest.mark.parametrize(
    ("setting", "score", "points"), [("indicators", True, True), ("score", True, False), ("grade", False, False)]
)
def test_the_setting_of_the_cycle_decides_what_everybody_sees(
    small: SmallCity, setting: str, score: bool, points: bool
) -> None:
    run = publish(small)
    show(small, setting)
    nobody = browser(small, "")
    held = run.scores.get(uscc=ONE)
    figure = f"{held.score / 10_000:.4f}"
    for address in ("/rating/", f"/rating/enterprises/{ONE}/", f"/rating/compare/?uscc={ONE}&uscc={FOUR}"):
        page = text(nobody, address)
        assert held.grade in page
        assert (figure in page) is score, address
    for address in (f"/rating/enterprises/{ONE}/", f"/rating/compare/?uscc={ONE}"):
        assert ("公共信用评价" in text(nobody, address)) is points, address
    assert nobody.get("/rating/data/2026H1/points.csv").status_code == (200 if points else 404)
    assert ("中位得分" in text(nobody, "/rating/districts/")) is score
    assert figure not in text(nobody, "/rating/?format=csv") or score


def test_facts_and_documents_never_show_to_the_public(small: SmallCity) -> None:
    publish(small)
    nobody = browser(small, "")
    for address in ("/rating/", f"/rating/enterprises/{ONE}/", f"/rating/compare/?uscc={ONE}", "/rating/estates/P1/"):
        assert "示例罚" not in text(nobody, address)  # the document of the waste penalty


def test_the_comparison_holds_five_at_most_and_leaves_out_who_was_not_rated(small: SmallCity) -> None:
    publish(small)
    page = text(browser(small, ""), f"/rating/compare/?uscc={ONE}&uscc={FOUR}&uscc=91110000NOBODY&uscc={ONE}")
    assert page.count('<th scope="col">') == 2


def test_the_hash_on_the_page_of_data_is_that_of_the_file(small: SmallCity) -> None:
    publish(small)
    nobody = browser(small, "")
    content = nobody.get("/api/v1/rating/cycles/2026H1/download.csv").content
    assert hashlib.sha256(content).hexdigest() in text(nobody, "/rating/data/")
    run = json.loads(text(nobody, "/rating/data/2026H1/run.json"))
    assert run["cycle"] == "2026H1"
    points = list(csv.DictReader(io.StringIO(text(nobody, "/rating/data/2026H1/points.csv"))))
    assert {row["uscc"] for row in points} == set(small.codes)


def test_every_indicator_of_the_standard_stands_beside_its_clause(small: SmallCity) -> None:
    page = text(browser(small, ""), "/rating/how/")
    for words in ("10 %", "50 %", "90 %", "京建法〔2025〕2号 第七条", 'id="credit"', 'id="community_fault"'):
        assert words in page
    assert "目前只有这一个版本" in page


def test_two_editions_are_compared_place_by_place(small: SmallCity) -> None:
    cycle = small.cycle
    edited = cycle.standard.replace("points = 20", "points = 21")
    assert edited != cycle.standard
    RatingCycle.objects.filter(pk=cycle.pk).update(standard=edited)
    nobody = browser(small, "")
    how = text(nobody, "/rating/how/")
    new = hashlib.sha256(edited.encode()).hexdigest()[:12]
    old = hashlib.sha256(cycle.standard.encode()).hexdigest()[:12]
    assert f"/rating/editions/{new}/" in how
    page = text(nobody, f"/rating/editions/difference/?old={old}&new={new}")
    assert "共 1 处不同" in page
    assert "两个版本没有差别" in text(nobody, f"/rating/editions/difference/?old={old}&new={old}")
    assert nobody.get(f"/rating/editions/{new}/standard.toml").content.decode() == edited
    assert nobody.get("/rating/editions/nothing/").status_code == 404
    assert nobody.get(f"/rating/editions/difference/?old={old}&new=x").status_code == 404


def test_the_secret_of_a_plan_stands_on_its_page_only_after_the_draw_and_anybody_can_check_it(
    small: SmallCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small)
    now = at("07-28 10:00")
    place = Organisation.objects.get(code="110102")
    plan = plan_make(
        cycle=small.fresh(), place=place, rates=dict.fromkeys("ABCD", "1"),
        times=dict.fromkeys("ABCD", 1), inspectors=["检查员甲", "检查员乙"],
        actor=small.actor("reviewer", now), now=now,
    )  # fmt: skip
    nobody, address = browser(small, ""), f"/rating/draws/{plan.pk}/"
    before = text(nobody, address)
    assert plan.commitment in before
    assert plan.secret not in before
    assert nobody.get(f"{address}result.csv").status_code == 404
    plan_draw(plan=plan, parts=["体彩 26073"], actor=small.actor("reviewer", now), now=now)
    after = text(nobody, address)
    assert plan.secret in after
    assert "结果与登记的抽查一致" in after
    assert "检查员甲" not in after  # names of people are not public
    assert text(nobody, f"{address}result.csv").count(",yes\n") == 4
    for name in ("list.csv", "result.csv"):
        (tmp_path / name).write_text(text(nobody, address + name), encoding="utf-8")
    (tmp_path / "secret.txt").write_text(plan.secret, encoding="utf-8")
    command = after.split('tabindex="0">gongbao ')[1].split("</pre>")[0]
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(gongbao, shlex.split(html.unescape(command)))  # as it stands on the page
    assert (done.exit_code, "一致" in done.output) == (0, True)


def test_a_result_that_is_being_corrected_is_marked(small: SmallCity) -> None:
    publish(small)
    nobody = browser(small, "")
    assert "正在更正" not in text(nobody, "/rating/")
    RatingCycle.objects.filter(pk=small.cycle.pk).update(state="closed")
    for address in ("/rating/", f"/rating/enterprises/{ONE}/", "/rating/data/"):
        assert "正在更正" in text(nobody, address)


def test_strange_words_and_cycles_are_answered_decently(small: SmallCity) -> None:
    publish(small)
    nobody = browser(small, "")
    assert nobody.get("/rating/?q=%00%27%22%25").status_code == 200
    assert nobody.get("/rating/?cycle=1999H1").status_code == 404
    assert nobody.get("/rating/?cycle=x").status_code == 404
