"""Where offices stand, by the names that rows bear: districts and streets come in files as words."""

from datetime import date

from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor
from gongbao.organisations.selectors import Post, competences_of, district_of, place_of
from gongbao.rating.tables.course import authorities


def district_name(organisation: Organisation) -> str:
    """The name of the district or zone that an organisation is in, "" for the city's own."""
    district = district_of(organisation)
    return district.name if district else ""


def street_names(organisation: Organisation) -> tuple[str, str]:
    """District and street that a street's or community's organisation stands for."""
    street = place_of(organisation, "street")
    return district_name(organisation), street.name if street else ""


def street_post(actor: Actor, district: str, street: str, *roles: str) -> Post | None:
    """The actor's post with one of the roles in that street, or in a community of it."""
    held = (post for post in actor.posts if post.role in roles)
    return next((post for post in held if street_names(post.organisation) == (district, street)), None)


def district_post(actor: Actor, district: str, *roles: str) -> Post | None:
    """The actor's post with one of the roles in that district's own offices."""
    held = (post for post in actor.posts if post.role in roles)
    return next((post for post in held if district_name(post.organisation) == district), None)


def authorities_of(organisation: Organisation, on: date) -> tuple[str, ...]:
    """Which authorities of the standard an organisation is: by its kind, and by competence "enforcement.…"."""
    given = (matter for matter in competences_of(organisation, on) if matter.startswith("enforcement."))
    return authorities(organisation.kind) + tuple(matter.removeprefix("enforcement.") for matter in given)
