"""Tags that every template may use without loading them."""

from datetime import date
from typing import Any
from zlib import crc32

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongbao.kernel.text import Text
from gongbao.web import words
from gongbao.web.provisions import cite_url

register = template.Library()

GRADES = ("A", "B", "C", "D")


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> str:
    """{% t "还有 {n} 天" "{n} days left" n=left %}: the sentence in the language of the page."""
    sentence = words.said(Text(zh, en))
    return sentence.format(**values) if values else sentence


@register.filter
def said(text: Text | str) -> str:
    return words.said(text)


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else words.day(value)


@register.simple_tag(takes_context=True)
def here(context: Context, url: str) -> str:
    """' aria-current="page"' as a value: "page" where the address being shown is `url`, else "false"."""
    request = context.get("request")
    return "page" if request is not None and request.path == url else "false"


@register.simple_tag
def cite(text: str, shown: str = "") -> str | SafeString:
    """{% cite "京建法〔2025〕2号 第七条" %}: a citation as a link to its text, with a preview; `shown` says it in other
    words. Plain words where it leads nowhere."""
    url = cite_url(text)
    if not url:
        return shown or text
    return format_html(
        '<a class="cite" lang="zh-Hans" href="{0}" data-hx-get="{0}" data-hx-target="#preview"'
        ' data-hx-trigger="mouseenter delay:250ms, focus delay:250ms">{1}</a>',
        url,
        shown or text,
    )


@register.inclusion_tag("web/parts/deadline.html")
def deadline(until: Any, left: int | None = None, cite: str = "", done: bool = False) -> dict[str, Any]:
    """A date by which something is due. until: a kernel Deadline (its counted days can be opened) or a plain date;
    left: working days that are left, negative when it is past; done: nothing waits any more."""
    plain = until if isinstance(until, date) else until.date
    state = "done" if done or left is None else "late" if left < 0 else "soon" if left <= 2 else "open"
    return {
        "date": plain,
        "provisional": getattr(until, "provisional", False),
        "counted": getattr(until, "counted", ()),
        "left": left,
        "late_by": -left if left is not None and left < 0 else 0,
        "cite": cite,
        "state": state,
    }


@register.inclusion_tag("web/parts/grade.html")
def grade(letter: str) -> dict[str, Any]:
    """A grade A–D (评价等级); anything else is shown as no grade."""
    return {"letter": letter if letter in GRADES else ""}


@register.inclusion_tag("web/parts/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """What happened, the newest first: things with `at`, `title` (Text), `by`, `text` (Text) and `cite`, all but at
    and title optional."""
    return {"events": events}


@register.inclusion_tag("web/parts/empty.html")
def empty(zh: str, en: str, url: str = "", link_zh: str = "", link_en: str = "") -> dict[str, Any]:
    """What would stand here, and how to get it."""
    return {"words": Text(zh, en), "url": url, "link": Text(link_zh, link_en)}


@register.inclusion_tag("web/parts/chart.html")
def chart(drawn: Any) -> dict[str, Any]:
    """A gongbao.web.chart.Chart, with its table. The page takes `chart_scripts` into its head."""
    return {"chart": drawn, "id": f"chart-{crc32(drawn.title.zh.encode()):08x}"}


@register.simple_tag
def chart_scripts() -> str:
    sources = ("vendor/echarts/dist/echarts.common.min.js", "web/chart.js")
    return format_html_join("\n", '<script src="{}" defer></script>', ((static(name),) for name in sources))
