"""The checker: what may not stand in a programme file is told, each with its place."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.programme_files import check_programme

FOLDER = resources.files("gongbao.support").joinpath("programmes")

STORES = "value = { from = 2025-10-01, until = 2026-09-30 }"
EXACT = 'promise = "exact"'
FAULTS = [
    ("consumption", 'fact = "project.launch_area_m2"', 'fact = "project.launch_aera"', "launch_aera"),
    ("consumption", '{ from = 10, yuan = 2000000 }', '{ from = 5, yuan = 2000000 }', "起点应逐档升高"),
    ("consumption", '{ from = 10, yuan = 2000000 }', '{ from = 10, yuan = 500000 }', "金额应逐档升高"),
    ("consumption", '{ from = 5, yuan = 1000000 }', '{ from = 6, yuan = 1000000 }', "空缺"),
    ("consumption", 'rate = "0.5"', 'rate = "1.0001"', "比例大于 1"),
    ("consumption", 'rate = "0.5"', 'rate = 0.5', "浮点数"),
    ("consumption", 'rate = "0.5"', 'rate = "0"', "大于零"),
    ("consumption", 'cite = "二（二）1"', 'cite = ""', "cite"),
    ("consumption", ', cite = "二（二）1" }', ' }', "cite"),
    ("consumption", 'cite = "二（二）1"', 'cite = "第一号"', "条款"),
    ("consumption", STORES, "value = { from = 2028-01-01, until = 2028-02-01 }", "有效期之后"),
    ("consumption", STORES, "value = { from = 2026-10-01, until = 2026-09-30 }", "早于首日"),
    ("consumption", EXACT, 'window = { from = 2026-02-10, until = 2027-12-31 }\n' + EXACT, "超出政策有效期"),
    ("consumption", EXACT, 'window = { from = 2026-02-11, until = 2028-01-01 }\n' + EXACT, "超出政策有效期"),
    ("consumption", 'promise = "exact"', 'promise = "unset"', "金额写法"),
    ("consumption", 'promise = "exact"', 'promise = "maybe"', "promise"),
    ("consumption", 'code = "first_store_cluster"', 'code = "debut_centre"', "代码重复"),
    ("consumption", 'sets = ["reward"]', 'sets = ["rewards"]', "rewards"),
    ("consumption", 'slot = "closing_report"', 'slot = "event_plan"', "材料位置重复"),
    ("consumption", 'test = ">="', 'test = "over"', "test"),
    ("consumption", 'test = "is", value = true', 'test = ">=", value = 1', "不能这样判断"),
    ("consumption", 'value = ["mall", "street", "district"]', 'value = ["mal"]', "没有选项"),
    ("consumption", 'of = "project.debut_events"', 'of = "project.site_kind"', "不能这样计算"),
    ("consumption", 'offices = ["北京市商务局"]', 'offices = ["北京市某局"]', "北京市某局"),
    ("consumption", 'digest = {', 'digets = {', "digets"),
    ("consumption", 'code = "unpaid"', 'code = "not_paid"', "reason"),
    ("automotive", 'per = "project.platform_id"', 'per = "project.platform"', "没有这个事实"),
    ("automotive", ', cap = 10000000, per', ', per', "共享上限"),
    ("automotive", 'fact = "entity.well_industrialised"', 'fact = "project.innovative_product"', "单位措施"),
    ("future_energy", "city = 500000", "town = 500000", "没有级别"),
]  # fmt: skip


@pytest.fixture
def check(catalogue: Catalogue, tmp_path: Path) -> Callable[[str], list[str]]:
    def checked(text: str) -> list[str]:
        path = tmp_path / "programme.toml"
        path.write_text(text, encoding="utf-8")
        return check_programme(path, catalogue)[0]

    return checked


@pytest.mark.parametrize("name", ["consumption", "automotive", "future_energy", "synthetic_biology"])
def test_the_programmes_of_the_package_are_sound(check: Callable[[str], list[str]], name: str) -> None:
    assert check(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("name", "right", "wrong", "told"), FAULTS, ids=[f"{w} {t}" for _, _, w, t in FAULTS])
def test_a_fault_is_told(check: Callable[[str], list[str]], name: str, right: str, wrong: str, told: str) -> None:
    text = FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    assert right in text
    found = check(text.replace(right, wrong, 1))
    assert any(told in line for line in found), found


def test_everything_is_told_at_once(check: Callable[[str], list[str]]) -> None:
    text = FOLDER.joinpath("consumption.toml").read_text(encoding="utf-8")
    text = text.replace('rate = "0.5"', 'rate = "1.5"').replace('slot = "closing_report"', 'slot = "event_plan"')
    found = check(text)
    assert len([line for line in found if "比例大于 1" in line]) == 6
    assert len([line for line in found if "材料位置重复" in line]) == 3
