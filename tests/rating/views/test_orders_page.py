"""An authority enters its orders and penalties: what the standard takes from it, once, and until closing."""

import pytest
from tests.rating.published import browser, clock
from tests.rating.small_cycle import CLOSING, COLLECTING, ONE, SmallCity, everything

from gongbao.organisations.services.tree import competence_set
from gongbao.rating.models import Fact

DESK = "/desk/rating/2026H1/orders/"
ORDER = {
    "token": "t" * 20, "act": "waste:", "uscc": ONE, "project_id": "", "occurred_on": "2026-03-05",
    "document_no": "示例城管罚〔2026〕7号", "case_no": "",
}  # fmt: skip


@pytest.fixture
def city(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> SmallCity:
    """The police is competent for what urban management orders."""
    clock(monkeypatch, COLLECTING)
    competence_set(
        authority=small.organisations["police"], matter="enforcement.urban_management",
        place=small.organisations["police"].parent, first_day=COLLECTING.date(), now=COLLECTING,
    )  # fmt: skip
    return small


def test_an_order_is_entered_once_and_can_be_mended_by_its_office(city: SmallCity) -> None:
    police = browser(city, "enforcer")
    assert DESK in police.get("/desk/").content.decode()
    for _ in range(2):  # a double click
        assert police.post(DESK, ORDER)["Location"] == DESK
    fact = Fact.objects.get(document_no=ORDER["document_no"])
    assert (fact.uscc, fact.delivery.organisation.code, fact.delivery.how) == (ONE, "police", "hand")
    page = police.get(DESK).content.decode()
    assert "示例城管罚〔2026〕7号" in page and "甲物业" in page
    assert police.get(f"/desk/rating/2026H1/facts/{fact.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"uscc": "91110102XX0000000X"}, "统一社会信用代码"),
        ({"occurred_on": ""}, "文书日期"),
        ({"document_no": ""}, "文书编号"),
        ({"act": "handover:ordered"}, "行为和决定"),
        ({"project_id": "P9"}, "项目编号"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_entered(
    city: SmallCity, changes: dict[str, str], said: str
) -> None:
    seen = everything()
    page = browser(city, "enforcer").post(DESK, {**ORDER, **changes}).content.decode()
    assert "错误:" in page and f"{said}:" in page
    assert everything() == seen


def test_an_office_without_competence_is_told_whom_to_ask(small: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, COLLECTING)
    police = browser(small, "enforcer")
    page = police.get(DESK).content.decode()
    assert "请联系系统管理员设置职权" in page and "登记一件" not in page
    seen = everything()
    police.post(DESK, {**ORDER, "act": "contract_filing:fined"})
    assert everything() == seen


def test_after_closing_nothing_is_entered(city: SmallCity) -> None:
    city.close(CLOSING)
    seen = everything()
    page = browser(city, "enforcer").post(DESK, ORDER).content.decode()
    assert "不再接收" in page
    assert everything() == seen


@pytest.mark.parametrize("who", ["clerk", "reviewer", "officer"])
def test_nobody_else_enters_orders(city: SmallCity, who: str) -> None:
    seen = everything()
    assert browser(city, who).post(DESK, ORDER).status_code == 403
    assert everything() == seen
