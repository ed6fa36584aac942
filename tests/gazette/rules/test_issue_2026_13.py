"""The real issue, 2026 No. 13: what must be read from it."""

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongbao.gazette.rules.structure import Document, Issue, Provision, Table
from gongbao.gazette.tables.skeletons import find_place
from gongbao.kernel.citation import parse

pytestmark = pytest.mark.gazette_text

MEASURES = "support-measures.csv"
CONDITIONS = "support-conditions.csv"


@pytest.fixture
def documents(issue_13: Issue) -> dict[str, Document]:
    return {document.number: document for document in issue_13.documents}


@pytest.fixture
def provisions(issue_13: Issue, provisions_of: Callable[[Issue], dict[str, Provision]]) -> dict[str, Provision]:
    return provisions_of(issue_13)


@pytest.fixture
def standard(documents: dict[str, Document]) -> Table:
    return documents["京建法〔2025〕2号"].works[2].tables[0]


@pytest.fixture
def permits(documents: dict[str, Document]) -> Table:
    return documents["京技管发〔2025〕31号"].works[1].tables[0]


def test_the_cover_and_the_colophon_are_read(issue_13: Issue) -> None:
    assert (issue_13.year, issue_13.number, issue_13.total) == (2026, 13, 937)
    assert issue_13.published_on == date(2026, 4, 9)
    assert issue_13.colophon == {"issn": "1009-2862", "cn": "11-4172/D"}


def test_every_line_that_is_not_empty_is_in_exactly_one_place(
    issue_13: Issue, gazette_file: Path, places_of: Callable[[Issue], dict[int, list[str]]]
) -> None:
    lines = gazette_file.read_text(encoding="utf-8").split("\n")
    filled = {no for no, line in enumerate(lines, start=1) if line.strip()}
    places = {no: found for no, found in places_of(issue_13).items() if no in filled}
    assert filled - set(places) == set()
    assert {no: found for no, found in places.items() if len(found) != 1} == {}


def test_no_line_is_unreadable_and_the_furniture_is_reported(issue_13: Issue) -> None:
    assert {noise.why for noise in issue_13.noise} == {"furniture", "repeated"}
    assert {n.line for n in issue_13.noise if n.why == "furniture"} >= {5, 14, 90, 114, 116, 338, 340, 542, 900}


def test_seven_documents_with_pages_and_section_head(documents: dict[str, Document]) -> None:
    assert {number: document.page for number, document in documents.items()} == {
        "京建法〔2025〕2号": 6,
        "京建法〔2025〕3号": 18,
        "京商消二字〔2026〕3号": 24,
        "京技管发〔2025〕31号": 37,
        "京技管发〔2025〕32号": 70,
        "京技管发〔2025〕33号": 79,
        "京技管发〔2025〕34号": 88,
    }
    assert {document.section for document in documents.values()} == {"部门文件"}


def test_titles_come_from_both_tables_of_contents(documents: dict[str, Document]) -> None:
    assert documents["京建法〔2025〕3号"].title.startswith("北京市住房和城乡建设委员会 北京市消防救援局关于印发《")
    assert documents["京技管发〔2025〕33号"].title_en.endswith(
        "Accelerate the Cultivation of Future Energy Industries”"
    )
    assert documents["京商消二字〔2026〕3号"].title_en.startswith("Circular of Beijing Municipal Commerce Bureau on ")
    for document in documents.values():
        assert document.title.endswith("的通知")
        assert document.title_en.startswith("Circular of ")
        assert "No." not in document.title_en


def test_issuers_days_and_addressees(documents: dict[str, Document]) -> None:
    rating = documents["京建法〔2025〕2号"]
    assert len(rating.issuers) == 4
    assert rating.issuers[1] == "中共北京市委组织部"
    assert documents["京建法〔2025〕3号"].issuers == ("北京市住房和城乡建设委员会", "北京市消防救援局")
    assert [str(document.issued_on) for document in documents.values()] == [
        "2025-12-17", "2025-12-12", "2026-02-11", "2025-12-02", "2025-12-09", "2025-12-09", "2025-12-29",
    ]  # fmt: skip
    assert documents["京技管发〔2025〕32号"].addressees == ("工委、管委会各机构", "驻区各职能机构", "各重点国有企业")


def test_a_notice_alone_and_a_notice_that_issues_are_told_apart(documents: dict[str, Document]) -> None:
    roles = {number: tuple(work.role for work in document.works) for number, document in documents.items()}
    assert roles.pop("京商消二字〔2026〕3号") == ("notice",)
    assert roles.pop("京建法〔2025〕2号") == ("notice", "issued", "annex")
    assert set(roles.values()) == {("notice", "issued")}


def test_force_of_the_rating(documents: dict[str, Document]) -> None:
    force = documents["京建法〔2025〕2号"].force
    assert (force.begins, force.ends, force.trial, force.from_publication) == (date(2026, 1, 1), None, True, False)
    assert [reference.number for reference in force.replaces] == ["京建发〔2022〕75号"]
    assert "国办发〔2019〕35号" in {reference.number for reference in force.based_on}
    assert {"北京市物业管理条例", "北京市优化营商环境条例"} <= {reference.title for reference in force.based_on}


