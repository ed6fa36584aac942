"""What rating brings to the front page: the enterprises of the published result, and that it is there."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongbao.kernel.text import Text
from gongbao.web.gathering import Entry, Results

SHOWN = 5
LONGEST = 100  # characters that are looked for


def found(query: str) -> Results | None:
    """Enterprises by name, credit code, estate or street, in the newest published result."""
    # loaded with the first search: the selectors bring the column engine along
    from gongbao.rating.selectors.public import shown_by_code
    from gongbao.rating.selectors.results import search

    seen, words = shown_by_code(""), query.replace("\x00", "").strip()[:LONGEST]
    if seen is None or not words:
        return None
    rows, cycle = search(seen.run, words), urlencode({"cycle": seen.cycle.code})
    entries = tuple(
        Entry(
            one.name,
            f"{reverse('rating_enterprise', args=[one.uscc])}?{cycle}",
            Text(f"{one.grade}级", f"grade {one.grade}"),
        )
        for one in rows[:SHOWN]
    )
    name = Text("物业企业", "Property-service enterprises")
    return Results(name, rows.count(), tuple(entries), f"{reverse('rating')}?{urlencode({'q': words})}")


def newest(today: date) -> Iterator[Entry]:  # noqa: ARG001 - what is published is past
    """Published results, with the day of their publication."""
    from gongbao.rating.selectors.public import shown_all

    for seen in shown_all():
        if seen.cycle.published_at:
            title = Text(f"{seen.cycle.code} 物业服务评价结果", f"Results of the rating {seen.cycle.code}")
            url = f"{reverse('rating')}?{urlencode({'cycle': seen.cycle.code})}"
            yield Entry(title, url, on=timezone.localdate(seen.cycle.published_at))
