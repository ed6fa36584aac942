"""A draft in its parts, and everything that is still missing before it can be sent."""

from datetime import date

from gongbao.firesafety.models import FIRE, HOUSING, Application
from gongbao.firesafety.selectors.applications import application_problems
from gongbao.firesafety.selectors.materials import material_problems
from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.organisations.models import Organisation
from gongbao.organisations.selectors import authority_for, organisations_of_kind

PARTS: dict[str, Text] = {
    "project": Text("建设工程", "The construction project"),
    "places": Text("场所", "Places"),
    "materials": Text("材料", "Materials"),
    "delivery": Text("送达和代理", "Delivery and agent"),
    "draw": Text("备案抽取", "The draw of filings"),
}
PART_OF = {
    "delivery_address": "delivery",
    "delivery_to": "delivery",
    "address_confirmed": "delivery",
    "draw_part": "draw",
    "places": "places",
}  # other fields belong to the project


def is_drawn(application: Application) -> bool:
    """Does a draw decide whether the housing authority visits?"""
    return application.matter == Application.Matter.FILING and application.scope != Application.Scope.FIRE


def parts_of_draft(application: Application) -> dict[str, Text]:
    """The parts of the form, in the order in which they are filled in."""
    return {code: name for code, name in PARTS.items() if code != "draw" or is_drawn(application)}


def authorities(district: Organisation, on: date) -> dict[str, Organisation | None]:
    """Who is competent there for each of the two matters."""
    return {party: authority_for(party, district, on) for party in (HOUSING, FIRE)}


def districts_all() -> list[Organisation]:
    return list(organisations_of_kind("district", "zone").order_by("code"))


def draft_problems(application: Application, on: date) -> list[Problem]:
    """Everything missing, all at once: in the form, among the materials, and a district without an authority."""
    return [*application_problems(application, on), *_competence(application, on), *material_problems(application)]


def part_of(problem: Problem) -> str:
    """The part of the form in which something is missing."""
    return problem.table if problem.table in PARTS else PART_OF.get(problem.column, "project")


def _competence(application: Application, on: date) -> list[Problem]:
    if application.district is None or all(authorities(application.district, on).values()):
        return []
    zh = "该区还没有登记负责的两个部门,请到政务服务窗口办理"
    en = "the two authorities are not entered for this district: please use the reception desk"
    return [Problem("application", None, "district", application.district.name, zh, en)]
