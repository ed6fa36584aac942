"""The stable address of a provision: its citation in official form, document and provision cut by a slash.

/gazette/京建法〔2025〕2号/第七条/. Any other spelling leads there by a redirect.
"""

from django.urls import reverse

from gongbao.kernel.citation import official_number, parse


def place_url(cite: str) -> str:
    """The address of what an official citation names."""
    return reverse("gazette_place", args=[cite.replace(" ", "/", 1)])


def key_url(key: str) -> str:
    """The address of a document by its key: its number, or a bare title."""
    try:
        return place_url(official_number(key))
    except ValueError:
        return place_url(f"《{key}》")


def cited(address: str) -> str:
    """The citation in an address, as it was typed there."""
    return address.replace("/", " ", 1)


def citation_url(text: str) -> str:
    """The address of a citation in any spelling; "" for what is none."""
    try:
        return place_url(str(parse(text)))
    except ValueError:
        return ""
