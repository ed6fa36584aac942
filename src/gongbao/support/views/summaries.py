"""The two summary tables of the first review, as workbooks, of what an office sees."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongbao.organisations.permissions import actor, allow
from gongbao.support.selectors.summaries import summary_lines
from gongbao.support.tables.summary_sheets import TABLES, write_summary

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def summary(request: HttpRequest, kind: str) -> HttpResponse:
    """kind: "applications", or "first-review" of those whose first review is over."""
    allow(request, "support.desk.see")
    if kind not in TABLES:
        raise Http404
    content = write_summary(kind, summary_lines(actor(request), reviewed=kind == "first-review"))
    head = {"Content-Disposition": f'attachment; filename="{kind}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=head)
