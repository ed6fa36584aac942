"""Tables on pages: sorted and filtered by the address, so that a view can be sent as a link; cards on a phone; CSV."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongbao.kernel.text import Text
from gongbao.web.words import said

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """name: used in the address; cell: what stands in a row (by default its attribute `name`); sort: the ORM field to
    order by, none where the column cannot be sorted; link: where the cell leads."""

    name: str
    head: Text
    cell: Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False
    link: Callable[[Any], str] | None = None

    def value(self, row: Any) -> Any:
        found = self.cell(row) if self.cell else getattr(row, self.name)
        return "" if found is None else said(found) if isinstance(found, Text) else found

    def html(self, row: Any) -> str | SafeString:
        value = self.value(row)
        return format_html('<a href="{}">{}</a>', self.link(row), value) if self.link else value


@dataclass(frozen=True)
class Filter:
    """name: used in the address; apply: narrows the query by a value; options: value → words, empty for free text.
    A value that is not among the options is not applied."""

    name: str
    label: Text
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    options: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """A column's head: where a click leads, and how it is sorted now ("none" where it can be, "" where it cannot)."""

    column: Column
    url: str
    order: str


class Table:
    """One table on a page. `query` is the address' query; `rows` an unsliced queryset with an order of its own."""

    def __init__(
        self,
        *,
        caption: Text,
        columns: Sequence[Column],
        rows: QuerySet[Any],
        query: QueryDict,
        filters: Sequence[Filter] = (),
        empty: Text,
        per_page: int = 50,
    ) -> None:
        self.caption, self.columns, self.empty = caption, columns, empty
        self.query, self.filters, self.per_page = query, filters, per_page
        self.rows = self._sorted(self._filtered(rows))

    def _filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for one in self.filters:
            value = self.chosen(one)
            rows = one.apply(rows, value) if value else rows
        return rows

    def chosen(self, one: Filter) -> str:
        value = self.query.get(one.name, "").replace("\x00", "").strip()  # PostgreSQL does not look for it
        return value if not one.options or value in one.options else ""

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """(column name, descending); ("", False) where the address names no column that can be sorted."""
        wanted = self.query.get("sort", "")
        name, down = wanted.removeprefix("-"), wanted.startswith("-")
        return (name, down) if any(c.name == name and c.sort for c in self.columns) else ("", False)

    def _sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        name, down = self.sort
        column = next((c for c in self.columns if c.name == name), None)
        if column is None:
            return rows
        return rows.order_by(f"{'-' if down else ''}{column.sort}", *(rows.query.order_by or ["pk"]))

    def url(self, **changes: str) -> str:
        """The address' query with changes; an empty value takes a name out. Going elsewhere begins at page one."""
        query = self.query.copy()
        for name, value in {"page": "", **changes}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.per_page).get_page(self.query.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def heads(self) -> list[Head]:
        name, down = self.sort
        order = "descending" if down else "ascending"
        return [
            Head(
                column,
                self.url(sort=column.name if column.name != name or down else f"-{column.name}") if column.sort else "",
                (order if column.name == name else "none") if column.sort else "",
            )
            for column in self.columns
        ]

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [[(column, column.html(row)) for column in self.columns] for row in self.page]

    @property
    def shown_filters(self) -> list[tuple[Filter, str]]:
        return [(one, self.chosen(one)) for one in self.filters]

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen(one) for one in self.filters)

    @property
    def previous_url(self) -> str:
        return self.url(page=str(self.page.previous_page_number())) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    @property
    def unfiltered_url(self) -> str:
        return self.url(**{one.name: "" for one in self.filters})

    @property
    def csv_url(self) -> str:
        return self.url(format="csv")

    def csv(self, filename: str) -> HttpResponse:
        """All rows, filtered and sorted as shown. Cells that a spreadsheet would take for a formula are quoted."""
        out = StringIO()
        write = csv.writer(out)
        write.writerow([said(column.head) for column in self.columns])
        for row in self.rows.iterator(chunk_size=2000):
            write.writerow([plain(column.value(row)) for column in self.columns])
        head = {"Content-Disposition": f'attachment; filename="{filename}"'}
        return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=head)


def plain(value: Any) -> str:
    """A value as text that a spreadsheet does not run."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) and not text.lstrip("+-").replace(".", "").isdigit() else text