def test_the_guidelines_are_on_trial_and_name_no_day(documents: dict[str, Document]) -> None:
    force = documents["京建法〔2025〕3号"].force
    assert (force.begins, force.ends, force.trial) == (None, None, True)


def test_force_of_the_consumption_fund(documents: dict[str, Document]) -> None:
    force = documents["京商消二字〔2026〕3号"].force
    assert (force.begins, force.ends, force.from_publication) == (date(2026, 2, 11), date(2027, 12, 31), True)
    assert [reference.number for reference in force.replaces] == ["京商消促字〔2022〕14号"]
    assert [reference.number for reference in force.based_on] == ["财建〔2025〕341号"]
    assert force.explained_by == ("北京市商务局",)


def test_the_list_replaces_the_one_before_from_its_publication(documents: dict[str, Document]) -> None:
    force = documents["京技管发〔2025〕31号"].force
    assert (force.begins, force.from_publication) == (date(2025, 12, 2), True)
    assert [reference.number for reference in force.replaces] == ["京技管发〔2024〕4号"]


@pytest.mark.parametrize(
    ("number", "begins", "office"),
    [
        ("京技管发〔2025〕32号", date(2025, 12, 9), "高端汽车和新能源产业局"),
        ("京技管发〔2025〕33号", date(2025, 12, 9), "高端汽车和新能源产业局"),
        ("京技管发〔2025〕34号", date(2025, 12, 29), "生物技术和大健康产业局"),
    ],
)
def test_force_of_the_measures(documents: dict[str, Document], number: str, begins: date, office: str) -> None:
    force = documents[number].force
    assert (force.begins, force.ends, force.from_publication) == (begins, date(2028, 12, 31), True)
    assert force.explained_by == ("北京经济技术开发区管理委员会", office)
    assert force.responsible[0] == office


def test_each_measure_names_who_is_responsible(provisions: dict[str, Provision]) -> None:
    assert provisions["京技管发〔2025〕33号 三（三）8"].responsible == ("高端汽车和新能源产业局",)
    assert provisions["京技管发〔2025〕34号 二（二）7"].responsible == ("生物技术和大健康产业局", "信息技术产业局")
    measures = [p for cite, p in provisions.items() if re.search("发〔2025〕3[234]号 [二三]（.）[0-9]+$", cite)]
    assert len(measures) == 10 + 10 + 12
    assert all(measure.responsible and measure.heading for measure in measures)


def test_the_structure_reaches_the_last_level(provisions: dict[str, Provision]) -> None:
    assert provisions["京建法〔2025〕2号 第三章"].heading == "综合评价程序"
    assert [child.level for child in provisions["京建法〔2025〕2号 第四条"].children] == ["paragraph"] * 6
    assert provisions["京建法〔2025〕2号 第七条"].children == ()
    assert provisions["京建法〔2025〕3号 二（五）"].heading == "办结时限"
    assert provisions["京商消二字〔2026〕3号 三（二）5（2）"].level == "point"
    assert provisions["京商消二字〔2026〕3号 二（二）"].text.startswith("申报首发中心、")
    assert provisions["京技管发〔2025〕31号 说明 4"].level == "subitem"
    assert len([cite for cite in provisions if re.fullmatch("京建法〔2025〕2号 第[^章款]+条", cite)]) == 19


@pytest.mark.parametrize(
    ("cite", "joint"),
    [
        ("京建法〔2025〕2号 第九条第一款", "住宅项目物业服务企业综合评分标准"),
        ("京建法〔2025〕2号 第十四条", "由市住房城乡建设委通过"),
        ("京建法〔2025〕2号 第十八条第一款", "（补贴）等活动中"),
        ("京建法〔2025〕3号 一", "游艺、游乐场所"),
        ("京建法〔2025〕3号 二（二）", "启动协同办理流程"),
        ("京建法〔2025〕3号 三（三）", "盲区,形成监管合力"),
        ("京商消二字〔2026〕3号 一（二）3", "打造重点赛事活动"),
        ("京商消二字〔2026〕3号 二（二）5", "销售额500万元"),
        ("京商消二字〔2026〕3号 二（三）1", "内容和元素。"),
        ("京商消二字〔2026〕3号 二（五）3", "缺乏实质创新的首店。"),
        ("京商消二字〔2026〕3号 四（二）", "《项目申报情况初审汇总表》"),
        ("京技管发〔2025〕33号 三（一）2", "高端汽车和新能源产业局、科技和产业促进局"),
        ("京技管发〔2025〕33号 三（三）7", "（责任单位"),
    ],
)
def test_sentences_go_on_over_the_end_of_a_page(provisions: dict[str, Provision], cite: str, joint: str) -> None:
    assert joint.replace("（", "(").replace("）", ")") in provisions[cite].text.replace("（", "(").replace("）", ")")


