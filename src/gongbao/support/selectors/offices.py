"""Which office handles an application: the district's commerce bureau, or the offices that an E-Town measure names."""

from datetime import date

from gongbao.organisations.models import Organisation
from gongbao.organisations.selectors import authority_for, organisation_by_code, organisations_of_kind
from gongbao.support.models import Application
from gongbao.support.selectors.editions import measure_of
from gongbao.support.tables.course import course_of

COMMERCE = "commerce"


def district_office(application: Application, on: date) -> Organisation | None:
    """The commerce bureau of the district or zone in which the applicant is registered; where the course says so, of
    the one that the project's place names (a place that names none falls back on the applicant's)."""
    where = None
    if course_of(application.programme).district_of == "project" and application.project:
        place = application.project.place
        where = next((one for one in organisations_of_kind("district", "zone", on=on) if one.name in place), None)
    return authority_for(COMMERCE, where or application.applicant, on)


def city_office(on: date) -> Organisation | None:
    return organisations_of_kind("commerce_city", on=on).first()


def named_offices(application: Application, on: date) -> list[Organisation]:
    """The offices that the measure names, the leading one first, each once; those not in the system are left out.

    Competence has a row for each name: "office:经济发展局" at the zone.
    """
    place = organisation_by_code(course_of(application.programme).place)
    if place is None:
        return []
    found = [authority_for(f"office:{name}", place, on) for name in measure_of(application).offices]
    return list(dict.fromkeys(office for office in found if office))
