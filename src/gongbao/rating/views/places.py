"""Where a person's rating posts stand."""

from gongbao.organisations.models import Organisation
from gongbao.organisations.permissions import Actor
from gongbao.organisations.selectors import district_of
from gongbao.rating.selectors.places import district_name, street_names


def streets_of(who: Actor) -> list[Organisation]:
    """The streets and communities that she scores for, each street once."""
    posts = (post.organisation for post in who.posts if post.role in ("rating_street", "rating_community"))
    return list({street_names(place): place for place in posts}.values())


def districts_of(who: Actor) -> list[str]:
    """The names of the districts that she reviews for."""
    names = (district_name(post.organisation) for post in who.posts if post.role == "rating_district")
    return sorted({name for name in names if name})


def inspecting(who: Actor) -> list[Organisation]:
    """The districts and streets that she draws inspections for."""
    found: dict[int, Organisation] = {}
    for post in who.posts:
        place = district_of(post.organisation) if post.role == "rating_district" else None
        place = post.organisation if post.role == "rating_street" else place
        if place:
            found[place.pk] = place
    return list(found.values())
