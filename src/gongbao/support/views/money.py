"""Budgets, what is promised and paid; payments in batches; money that may go to one project twice."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.support.rules.facts import MONEY_PLACES, yuan
from gongbao.support.selectors.editions import catalogue_now
from gongbao.support.selectors.invoices import invoices_shared
from gongbao.support.selectors.money import Year, batches, double_funding, money_year, money_years, payment_queue
from gongbao.support.services.payments import batch_make
from gongbao.support.services.promises import budget_set
from gongbao.support.views.desk import ways
from gongbao.support.views.wording import measure_names, programme_names, state_name
from gongbao.web.chart import Chart, Series
from gongbao.web.forms import Form
from gongbao.web.words import both, said

TEN_THOUSAND = 10_000 * 100  # fen in 万元, the unit of the chart


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Every programme and year: budget, promised, paid, left."""
    allow(request, "support.money.see")
    names, years = programme_names(), money_years()
    this_year = timezone.localdate().year
    known = {(year.programme, year.year) for year in years}
    years += [Year(one, this_year, None, 0, 0) for one in names if (one, this_year) not in known]
    context = {
        "ways": ways(actor(request)),
        "years": [(year, names.get(year.programme, Text(year.programme, year.programme))) for year in years],
        "chart": _chart(years, names),
    }
    return render(request, "support/desk/money.html", context)


def _chart(years: list[Year], names: dict[str, Text]) -> Chart | None:
    shown = [year for year in years if year.budget or year.promised or year.paid]
    if not shown:
        return None

    def label(year: Year) -> Text:
        name = names.get(year.programme, Text(year.programme, year.programme))
        return Text(f"{name.zh} {year.year}", f"{name.en} {year.year}")

    def whole(fen: int) -> int:
        return fen // TEN_THOUSAND

    return Chart(
        title=Text("预算、已决定待拨付和已拨付", "Budget, decided and not yet paid, paid"),
        labels=[label(year) for year in shown],
        series=[
            Series(Text("预算", "budget"), [None if year.budget is None else whole(year.budget) for year in shown]),
            Series(Text("已决定,待拨付", "decided, to be paid"), [whole(year.promised) for year in shown]),
            Series(Text("已拨付", "paid"), [whole(year.paid) for year in shown]),
        ],
        unit=Text("万元", "CNY 10,000"),
    )


class BudgetForm(Form):
    amount = forms.CharField(
        label=both("本年度预算(元)", "Budget of the year (yuan)"), widget=forms.TextInput({"inputmode": "decimal"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """One programme's year: its budget, who is paid next and who waits, the batches."""
    allow(request, "support.money.see")
    _known(programme)
    row, may = money_year(programme, year), _may_pay(request, programme)
    initial = {"amount": from_fixed(row.budget, MONEY_PLACES)} if row.budget is not None else {}
    form = BudgetForm(request.POST or None, initial=initial)
    if request.method == "POST":
        allow(request, "support.money.pay", programme)
        if form.is_valid():
            try:
                budget_set(
                    programme=programme, year=year, amount=form.cleaned_data["amount"], actor=actor(request),
                    now=timezone.now(),
                )  # fmt: skip
            except BadInput as bad:
                form.take(bad)
            else:
                messages.success(request, said(Text("预算已保存。", "The budget is saved.")))
                return _back(programme, year)
    context: dict[str, Any] = {
        "ways": ways(actor(request)),
        "name": programme_names()[programme],
        "row": row,
        "queue": payment_queue(programme, year),
        "batches": batches().filter(programme=programme, year=year),
        "form": form if may else None,
        "may": may,
    }
    return render(request, "support/desk/year.html", context)


@require_POST
def pay(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Pay what fits, tell the others that they wait."""
    allow(request, "support.money.pay", programme)
    _known(programme)
    try:
        with transaction.atomic():
            batch = batch_make(programme=programme, year=year, actor=actor(request), now=timezone.now())
    except (BadInput, MoveRefused) as refused:
        why = refused.refused.because if isinstance(refused, MoveRefused) else Text(str(refused), str(refused))
        messages.error(request, said(why))
        return _back(programme, year)
    if batch is None:
        zh, en = (
            "没有可拨付的项目:预算不足,或没有到期的决定。",
            "Nothing can be paid: no money is left, or nothing is due.",
        )
        messages.warning(request, said(Text(zh, en)))
    else:
        paid = batch.payments.count()
        total = yuan(sum(one.amount for one in batch.payments.all()))
        zh = f"批次 {batch.number} 已拨付 {paid} 项,共 {total} 元。"
        messages.success(request, said(Text(zh, f"Batch {batch.number}: {paid} paid, {total} yuan in all.")))
    return _back(programme, year)


def _back(programme: str, year: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("support_year", args=[programme, year]))


def _known(programme: str) -> None:
    if programme not in {one.id for one in catalogue_now().programmes}:
        raise Http404


def _may_pay(request: HttpRequest, programme: str) -> bool:
    return isinstance(ask("support.money.pay", actor(request), programme), Allowed)


@require_safe
def double(request: HttpRequest) -> HttpResponse:
    """Across programmes: projects with more than one standing application, invoices named more than once."""
    allow(request, "support.money.see")
    named = measure_names()
    context = {
        "ways": ways(actor(request)),
        "projects": [
            (one.what, [(a, named(a.measure), state_name(a)) for a in one.applications]) for one in double_funding()
        ],
        "invoices": [
            (number, [(a, named(a.measure), state_name(a)) for a in found]) for number, found in invoices_shared()
        ],
    }
    return render(request, "support/desk/double.html", context)
