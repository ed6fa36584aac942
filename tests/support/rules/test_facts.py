"""Values of facts: taken exactly, or refused with what is due."""

from datetime import date

import pytest

from gongbao.support.rules.facts import WrongValue
from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.json_files import Float

TAKEN = [
    ("entity.in_beijing", True, True),
    ("entity.name", "示例企业", "示例企业"),
    ("entity.kind", "association", "association"),
    ("project.opened_on", "2025-10-01", date(2025, 10, 1)),
    ("project.debut_events", 5, 5),
    ("project.debut_events", "5", 5),
    ("project.debut_events", 0, 0),
    ("project.sales_3m", "4999999.99", 499_999_999),
    ("project.sales_3m", "5000000", 500_000_000),
    ("project.sales_3m", "999999999999.99", 99_999_999_999_999),
    ("project.launch_area_m2", "499.99", 49_999),
    ("project.paid_share", "0.6999", 699_900_000_000_000),
    ("project.paid_share", "1", 10**15),
    ("project.paid_share", "0", 0),
    ("project.exclusions", [], frozenset()),
    ("project.directions", ["ip_store", "ip_store"], frozenset({"ip_store"})),
]

REFUSED = [
    ("entity.in_beijing", "true"),
    ("entity.in_beijing", 1),
    ("entity.name", ""),
    ("entity.kind", "company"),
    ("entity.kind", ["enterprise"]),
    ("project.opened_on", "20251001"),
    ("project.opened_on", "2025-02-29"),
    ("project.opened_on", "2025-10-1"),
    ("project.debut_events", True),
    ("project.debut_events", "5.5"),
    ("project.debut_events", -1),
    ("project.sales_3m", Float("5000000.0")),
    ("project.sales_3m", 5_000_000),
    ("project.sales_3m", "5,000,000"),
    ("project.sales_3m", "5000000.001"),
    ("project.sales_3m", "-1"),
    ("project.sales_3m", "1e6"),
    ("project.sales_3m", "1000000000000"),
    ("project.launch_area_m2", "500.001"),
    ("project.paid_share", "1.0001"),
    ("project.paid_share", "70%"),
    ("project.paid_share", "-0.1"),
    ("project.exclusions", "promotion"),
    ("project.exclusions", ["sale"]),
    ("project.directions", ["no_such_direction"]),
]


@pytest.mark.parametrize(("name", "value", "taken"), TAKEN)
def test_a_value_is_taken_exactly(catalogue: Catalogue, name: str, value: object, taken: object) -> None:
    assert catalogue.vocabulary[name].read(value) == taken


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_value_that_is_none_is_refused_in_both_languages(catalogue: Catalogue, name: str, value: object) -> None:
    with pytest.raises(WrongValue) as wrong:
        catalogue.vocabulary[name].read(value)
    assert wrong.value.expected.zh
    assert wrong.value.expected.en


def test_a_value_is_shown_as_people_write_it(catalogue: Catalogue) -> None:
    shown = {
        "project.sales_3m": (500_000_000, "5,000,000.00元", "5,000,000.00 yuan"),
        "project.launch_area_m2": (49_999, "499.99平方米", "499.99 m²"),
        "project.paid_share": (700_000_000_000_000, "0.7", "0.7"),
        "project.debut_events": (1_234, "1,234场", "1,234 events"),
        "entity.in_beijing": (True, "是", "yes"),
        "entity.kind": ("association", "商协会", "association"),
        "project.exclusions": (frozenset(), "无", "none"),
        "project.opened_on": (date(2025, 10, 1), "2025-10-01", "2025-10-01"),
    }
    for name, (value, zh, en) in shown.items():
        text = catalogue.vocabulary[name].show(value)
        assert (text.zh, text.en) == (zh, en)
