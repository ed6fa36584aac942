"""Tags of the gazette's own pages."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from gongbao.gazette.addresses import key_url
from gongbao.gazette.addresses import place_url as address
from gongbao.gazette.selectors.documents import name_key
from gongbao.web.templatetags.gongbao import cite

register = template.Library()


@register.simple_tag
def place_url(key: str) -> str:
    """The address of an official citation."""
    return address(key)


@register.simple_tag
def document_url(key: str) -> str:
    """The address of a document by its key: its number, or a bare title."""
    return key_url(key)


@register.simple_tag(takes_context=True)
def reference(context: Context, name: str) -> str | SafeString:
    """A document that a text names, by number or title: a link where the page knows it (`known`), else words."""
    number = context["known"].get(name_key(name))
    return cite(number, name) if number else name
