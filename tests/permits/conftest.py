"""Made-up editions, small enough to be read at a glance."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from gongbao.kernel.text import Text
from gongbao.permits.rules.editions import Head, Row, build
from gongbao.permits.rules.items import FIELDS, Correction, Edition
from gongbao.permits.tables.packaged import modes, packaged_editions

MakeEdition = Callable[..., Edition]

LIKE_ALL = {
    "city_departments": "市园林局",
    "legal_bases": "《灯塔条例》",
    "zone_departments": "灯塔局",
    "implementing_bodies": "审批局",
    "remark": "",
}


@pytest.fixture(scope="session")
def edition_of() -> MakeEdition:
    """edition_of({"name": …}, …, count=…, corrections=[…]): rows numbered from 1 unless they say "no"."""

    def make(
        *rows: dict[str, str],
        count: int | None = None,
        corrections: Sequence[Correction] = (),
        apply: tuple[str, ...] = ("high",),
        name: str = "2030",
    ) -> Edition:
        numbers = [int(row.get("no", at)) for at, row in enumerate(rows, start=1)]
        cells = [tuple((LIKE_ALL | row)[field] for field in FIELDS) for row in rows]
        head = Head(
            edition=name,
            cite="灯发〔2030〕1号",
            list="灯发〔2030〕1号 清单",
            rule="灯发〔2030〕1号 说明 1",
            title=Text(f"灯塔许可清单{name}", f"Permits of the lighthouse {name}"),
            in_force=date(2030, 1, 1),
            replaces="",
            count=count or max(numbers),
            apply=frozenset(apply),
        )
        printed = [
            Row(number, row, line) for line, (number, row) in enumerate(zip(numbers, cells, strict=True), start=2)
        ]
        return build(head, printed, corrections, modes())

    return make


@pytest.fixture(scope="session")
def edition_2025() -> Edition:
    return packaged_editions()["2025"]
