"""Cells are read into departments, laws and bodies, or it is said why not."""

import pytest

from gongbao.permits.rules.cells import body_text, mode_words, read_bases, read_bodies, read_departments
from gongbao.permits.rules.items import Act, Basis, Body
from gongbao.permits.tables.packaged import modes

DECIDES = (Act("decides"),)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("市教委", ("市教委",)),
        ("市卫生健康委、市中医药管理局", ("市卫生健康委", "市中医药管理局")),
        ("甲局；乙局; 丙局", ("甲局", "乙局", "丙局")),
        ("", ()),
    ],
)
def test_departments_are_cut_at_marks(cell: str, found: tuple[str, ...]) -> None:
    assert read_departments(cell) == found


def test_a_name_made_of_departments_that_stand_alone_elsewhere_is_these() -> None:
    assert read_departments("规自分局开发建设局", {"规自分局", "开发建设局", "规自分局开发建设局"}) == (
        "规自分局",
        "开发建设局",
    )
    assert read_departments("规自分局开发建设局", {"规自分局"}) == ("规自分局开发建设局",)


def test_laws_are_read_with_the_number_behind_them_in_its_official_form() -> None:
    assert read_bases("《甲法》 《乙办法(试行)》(国发[2012]52号)、《关于〈丙〉的决定》 《丁〈戊〉己》") == (
        Basis("《甲法》"),
        Basis("《乙办法（试行）》", "国发〔2012〕52号"),
        Basis("《关于〈丙〉的决定》"),
        Basis("《丁〈戊〉己》"),
    )


def test_a_number_of_another_form_is_kept_as_it_stands() -> None:
    assert read_bases("《甲法》(主席令第四十九号)") == (Basis("《甲法》", "主席令第49号"),)
    assert read_bases("《甲法》(另有甲乙号)") == (Basis("《甲法》", "另有甲乙号"),)


@pytest.mark.parametrize("cell", ["甲法", "《甲法》等", "《甲法", "《甲法》（国发"])
def test_a_law_that_cannot_be_read_is_refused_in_both_languages(cell: str) -> None:
    with pytest.raises(ValueError, match=r"读不出依据.+ / no "):
        read_bases(cell)


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        ("审批局", [Body("审批局", DECIDES)]),
        ("审批局(受理)", [Body("审批局", (Act("accepts"),))]),
        ("审批局（初审）", [Body("审批局", (Act("first_review"),))]),
        ("审批局(部分初审,部分审批)", [Body("审批局", (Act("part_review"),), "part")]),
        ("审批局（部分受理、部分审批）", [Body("审批局", (Act("part_accepts"),), "part")]),
        ("审批局(受市委托实施)", [Body("审批局", (Act("entrusted"),))]),
        ("管委会(由审批局承办。)", [Body("管委会", (Act("handled", "审批局"),))]),
        ("工作部(会同公安机关)", [Body("工作部", (Act("jointly", "公安机关"),))]),
        (
            "管委会(由审批局承办,征得市级文物部门同意);审批局",
            [Body("管委会", (Act("handled", "审批局"), Act("consent", "市级文物部门"))), Body("审批局", DECIDES)],
        ),
        ("审批局(受理,仅限采集)", [Body("审批局", (Act("accepts"),), scope="仅限采集")]),
        ("甲局(负责一)乙局(负责二)", [Body("甲局", DECIDES, scope="负责一"), Body("乙局", DECIDES, scope="负责二")]),
        ("甲局［能源类（重大的）除外］", [Body("甲局", DECIDES, scope="能源类（重大的）除外")]),
        ("甲局（初审合格者优先）", [Body("甲局", DECIDES, scope="初审合格者优先")]),
    ],
)
def test_a_bracket_says_how_a_body_takes_part_and_to_what_it_is_limited(cell: str, bodies: list[Body]) -> None:
    found = read_bodies(cell, modes())
    assert list(found) == bodies
    printed = "、".join(body_text(body, modes()) for body in found)
    assert list(read_bodies(printed, modes())) == bodies, "what is printed reads back"


def test_a_bracket_behind_joined_bodies_is_refused_for_it_could_belong_to_either() -> None:
    with pytest.raises(ValueError, match="读不出实施部门"):
        read_bodies("甲局乙局（初审）", modes(), {"甲局", "乙局"})


@pytest.mark.parametrize("cell", ["（初审）", "甲局（初审", "甲局）", "甲局（（初审）"])
def test_a_body_that_cannot_be_read_is_refused_in_both_languages(cell: str) -> None:
    with pytest.raises(ValueError, match=r"读不出实施部门.+ / no body"):
        read_bodies(cell, modes())


def test_modes_are_told_in_both_languages() -> None:
    (body,) = read_bodies("管委会（由审批局承办，征得文物部门同意）", modes())
    assert mode_words(body, modes()) == "由审批局承办、征得文物部门同意"
    assert mode_words(body, modes(), "en") == "handled by 审批局, with the consent of 文物部门"


def test_every_mode_is_read_from_each_of_its_words() -> None:
    for mode in modes():
        for words in mode.words:
            (body,) = read_bodies(f"甲局（{words.replace('{other}', '乙局')}）", modes())
            assert body == Body("甲局", (Act(mode.code, "乙局" if "{other}" in words else ""),), mode.share)
