"""Single complaints (诉求明细): supplied by 12345, struck where one does not concern the enterprise, seen by it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.carrying import because, carried_out
from gongbao.documents.sniffing import MEGABYTE, accepted
from gongbao.kernel.problem import BadInput, Problem
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import actor
from gongbao.rating.models import ComplaintItem, State
from gongbao.rating.refusals import MoveRefused
from gongbao.rating.selectors.complaint_items import items_now, months_of_items
from gongbao.rating.selectors.objections import objection_refusal
from gongbao.rating.services.complaint_items import CLAUSE, item_strike, items_take
from gongbao.rating.services.rows import MENDING
from gongbao.rating.tables.complaint_items import COLUMNS, TABLE, read_items
from gongbao.rating.views.desk import cycle_of, now, page, tell
from gongbao.rating.views.enterprise import own
from gongbao.rating.views.enterprise import page as own_page
from gongbao.web.forms import Form
from gongbao.web.table import Column, Filter, Table
from gongbao.web.words import both, day

CONCERNS = {"yes": Text("是", "yes"), "no": Text("否", "no")}


class ItemsForm(Form):
    sent = forms.FileField(
        label=both("诉求明细(CSV)", "Single complaints (CSV)"),
        help_text=both("表头:" + "、".join(COLUMNS.values()), "heads: " + ", ".join(COLUMNS)),
        widget=forms.FileInput({"accept": ".csv"}),
    )

    def clean_sent(self) -> list[dict[str, str]]:
        """The rows; what is wrong with the file stands at the field."""
        given, limit = self.cleaned_data["sent"], accepted()["megabytes"]
        if given.size > limit * MEGABYTE:
            raise forms.ValidationError(both(f"文件超过 {limit} MB", f"the file is larger than {limit} MB"))
        try:
            return read_items(given.read())
        except BadInput as bad:
            raise forms.ValidationError([both(p.expected, p.expected_en) for p in bad.problems]) from bad


@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest, code: str) -> HttpResponse:
    """What was supplied, and more; every problem by row."""
    cycle = cycle_of(request, code, "rating.complaints.enter")
    form = ItemsForm(request.POST, request.FILES) if request.method == "POST" else ItemsForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = items_take(cycle=cycle, rows=form.cleaned_data["sent"], actor=actor(request), now=now())
        except BadInput as bad:
            problems = bad.problems
        except MoveRefused as refused:
            form.add_error(None, because(refused.refused))
        else:
            rows = made.counts[TABLE] if made else 0
            tell(request, f"已收到 {rows} 件新的或有变化的诉求。", f"{rows} new or changed complaints came in.")
            return redirect("rating_complaints", code)
    table = Table(
        caption=Text("诉求明细", "Single complaints"),
        columns=[
            Column(
                "reference_no", Text("诉求编号", "Number"), sort="reference_no",
                link=lambda item: reverse("rating_complaint", args=[code, item.pk]),
            ),
            Column("project_id", Text("项目", "Project"), sort="project_id"),
            Column("received_on", Text("日期", "Day"), cell=lambda item: day(item.received_on), sort="received_on"),
            Column("concerns", Text("涉及企业", "Concerns"), cell=lambda i: CONCERNS["yes" if i.concerns else "no"]),
        ],
        rows=items_now(cycle),
        query=request.GET,
        filters=[
            Filter("number", Text("诉求编号", "Number"), lambda rows, value: rows.filter(reference_no__iexact=value)),
            Filter("project", Text("项目", "Project"), lambda rows, value: rows.filter(project_id__iexact=value)),
            Filter(
                "concerns", Text("涉及企业", "Concerns"),
                lambda rows, value: rows.filter(concerns=value == "yes"), CONCERNS,
            ),
        ],
        empty=Text("还没有诉求明细。可以只提供每月数量。", "None were supplied. The monthly counts are enough."),
    )  # fmt: skip
    if request.GET.get("format") == "csv":
        return table.csv(f"complaint-items-{code}.csv")
    return page(
        request, "complaints/items", cycle,
        table=table, form=form, problems=problems, total=len(problems), open=cycle.state == State.COLLECTING,
        cite=CLAUSE,
    )  # fmt: skip


class StrikeForm(Form):
    because = forms.CharField(
        label=both("理由", "Reason"),
        help_text=both("企业能看到,写入档案", "the enterprise reads it, the archive keeps it"),
        widget=forms.Textarea({"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One complaint with its versions; struck with a reason."""
    cycle = cycle_of(request, code, "rating.complaints.enter")
    item = get_object_or_404(ComplaintItem, cycle=cycle, pk=pk)
    form = StrikeForm(request.POST or None)
    made: list[ComplaintItem] = []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["because"]
        if carried_out(
            form, lambda: made.append(item_strike(item=item, because=reason, actor=actor(request), now=now()))
        ):
            tell(
                request,
                "已标记为不涉及企业,当月数量减一。需要重新计算。",
                "Struck; the month counts one less. Run again.",
            )
            return redirect("rating_complaint", code, made[0].pk)
    versions = ComplaintItem.objects.filter(cycle=cycle, reference_no=item.reference_no).order_by("-pk")
    return page(
        request, "complaints/item", cycle,
        item=item, form=form, cite=CLAUSE, versions=versions.select_related("delivery__organisation", "ended"),
        can=item.ended_id is None and item.concerns and cycle.state in MENDING,
    )  # fmt: skip


@never_cache
@require_safe
def own_complaints(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """The single complaints behind the counts of an enterprise, each of which it can contest."""
    cycle = own(request, uscc, code)
    can = objection_refusal(cycle, uscc, timezone.now()) is None
    return own_page(request, "complaints", cycle, uscc, months=months_of_items(cycle, uscc), can=can, cite=CLAUSE)
