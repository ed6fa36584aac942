"""An objection that is right: answered, its fact mended, the cycle run again, whoever moved heard, published, verified.

A story in the browser, each part as the person whose part it is; the pages lead from one to the next.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import reads_well
from tests.browser.test_rating_desks import DESK, step, work
from tests.rating.published import clock, release
from tests.rating.small_cycle import COLLECTING, ONE, TWO, SmallCity, at, collecting_city

from gongbao.kernel.archive_file import verify_file_lines
from gongbao.rating.models import Fact, Objection, State

OWN = f"/desk/enterprise/{ONE}/2026H1"


@pytest.fixture
def city(site: str, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    """The preliminary result has been released; the window runs until 24 July 2026."""
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    (tmp_path / "home").mkdir()
    (tmp_path / "files").mkdir()
    clock(monkeypatch, COLLECTING)
    made = collecting_city(tmp_path / "files")
    release(made)
    return made


def test_an_upheld_objection_changes_the_result_and_everybody_is_heard(
    page: Page, log_in: Callable[[str], None], city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = city.fresh().draft
    assert before is not None
    # 16 July: the enterprise objects to a penalty that is not its own
    clock(monkeypatch, at("07-16 10:00"))
    log_in("clerk")
    page.goto(f"{OWN}/")
    page.get_by_role("link", name="提出异议").click()
    page.get_by_label("垃圾分类处罚").check()
    page.get_by_label("有异议的内容").fill("处罚 示例罚〔2026〕1号")
    page.get_by_label("理由").fill("当事人是另一家企业")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="确认并提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到异议")
    # 17 July: the commission upholds it, and is led to what comes next
    clock(monkeypatch, at("07-17 10:00"))
    log_in("officer")
    page.goto(f"{DESK}objections/")
    expect(page.get_by_role("main")).to_contain_text("还有 1 件异议未答复")
    page.get_by_role("link", name=str(Objection.objects.get().case.number)).click()
    page.get_by_role("link", name="异议成立", exact=True).click()
    page.get_by_label("答复").fill("经核实,决定的当事人是另一家企业")
    page.get_by_role("button", name="确定办理").click()
    page.get_by_role("link", name="异议和下一步").click()
    expect(page.get_by_role("region", name="异议已成立:接下来")).to_contain_text("垃圾分类处罚")
    reads_well(page)
    # the fact is ended with a reason
    page.get_by_role("region", name="异议已成立:接下来").get_by_role("link", name="甲物业").click()
    page.get_by_role("link", name="F1", exact=True).click()
    page.get_by_label("理由").fill("决定的当事人是另一家企业")
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_role("main")).to_contain_text("这一版已不再计入")
    assert not Fact.objects.filter(fact_id="F1", ended=None).exists()
    # 24 July, the last day: still too early to run again; 25 July: the window is over
    clock(monkeypatch, at("07-24 23:59:59"))
    log_in("officer")
    page.goto(f"{DESK}objections/")
    expect(page.get_by_role("main")).to_contain_text("异议期到 2026-07-24 (含)")
    clock(monkeypatch, at("07-25 00:00:00"))
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("异议期到 2026-07-24 (含)")
    page.get_by_role("link", name="去办理 计算之后又有更正,请重新计算").click()
    page.get_by_label("说明").fill("异议成立后复算")
    page.get_by_role("button", name="开始计算").click()
    expect(page.get_by_text("正在计算")).to_be_visible()
    work()
    after = city.fresh().draft
    assert after not in (None, before)
    # what differs between the two runs, and who is heard once more
    page.get_by_role("link", name=str(after.pk), exact=True).click()
    moved = page.get_by_role("region", name="有变化的企业")
    expect(moved).to_contain_text("本企业的异议")
    expect(page.get_by_role("main")).to_contain_text("改变了 1 家企业的得分或等级")
    reads_well(page)
    # the enterprise sees its new result and that it may object to the change; another one may not
    log_in("clerk")
    page.goto(f"{OWN}/")
    expect(page.get_by_role("main")).to_contain_text("复算后有变化")
    expect(page.get_by_role("link", name="提出异议")).to_be_visible()
    reads_well(page)
    log_in("rival")
    page.goto(f"/desk/enterprise/{TWO}/2026H1/")
    expect(page.get_by_role("link", name="提出异议")).to_have_count(0)
    # the second window is over: final, published, archived
    log_in("officer")
    page.goto(DESK)
    expect(page.get_by_role("heading", name="第二次异议期")).to_be_visible()
    reads_well(page)
    second = city.fresh().windows.get(round=2)
    clock(monkeypatch, at(f"{second.last_day:%m-%d} 23:59:59"))
    log_in("officer")
    page.goto(DESK)
    expect(page.get_by_role("link", name="确定最终结果", exact=True)).to_have_count(0)
    clock(monkeypatch, at(f"{second.last_day + timedelta(days=1):%m-%d} 00:00:00"))
    log_in("officer")
    for name in ("确定最终结果", "公布", "归档"):
        step(page, name)
    cycle = city.fresh()
    assert (cycle.state, cycle.public) == (State.ARCHIVED, after)
    assert after.scores.get(uscc=ONE).score - before.scores.get(uscc=ONE).score == 20_000
    # the dossier tells it all, and verifies
    log_in("clerk")
    page.goto(f"{OWN}/papers/")
    with page.expect_download() as got:
        page.get_by_role("link", name="下载").click()
    lines = Path(got.value.path()).read_text(encoding="utf-8").splitlines()
    assert verify_file_lines(lines) == []
    told = "\n".join(lines)
    for kind in ("rating.released", "case.opened", "rating.changed", "rating.published"):
        assert kind in told, kind
