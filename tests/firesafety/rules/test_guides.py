"""The packaged guide and checklist read as they stand; what is wrong with a table is named, all of it at once."""

import copy
import tomllib
from typing import Any

import pytest

from gongbao.firesafety.rules.guides import checklist, guide
from gongbao.firesafety.tables.guides import FOLDER, packaged_checklist, packaged_guide
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput


@pytest.fixture
def raw() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "joint-2025.toml").read_text(encoding="utf-8"))


def test_every_question_material_and_section_stands_on_a_clause_of_the_document() -> None:
    guide = packaged_guide()
    cites = [one.cite for one in (*guide.questions, *guide.materials, *packaged_checklist())]
    assert {parse(cite).document for cite in cites} == {"京建法〔2025〕3号"}


def test_codes_stand_once() -> None:
    guide, sections = packaged_guide(), packaged_checklist()
    for codes in (
        [one.code for one in guide.questions],
        [one.code for one in guide.materials],
        [(section.authority, section.code) for section in sections],
        [(s.authority, s.key(point)) for s in sections for point in s.points],
        *([option.code for option in question.options] for question in guide.questions),
    ):
        assert len(codes) == len(set(codes))


def test_everything_wrong_with_a_guide_is_named_at_once(raw: dict[str, Any]) -> None:
    bad = copy.deepcopy(raw)
    bad["question"][0]["options"][0]["fits"] = False  # and says no way instead
    bad["question"][1]["when"] = {"kind": ["spaceship"]}
    bad["question"][2]["cite"] = "somewhere"
    bad["question"][2]["options"][0]["matter"] = "marriage"
    bad["material"][0]["for"] = "nobody"
    bad["material"][1]["per"] = "storey"
    with pytest.raises(BadInput) as found:
        guide(bad, "bad.toml")
    assert sorted(problem.column for problem in found.value.problems) == [
        "facility_plan.per", "floor_plan.for", "inside.when", "kind.hotel", "project.special", "question.project.cite",
    ]  # fmt: skip
    assert all(problem.table == "bad.toml" and problem.expected_en for problem in found.value.problems)


def test_a_section_of_an_unknown_authority_is_refused() -> None:
    raw = tomllib.loads((FOLDER / "checklist-2025.toml").read_text(encoding="utf-8"))
    raw["section"][0]["authority"] = "police"
    with pytest.raises(BadInput, match="police"):
        checklist(raw, "bad.toml")