def test_every_citation_is_official_and_stands_once(issue_13: Issue, provisions: dict[str, Provision]) -> None:
    rows = [r.cite for d in issue_13.documents for w in d.works for t in w.tables for r in t.rows]
    assert len(set(rows)) == len(rows)
    assert all(str(parse(cite)) == cite for cite in (*provisions, *rows))


def test_the_scoring_standard_is_one_table_with_two_names(documents: dict[str, Document], standard: Table) -> None:
    annex = documents["京建法〔2025〕2号"].works[2]
    assert annex.title == "北京市住宅项目物业服务企业综合评价评分标准(2026年版)"
    assert annex.aliases == ("北京市住宅项目物业服务企业综合评分标准(2026年版)",)
    assert standard.cite == "京建法〔2025〕2号 附件"
    assert standard.head == ("评价信息", "评分内容与标准", "备注")
    assert len(standard.notes) == 1
    groups = [row.group for row in standard.rows]
    assert (groups.count(""), groups.count("加分项"), groups.count("扣分项")) == (3, 15, 17 + 1 + 6)


def test_rows_are_cited_by_name_by_group_and_by_position(standard: Table) -> None:
    rows = {row.cite.removeprefix("京建法〔2025〕2号 附件 "): row for row in standard.rows}
    assert rows["公共信用评价"].cells[0] == "公共信用评价(50)"
    assert rows["项目人员素质"].cells[0] == "* 项目人员素质"
    assert "12345诉求" in rows
    assert rows["加分项 参与社区治理"].cells[2] == "街道(社区)评分"
    assert "六十日" in rows["扣分项 3"].cells[1]
    assert "挪用、侵占公共收益" in rows["扣分项 13"].cells[1]
    assert "扣分项 18" not in rows


def test_the_faults_in_community_governance_belong_together_with_their_points(standard: Table) -> None:
    whole = next(row for row in standard.rows if row.cite == "京建法〔2025〕2号 附件 扣分项 参与社区治理")
    assert whole.cells == ("* 参与社区治理", "", "街道(社区)评分(最高扣10分)")
    pieces = [row for row in standard.rows if re.search("扣分项 参与社区治理[0-9]$", row.cite)]
    assert [row.cells[1].split()[-1] for row in pieces] == ["扣2分", "扣3分", "扣3分", "扣2分", "扣1分", "扣2分"]
    assert pieces[0].cells[1].startswith("拒不配合")
    assert pieces[5].cells[1].startswith("存在其他拒不接受")


def test_the_list_of_permits_has_179_rows_and_names_the_14_that_are_missing(permits: Table) -> None:
    assert len(permits.rows) == 179
    assert permits.missing == (4, 5, 6, 7, 8, 28, 29, 30, 62, 63, 64, 65, 66, 67)
    assert permits.head[4:6] == ("经开区主管部门", "经开区实施部门")
    assert all(len(row.cells) == 7 and row.cells[1] and row.cells[2] for row in permits.rows)
    assert [row.cite for row in permits.rows if row.cells[2] == "建设工程消防验收"] == ["京技管发〔2025〕31号 清单 59"]


def test_cells_lose_the_spaces_of_the_scan_and_nothing_else(permits: Table) -> None:
    third = next(row for row in permits.rows if row.cells[0] == "3")
    assert third.cells[2] == "中等及以下学校和其他教育机构设置审批"
    assert "《中华人民共和国教育法》 《中华人民共和国民办教育促进法》" in third.cells[3]
    twenty_third = next(row for row in permits.rows if row.cells[0] == "23")
    assert twenty_third.cells[5] == "经开区管委會；社会工作部"  # as printed


def _support_clauses(folder: Path) -> set[str]:
    with (folder / MEASURES).open(encoding="utf-8") as file:
        measures = list(csv.DictReader(file))
    with (folder / CONDITIONS).open(encoding="utf-8") as file:
        conditions = list(csv.DictReader(file))
    document = {row["code"]: row["document"] for row in measures}
    fund = "京商消二字〔2026〕3号"
    programme = {
        "fund": fund,
        "auto": "京技管发〔2025〕32号",
        "energy": "京技管发〔2025〕33号",
        "synbio": "京技管发〔2025〕34号",
    }
    cited = {f"{row['document']} {row['clause']}" for row in measures}
    for row in conditions:
        owner = document.get(row["applies_to"]) or programme.get(row["applies_to"].split("-")[0])
        cited.add(f"{owner or fund} {row['clause']}")
    return cited


def test_every_clause_of_the_support_tables_is_read(gazette_file: Path, provisions: dict[str, Provision]) -> None:
    folder = gazette_file.parent.parent / "data"
    cited = {str(parse(text)) for text in _support_clauses(folder)}
    assert len(cited) > 50
    assert cited - set(provisions) == set()
    assert {cite for cite in cited if find_place(parse(cite)) is None} == set()
