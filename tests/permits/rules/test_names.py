"""What is the same name, what is a part of one, and how alike names are."""

import pytest

from gongbao.permits.rules.names import is_part, same_name
from gongbao.permits.rules.writing import likeness, runs, wide


@pytest.mark.parametrize(
    "other",
    [
        "清真食品生产，加工，经营场所登记",
        " 清真 食品生产、加工、经营\n场所登记",
        "清真食品生产加工经营场所登记",
        "清真食品生产·加工·经营场所登记",
    ],
)
def test_writing_makes_no_other_name(other: str) -> None:
    assert same_name("清真食品生产、加工、经营场所登记", other)


def test_brackets_and_width_make_no_other_name() -> None:
    assert same_name("乡（镇）村建设许可Ａ１", "乡(镇)村建设许可a1")


@pytest.mark.parametrize("other", ["清真食品生产、加工、经营场所登记证", "清真食品生产、加工场所登记", "", "、"])
def test_one_character_makes_another_name(other: str) -> None:
    assert not same_name("清真食品生产、加工、经营场所登记", other)


def test_nothing_is_not_the_name_of_nothing() -> None:
    assert not same_name("", "")
    assert not same_name("（）", "、")


PARTS = [
    ("律师事务所设立、变更、注销许可", "律师事务所设立许可"),
    ("律师事务所设立、变更、注销许可", "律师事务所变更许可"),
    ("律师事务所设立、变更、注销许可", "律师事务所注销许可"),
    ("律师事务所设立、变更、注销许可", "律师事务所设立、变更许可"),
    ("律师事务所设立、变更、注销许可", "律师事务所变更和注销许可"),
    ("建设工程、临时建设工程规划许可", "建设工程规划许可"),
    ("建设工程、临时建设工程规划许可", "临时建设工程规划许可"),
    ("麻醉药品、第一类精神药品运输许可", "第一类精神药品运输许可"),
    ("拆除、改动、迁移城市公共供水设施审核", "改动城市公共供水设施审核"),
    ("农业野生植物采集、出售、收购、野外考察审批", "农业野生植物收购审批"),
    ("机动车驾驶证核发、审验", "机动车驾驶证审验"),
]
NONE = [
    ("律师事务所设立、变更、注销许可", "律师事务所设立、变更、注销许可"),  # the whole
    ("律师事务所设立、变更、注销许可", "律师变更许可"),  # of another thing
    ("律师事务所设立、变更、注销许可", "律师事务所许可"),  # none of the things
    ("律师事务所设立、变更、注销许可", "注销许可"),  # of nothing
    ("律师事务所设立、变更、注销许可", "变更"),
    ("律师事务所设立、变更、注销许可", "律师事务所迁移许可"),
    ("建设工程、临时建设工程规划许可", "临时建设工程"),
    ("律师事务所设立许可", "律师事务所设立许可"),  # lists nothing
    ("甲、", "甲"),
]


@pytest.mark.parametrize(("whole", "name"), PARTS)
def test_a_part_is_spelt_out_of_a_name_that_lists_things(whole: str, name: str) -> None:
    assert is_part(name, whole)


@pytest.mark.parametrize(("whole", "name"), NONE)
def test_what_is_not_spelt_out_is_no_part(whole: str, name: str) -> None:
    assert not is_part(name, whole)


def test_a_list_of_more_than_six_things_is_prose() -> None:
    six, seven = (
        "".join(f"登记{c}、" for c in letters)[:-1] + "审批" for letters in ("甲乙丙丁戊己", "甲乙丙丁戊己庚")
    )
    assert is_part("登记甲审批", six)
    assert not is_part("登记甲审批", seven)


def test_likeness_counts_neighbouring_pairs() -> None:
    assert likeness("食品经营许可", "食品（经营）许可") == 1000
    assert likeness("食品经营许可", "食品生产许可") == 2000 * 2 // 10
    assert likeness("食品", "药品") == 0
    assert likeness("甲", "甲") == 0, "one character has no neighbour"


def test_runs_are_drawn_together() -> None:
    assert runs([8, 4, 5, 6, 7, 28]) == "4–8、28"
    assert runs([1, 3], ", ") == "1, 3"
    assert runs([]) == ""


def test_a_text_is_set_as_chinese_text_is() -> None:
    assert wide(" 甲法(国发[2012]52号),乙:丙; ") == "甲法（国发〔2012〕52号），乙：丙；"
    assert wide("附表(3)[乙]") == "附表（3）［乙］"
