"""The commands of support: the contract for files, field by field; errors all at once; exit codes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]
Save = Callable[[object], Path]


@pytest.fixture
def profile(example: Callable[[str], Json]) -> Json:
    """A made-up entity with a project of the fund and two of the Zone that share a platform."""
    fund, cars = example("debut_centre"), example("auto-5")
    return {
        "entity": {**fund["entity"], **cars["entity"], "name": "示例企业"},
        "projects": [
            {"id": "p1", "name": "首发中心", "facts": {**fund["project"], "debut_events": 10}},
            {"id": "p2", "facts": {**cars["project"], "total_investment": "80000000.00", "platform_id": "X"}},
            {"id": "p3", "facts": {**cars["project"], "total_investment": "90000000.00", "platform_id": "X"}},
        ],
    }


def answer(run: Run, *args: object) -> Any:
    code, out, err = run(*args, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_match_answers_every_row_with_the_fields_of_the_contract(profile: Json, run: Run, saved: Save) -> None:
    found = answer(run, "match", saved(profile), "--on", "2026-08-01")
    assert found["on"] == "2026-08-01"
    assert len(found["measures"]) == 4 + 3 * 46
    first = found["measures"][0]
    assert list(first) == ["project", "code", "status", "amount", "because", "needs", "offices", "documents", "window"]
    assert (first["project"], first["code"], first["status"]) == ("p1", "debut_centre", "eligible")
    assert first["amount"] == {"kind": "exact", "value": "2000000.00", "steps": ["10场,达到10场一档:2,000,000.00元"]}
    assert first["because"][0] == {
        "text": "申报日2026-08-01须在2026-02-11至2027-12-31之间(均含)",
        "cite": "京商消二字〔2026〕3号 六",
        "met": True,
    }
    assert first["needs"] == []
    assert first["offices"] == ["北京市商务局"]
    assert first["documents"][0] == "资金申请表"
    assert first["documents"][7] == "新品发布活动方案(含场景效果图)(每场活动)"
    assert first["window"] == {"from": "2026-02-11", "until": "2027-12-31"}
    by_key = {(row["project"], row["code"]): row for row in found["measures"]}
    assert by_key["p2", "debut_centre"]["status"] == "needs"
    assert by_key["p2", "auto-5"]["amount"]["kind"] == "up_to"
    assert by_key[None, "synbio-12"]["amount"] == {"kind": "none", "value": None, "steps": []}
    assert found["best"] == {
        "total": "12000000.00",
        "chosen": [
            {"project": "p1", "code": "debut_centre", "value": "2000000.00"},
            {"project": "p2", "code": "auto-5", "value": "8000000.00"},
            {"project": "p3", "code": "auto-5", "value": "2000000.00"},
        ],
        "runner_up": {
            "total": "11000000.00",
            "chosen": [
                {"project": "p1", "code": "debut_centre", "value": "2000000.00"},
                {"project": "p3", "code": "auto-5", "value": "9000000.00"},
            ],
            "loses": "1000000.00",
        },
    }


def test_english_is_complete(profile: Json, run: Run, saved: Save) -> None:
    code, out, _ = run("match", saved(profile), "--on", "2026-08-01", "--json", "--lang", "en")
    first = json.loads(out)["measures"][0]
    assert code == 0
    assert first["offices"] == ["Beijing Municipal Commerce Bureau"]
    assert first["amount"]["steps"] == ["10 events, the step of 10 events is reached: 2,000,000.00 yuan"]
    assert first["documents"][0] == "application form"


def test_combine_says_why_each_other_row_lost(
    profile: Json, run: Run, saved: Save, example: Callable[[str], Json]
) -> None:
    profile["projects"][0]["facts"] |= {**example("auto-4a")["project"], "sectors": ["auto"]}
    found = answer(run, "combine", saved(profile), "--on", "2026-08-01")
    assert list(found) == ["total", "chosen", "runner_up", "lost"]
    assert found["lost"] == [{"project": "p1", "code": "auto-4a", "by": "debut_centre", "difference": "1000000.00"}]


def test_nothing_is_best_where_nothing_is_eligible(run: Run, saved: Save) -> None:
    found = answer(run, "match", saved({"entity": {}}), "--on", "2026-08-01")
    assert [row["project"] for row in found["measures"]] == [None] * 4
    assert found["best"] == {"total": "0.00", "chosen": [], "runner_up": None}


def test_a_day_outside_the_document_is_refused_with_its_clause(profile: Json, run: Run, saved: Save) -> None:
    found = answer(run, "match", saved(profile), "--on", "2026-02-10")
    first = found["measures"][0]
    assert first["status"] == "not_eligible"
    assert [b["cite"] for b in first["because"] if b["met"] is False] == ["京商消二字〔2026〕3号 六"]


def test_null_is_unknown_and_not_no(profile: Json, run: Run, saved: Save) -> None:
    profile["entity"]["fiscal_arrears"] = None
    first = answer(run, "match", saved(profile), "--on", "2026-08-01")["measures"][0]
    assert (first["status"], first["needs"]) == ("needs", ["entity.fiscal_arrears"])
    assert first["amount"] == {"kind": "exact", "value": None, "steps": []}


def test_every_error_of_a_profile_is_told_at_once(profile: Json, run: Run, saved: Save) -> None:
    profile["entity"] |= {"kind": "company", "colour": "red"}
    profile["projects"][0]["facts"] |= {"launch_area_m2": 500.5, "debut_events": "many", "opened_on": "2026-13-01"}
    profile["projects"][1]["id"] = "p1"
    profile["projects"][2]["fact"] = {}
    profile["extra"] = 1
    code, out, err = run("match", saved(profile), "--on", "2026-08-01")
    assert (code, out) == (2, "")
    for column in ("kind", "colour", "launch_area_m2", "500.5", "debut_events", "opened_on", "id", "fact", "extra"):
        assert column in err
    assert "8 处" in err


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"entity": []}', '{"entity": {}, "entity": {}}', '{"entity": {"kind": NaN}}', '{"projects": []}'],
)
def test_a_file_that_is_no_profile_is_refused(text: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("match", path)
    assert (code, out) == (2, "")
    assert err


def test_facts_lists_what_a_measure_asks_for_with_its_clauses(run: Run) -> None:
    found = answer(run, "facts", "debut_centre")
    area = next(fact for fact in found if fact["name"] == "project.launch_area_m2")
    assert area == {
        "name": "project.launch_area_m2",
        "type": "number",
        "unit": {"zh": "平方米", "en": "m²"},
        "options": {},
        "label": {"zh": "首发空间面积", "en": "launch space"},
        "question": {"zh": "首发空间有多少平方米?", "en": "How large is the launch space, in square metres?"},
        "clause": "京商消二字〔2026〕3号 二（二）1",
    }
    names = [fact["name"] for fact in found]
    assert names.index("entity.kind") < names.index("project.directions")
    assert len(answer(run, "facts")) == 111


def test_an_unknown_measure_is_refused(run: Run) -> None:
    for command in ("facts", "show"):
        code, out, err = run(command, "auto-99")
        assert (code, out) == (2, "")
        assert "auto-99" in err


def test_people_get_tables_in_both_languages(profile: Json, run: Run, saved: Save) -> None:
    path = saved(profile)
    for args, words in (
        (("match", path, "--on", "2026-08-01"), ("首发中心", "符合", "最优组合", "次优组合")),
        (("match", path, "--on", "2026-08-01", "--lang", "en"), ("Debut centre", "eligible", "Best combination")),
        (("combine", path, "--on", "2026-08-01"), ("12,000,000.00", "11,000,000.00")),
        (("facts", "auto-5"), ("project.platform_id", "项目总投资是多少元?")),
        (("show",), ("consumption-2026", "synbio-12", "未写资金")),
        (("show", "京技管发〔2025〕32号"), ("auto-10", "etown-automotive")),
        (("show", "first_store"), ("“开业”", "商标注册证", "二（五）3")),
    ):
        code, out, _ = run(*args)
        assert code == 0
        assert [word for word in words if word not in out] == []
    assert "synbio-12" not in run("show", "etown-automotive")[1]


def test_check_ends_with_one_where_something_is_wrong_and_with_two_for_no_toml(run: Run, tmp_path: Path) -> None:
    packaged = Path(__file__).parents[3] / "src" / "gongbao" / "support" / "programmes" / "consumption.toml"
    code, out, _ = run("check", packaged)
    assert (code, "12 measures" in out) == (0, True)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(packaged.read_text(encoding="utf-8").replace('rate = "0.5"', 'rate = "1.5"'), encoding="utf-8")
    code, out, err = run("check", wrong)
    assert (code, out) == (1, "")
    assert "mixed_scene:比例大于 1" in err
    wrong.write_text("id = ", encoding="utf-8")
    assert run("check", wrong)[0] == 2


def test_assess_prints_the_fields_of_the_contract(run: Run, saved: Save, example: Callable[[str], Json]) -> None:
    given = example("mixed_scene")
    rows = {"party": "乙公司", "amount": "2000000.00"}
    application = {
        "direction": "mixed_scene",
        "applied_on": "2026-08-01",
        "entity": {**given["entity"], "name": "甲公司"},
        "project": given["project"],
        "contracts": [{"no": "C1", "category": "equipment", "signed_on": "2025-10-08", **rows}],
        "invoices": [
            {
                "no": "F1",
                "contract": "C1",
                "issuer": "乙公司",
                "buyer": "甲公司",
                "amount": "2000000.01",
                "issued_on": "2025-11-01",
            }
        ],
        "payments": [
            {
                "no": "P1",
                "contract": "C1",
                "invoice": "F1",
                "payer": "甲公司",
                "payee": "乙公司",
                "amount": "1500000.01",
                "paid_on": "2025-11-02",
            }
        ],
    }
    path = saved(application)
    found = answer(run, "assess", path)
    assert list(found) == ["eligible", "countable", "paid_share", "subsidy", "kind", "rows", "because", "needs"]
    assert (found["eligible"], found["countable"], found["paid_share"]) == (True, "1500000.01", "0.7500")
    assert (found["subsidy"], found["kind"], found["needs"]) == ("750000.00", "up_to", [])
    assert found["rows"][1] == {
        "table": "invoice",
        "no": "F1",
        "counted": "1500000.01",
        "reason": "counted",
        "because": "计入",
        "cite": "京商消二字〔2026〕3号 二（三）4",
    }
    code, out, _ = run("assess", path)
    assert code == 0
    assert "补助最高 750,000.00 元" in out
    application["direction"] = "first_store"
    assert run("assess", saved(application))[0] == 2
