"""The stable addresses of what a list holds."""

from django.urls import reverse
from django.utils.http import urlencode

from gongbao.permits.rules.items import Edition


def item_url(edition: Edition, number: int) -> str:
    """An item, or the gap where its row is unread."""
    return reverse("permits_item", args=[edition.edition, number])


def law_url(law: str, edition: Edition) -> str:
    """What rests on a law of an edition."""
    return f"{reverse('permits_laws')}?{urlencode({'law': law, 'edition': edition.edition})}"


def public_addresses(editions: dict[str, Edition]) -> list[str]:
    """Every public page, for machines that list pages."""
    found = [reverse(f"permits{name}") for name in ("", "_check", "_laws", "_guides", "_diff", "_editions")]
    for name, edition in editions.items():
        found.append(reverse("permits_edition", args=[name]))
        found += [item_url(edition, item.no) for item in edition.items]
    return found
