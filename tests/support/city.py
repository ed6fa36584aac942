"""The made-up corner of the city with offices for support, and applications that are ready to be sent."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.demo import demo_people_load
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.selectors.applications import TRACK, state_of
from gongbao.support.services.applications import application_move, application_submit
from gongbao.support.services.drafts import draft_begin, draft_describe
from gongbao.support.services.ledgers import ledger_put
from gongbao.support.tables.catalogue import catalogue

EXAMPLES = Path(__file__).parent / "examples"
FIRM, BANK = "演示装饰公司", "演示银行"


def at(day: str) -> datetime:
    """Ten in the morning of a day of 2026 in Beijing: "08-03"."""
    return datetime.fromisoformat(f"2026-{day}T10:00:00+08:00").astimezone(UTC)


MONDAY = at("08-03")


@dataclass
class City:
    """act: the actor of a login; draft, send, move: as that login."""

    def act(self, who: str, now: datetime = MONDAY) -> Actor:
        return actor_of(Person.objects.get(username=who), now.date())

    def draft(
        self, measure: str, who: str = "shop", *, project: str = "甲商场新品首发", place: str = "西城区演示路1号",
        now: datetime = MONDAY, contracts: tuple[dict[str, str], ...] = (), **facts: Any,
    ) -> Application:  # fmt: skip
        """Complete, on the facts of the measure's example with some of the project's changed."""
        example = plain(tomllib.loads((EXAMPLES / f"{measure}.toml").read_text(encoding="utf-8")))
        actor = self.act(who, now)
        own = actor.posts[0].organisation
        is_project = catalogue().by_code[measure].scope == "project"
        made = draft_begin(
            uscc=own.uscc, measure=measure, actor=actor, now=now, project=project if is_project else "",
            place=place if is_project else "",
            facts={
                "entity": example.get("entity", {}),
                "project": {**example.get("project", {}), **facts, "directions": [measure]},
            },
        )  # fmt: skip
        draft_describe(
            application=made, actor=actor, now=now, project=project if is_project else "",
            place=place if is_project else "", bank=BANK, account="6222000000000001",
        )  # fmt: skip
        made.materials.update(state=MaterialSlot.State.GIVEN)
        if contracts:
            rows: dict[str, list[dict[str, Any]]] = {"contracts": [], "invoices": [], "payments": []}
            for contract in contracts:
                for table, row in ledger_of(own, **contract).items():
                    rows[table].append(row)
            ledger_put(application=made, rows=rows, actor=actor, now=now, on=now.date())
        made.refresh_from_db()
        return made

    def send(self, made: Application, now: datetime = MONDAY, who: str = "shop") -> Application:
        return application_submit(application=made, actor=self.act(who, now), now=now)

    def sent(self, measure: str, who: str = "shop", now: datetime = MONDAY, **more: Any) -> Application:
        return self.send(self.draft(measure, who, now=now, **more), now, who)

    def move(self, made: Application, who: str, move: str, now: datetime = MONDAY, **fields: Any) -> Application:
        row = made.case.tracks.get(code=TRACK)
        person = Person.objects.get(username=who)
        return application_move(application=made, move=move, version=row.version, actor=person, now=now, fields=fields)

    def state(self, made: Application) -> str:
        return state_of(Application.objects.get(pk=made.pk))

    def audited(self, made: Application, now: datetime = MONDAY) -> Application:
        """Up to the auditor's desk."""
        self.move(made, "commerce-district", "pass", now, opinion="材料齐全")
        self.move(made, "commerce-city", "commission", now, auditor="demo-auditors")
        return self.move(made, "auditor", "declare", now)

    def decided(self, made: Application, amount: str, now: datetime = MONDAY) -> Application:
        """A reward, from the first review to the public notice."""
        self.move(made, "commerce-district", "pass", now, opinion="材料齐全")
        self.move(made, "commerce-city", "appraise", now, opinion="符合条件")
        return self.noticed(made, amount, now)

    def noticed(self, made: Application, amount: str, now: datetime = MONDAY) -> Application:
        self.move(made, "commerce-city", "accept", now, opinion="验收合格")
        self.move(made, "commerce-city", "decide", now, amount=amount, reasons="按规定标准")
        return self.move(made, "commerce-city", "publish", now)


def plain(value: Any) -> Any:
    """Dates as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def ledger_of(
    applicant: Organisation, no: str, amount: str, invoice: str = "", paid: str = "", category: str = "fit_out"
) -> dict[str, dict[str, Any]]:
    """A contract with one invoice and one payment of its whole amount."""
    paid = paid or amount
    return {
        "contracts": {"no": no, "category": category, "party": FIRM, "amount": amount, "signed_on": "2025-10-08"},
        "invoices": {
            "no": invoice or f"F{no}", "contract": no, "issuer": FIRM, "buyer": applicant.name, "amount": amount,
            "issued_on": "2025-11-03",
        },
        "payments": {
            "no": f"P{no}", "contract": no, "invoice": invoice or f"F{no}", "payer": applicant.name, "payee": FIRM,
            "amount": paid, "paid_on": "2025-11-10",
        },
    }  # fmt: skip


def build() -> City:
    """Put the city into the database."""
    demo_people_load(now=at("01-05"), today=date(2026, 1, 5))
    return City()
