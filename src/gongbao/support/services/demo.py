"""Made-up applications in several states, by the made-up people of the demo city. Nothing here is real."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongbao.documents.services import file_store
from gongbao.organisations.models import Person
from gongbao.organisations.permissions import Actor, actor_of
from gongbao.organisations.services.demo import demo_people_load, demo_posts_since
from gongbao.support.models import Application, MaterialSlot
from gongbao.support.selectors.applications import subject_of
from gongbao.support.services.applications import application_move, application_submit
from gongbao.support.services.drafts import draft_begin, draft_describe
from gongbao.support.services.ledgers import ledger_correct, ledger_put
from gongbao.support.services.payments import batch_make
from gongbao.support.services.promises import budget_set

PAPER = "虚构的材料,仅供演示。\nMade up, for demonstrations only.\n".encode()
FIRM, BANK, ACCOUNT = "演示装饰工程公司", "演示银行", "6200000000000000"

Row = Mapping[str, Any]


def demo_load(*, now: datetime) -> list[Application]:
    """Load what is not there yet, in the order of the days; the demo people too. Returns what was loaded."""
    data = tomllib.loads((resources.files("gongbao.support.tables") / "demo.toml").read_text("utf-8"))
    start = now - timedelta(days=data["days"])
    demo_people_load(now=now, today=timezone.localdate(start))
    demo_posts_since(timezone.localdate(start), now)
    if Application.objects.filter(applicant__code__startswith="demo-", bank=BANK).exists():
        return []
    return _play(data, start)


def _play(data: Row, start: datetime) -> list[Application]:
    """Everything in the order of its days, so that who applies later meets what was there before."""
    acts = [(row.get("day", 0), 0, number, row) for number, row in enumerate(data["application"])]
    acts += [(step["day"], 1, number, step) for number, row in enumerate(data["application"]) for step in row["step"]]
    made: dict[int, Application] = {}
    for day, kind, number, row in sorted(acts, key=lambda act: act[:3]):
        moment = start + timedelta(days=day)
        if kind == 0:
            made[number] = _send(row, data["facts"], moment)
        else:
            _step(made[number], row, moment)
    return list(made.values())


@transaction.atomic
def _send(row: Row, facts: Row, now: datetime) -> Application:
    actor = _actor(row["who"], now)
    own = actor.posts[0].organisation
    stated = {key: value for name in row.get("with", ()) for key, value in facts[name].items()}
    application = draft_begin(
        uscc=own.uscc, measure=row["measure"], actor=actor, now=now, project=row["project"], place=row["place"],
        facts={"entity": facts[row["entity"]], "project": {**stated, **row.get("facts", {})}},
    )  # fmt: skip
    draft_describe(
        application=application, actor=actor, now=now, project=row["project"], place=row["place"], bank=BANK,
        account=ACCOUNT,
    )  # fmt: skip
    file = file_store(name="演示材料.txt", content=PAPER, belongs_to=subject_of(application), by=actor.person, at=now)
    for slot in application.materials.all():
        slot.state = MaterialSlot.State.GIVEN
        slot.save(update_fields=["state"])
        slot.files.add(file)
    if row.get("contracts"):
        ledger_put(
            application=application, rows=_ledger(own.name, row["contracts"]), actor=actor, now=now,
            on=timezone.localdate(now),
        )  # fmt: skip
    return application_submit(application=application, actor=actor, now=now)


def _ledger(name: str, contracts: list[list[str]]) -> dict[str, list[dict[str, object]]]:
    """Contracts (number, category, amount), each with one invoice and one payment of the whole."""
    rows: dict[str, list[dict[str, object]]] = {"contracts": [], "invoices": [], "payments": []}
    for number, category, amount in contracts:
        same = {"contract": number, "amount": amount}
        rows["contracts"].append(
            {"no": number, "category": category, "party": FIRM, "amount": amount, "signed_on": "2025-10-08"}
        )
        rows["invoices"].append({"no": f"{number}-F", "issuer": FIRM, "buyer": name, "issued_on": "2025-11-03", **same})
        rows["payments"].append(
            {"no": f"{number}-P", "invoice": f"{number}-F", "payer": name, "payee": FIRM, "paid_on": "2025-11-10",
             **same}
        )  # fmt: skip
    return rows


def _step(application: Application, step: Row, now: datetime) -> None:
    actor, fields = _actor(step["who"], now), {k: v for k, v in step.items() if k not in ("day", "who", "do", "row")}
    year = timezone.localdate(now).year
    match step["do"]:
        case "budget":
            budget_set(programme=application.programme, year=year, amount=step["amount"], actor=actor, now=now)
        case "pay":
            batch_make(programme=application.programme, year=year, actor=actor, now=now)
        case "correct":
            row = application.rows.get(no=step["row"], table="contract")
            ledger_correct(
                row=row, version=1, changes={"category": step["category"]}, reason=step["reasons"], actor=actor,
                now=now, on=_applied(application),
            )  # fmt: skip
        case move:
            application_move(
                application=application, move=move, version=None, actor=_person(step["who"]), now=now, fields=fields
            )


def _applied(application: Application) -> date:
    return application.applied_on or timezone.localdate(application.drafted_at)


def _person(username: str) -> Person:
    return Person.objects.get(username=username, demo=True)


def _actor(username: str, now: datetime) -> Actor:
    return actor_of(_person(username), timezone.localdate(now))
