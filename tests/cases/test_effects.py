"""What follows a move outside its case: inside its transaction, and printed on its paper."""

import pytest
from tests.cases.city import SECOND, City

from gongbao.cases import joining
from gongbao.cases.joining import Made, Rows, effect
from gongbao.cases.models import Case
from gongbao.cases.refusals import MoveRefused, NotYours
from gongbao.cases.services.engine import case_move
from gongbao.kernel.text import Text


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Effects of these tests are forgotten afterwards."""
    monkeypatch.setattr(joining, "_effects", dict(joining._effects))


def test_what_an_effect_returns_is_printed_and_kept_in_the_archive(city: City) -> None:
    seen: list[Made] = []

    @effect("objection", "uphold")
    def follow(made: Made) -> Rows:
        seen.append(made)
        return (("更正", "标杆项目 3 分"),)

    case = city.move(city.objection(), "officer", "uphold", answer="补录")
    step = case.steps.get(move="uphold")
    assert ["更正", "标杆项目 3 分"] in step.paper.content["rows"]
    assert step.entry.content["data"]["result"] == [["更正", "标杆项目 3 分"]]
    assert (seen[0].party, seen[0].values) == ("commission", {"answer": "补录"})


def test_an_effect_that_refuses_undoes_the_move(city: City) -> None:
    @effect("objection", "uphold")
    def refuse(made: Made) -> None:
        raise MoveRefused(Text("结果已归档", "archived"), made.move.cite)

    case = city.objection()
    with pytest.raises(MoveRefused, match="归档"):
        city.move(case, "officer", "uphold", answer="补录")
    assert Case.objects.get(pk=case.pk).tracks.get().state == "lodged"
    assert case.steps.count() == 1


def test_a_domain_vouches_only_for_a_party_that_the_table_lets_make_the_move(city: City) -> None:
    case = city.objection()
    with pytest.raises(NotYours):
        case_move(
            case=case, track="objection", move="uphold", version=None, actor=None, now=SECOND, fields={"answer": "x"},
            party="owner",
        )  # fmt: skip
    case_move(case=case, track="objection", move="withdraw", version=None, actor=None, now=SECOND, party="enterprise")
    assert case.tracks.get().state == "withdrawn"
