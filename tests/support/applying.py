"""An applicant of the made-up city who prepares an application, for tests of services and of pages."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.demo import demo_people_load
from gongbao.support.models import Application
from gongbao.support.selectors.drafts import checklist
from gongbao.support.services.drafts import draft_answer, draft_begin, draft_describe
from gongbao.support.services.ledgers import ledger_put
from gongbao.support.services.materials import material_give, material_waive
from gongbao.support.tables.catalogue import catalogue

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 8, 3, 10, tzinfo=BEIJING)
ON = NOW.date()
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)
EXAMPLES = Path(__file__).parent / "examples"
THEM = "示例装饰公司"
Json = dict[str, Any]


def people() -> None:
    demo_people_load(now=NOW, today=ON)


def actor(login: str = "enterprise") -> Actor:
    return actor_of(Person.objects.get(username=login), ON)


def uscc() -> str:
    found = Organisation.objects.get(code="demo-enterprise").uscc
    assert found
    return found


def us() -> str:
    return Organisation.objects.get(code="demo-enterprise").name


def answers(code: str) -> dict[str, object]:
    """The facts of a measure's example, as JSON by full name."""
    example = tomllib.loads((EXAMPLES / f"{code}.toml").read_text(encoding="utf-8"))
    asked = {fact.name for fact in catalogue().by_code[code].facts}
    found = {f"{scope}.{name}": value for scope in ("entity", "project") for name, value in example[scope].items()}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in found.items()
        if name in asked and name not in ("project.paid_share", "project.audited_investment", "project.directions")
    }


def begun(code: str = "mixed_scene", *, project: str = "示例广场改造", place: str = "示例路1号") -> Application:
    return draft_begin(uscc=uscc(), measure=code, actor=actor(), now=NOW, project=project, place=place)


def ledger(
    amount: str = "2000000.00", paid: str | None = None, *, no: str = "F1", category: str = "fit_out"
) -> dict[str, list[Json]]:
    """One contract with one invoice and one payment."""
    return {
        "contracts": [
            {"no": "C1", "category": category, "party": THEM, "amount": amount, "signed_on": "2025-10-09"}
        ],
        "invoices": [
            {"no": no, "contract": "C1", "issuer": THEM, "buyer": us(), "amount": amount, "issued_on": "2025-11-03"}
        ],
        "payments": [
            {"no": "P1", "contract": "C1", "invoice": no, "payer": us(), "payee": THEM, "amount": paid or amount,
             "paid_on": "2025-12-01"}
        ],
    }  # fmt: skip


def described(application: Application, **change: Any) -> Application:
    given: Json = {"project": "示例广场改造", "place": "示例路1号", "bank": "示例银行", "account": "110100000000"}
    return draft_describe(application=application, actor=actor(), now=NOW, **{**given, **change})


def with_materials(application: Application) -> None:
    """A made-up file in every slot, two pictures where photos are due; what need not be due is waived."""
    for slot, _ in checklist(application):
        key: Json = {"application": application, "slot": slot.key[0], "of": slot.key[1], "actor": actor(), "now": NOW}
        if slot.material.only_if:
            material_waive(**key, waived=True)
        for number in range(slot.material.pictures):
            material_give(**key, name=f"{number}.png", content=PICTURE)
        if not slot.material.pictures and not slot.material.only_if:
            material_give(**key, name="示例.txt", content=b"made up")


def complete(code: str = "mixed_scene", **change: Any) -> Application:
    """A draft from which nothing is missing."""
    application = described(begun(code), **change)
    draft_answer(application=application, answers=answers(code), actor=actor(), now=NOW)
    application.refresh_from_db()
    if code == "mixed_scene":
        ledger_put(application=application, rows=ledger(), actor=actor(), now=NOW, on=ON)
    with_materials(application)
    return application
