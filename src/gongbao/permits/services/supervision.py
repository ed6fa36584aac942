"""A task for every item that comes to the list or leaves it: the zone's department says how it is supervised."""

from datetime import datetime

from gongbao.cases.models import Case
from gongbao.cases.services.engine import case_open
from gongbao.cases.services.hand import beijing_day
from gongbao.organisations.models import Organisation, Person
from gongbao.organisations.selectors import organisations_of_kind
from gongbao.permits.rules.diff import KINDS
from gongbao.permits.rules.supervision import Duty

PROCESS = "permit_supervision"
DOUBT = ";存疑:另一版有没有读出的行,可能就在其中"


def dossier(edition: str) -> str:
    """The dossier of the tasks of an edition."""
    return f"permits-supervision/{edition}"


def tasks_open(
    *, edition: str, duties: tuple[Duty, ...], keeper: Organisation, actor: Person, now: datetime
) -> list[Case]:
    """Open a task for each duty: with the department, where an organisation here bears its name, else with the keepers
    of the list, who hand it over. keeper: the office that publishes the list."""
    offices = {one.name: one for one in organisations_of_kind("responsible_office", on=beijing_day(now))}
    return [_open(edition, duty, offices.get(duty.department, keeper), keeper, actor, now) for duty in duties]


def _open(
    edition: str, duty: Duty, department: Organisation, keeper: Organisation, actor: Person, now: datetime
) -> Case:
    of = f"({duty.department})" if duty.department else ""
    item = f"{duty.no} {duty.name}{of}{DOUBT if duty.doubtful else ''}"
    return case_open(
        process=PROCESS,
        subject=dossier(edition),
        title=f"{KINDS[duty.change].zh}:{duty.name}{of}"[:200],
        parties={"department": department, "keeper": keeper},
        fields={"change": duty.change, "item": item},
        actor=actor,
        now=now,
    )
