"""The ledger of an application on the desk of an office; its auditor corrects rows, each with a reason."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Allowed, actor, allow, ask
from gongbao.support.models import Application, LedgerRow
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.selectors.applications import state_of
from gongbao.support.selectors.editions import measure_of
from gongbao.support.selectors.ledgers import TABLES, ledger_rules
from gongbao.support.services.ledgers import ledger_correct
from gongbao.support.tables.ledger_sheets import SHEETS
from gongbao.support.views.application import seen
from gongbao.support.views.desk import ways
from gongbao.support.views.ledger import ledger_context
from gongbao.web.forms import DayInput, Form
from gongbao.web.words import said

CORRECT, AUDITED = "support.ledger.correct", "auditing"


@never_cache
@require_safe
def ledger(request: HttpRequest, number: str) -> HttpResponse:
    """Every row with both versions and its verdict, what it comes to before and after."""
    application = _with_ledger(request, number)
    may = isinstance(ask(CORRECT, actor(request), application), Allowed) and state_of(application) == AUDITED
    context = {**_head(request, application), **ledger_context(application, actor(request)), "correct": may}
    return render(request, "support/desk/ledger.html", context)


def _with_ledger(request: HttpRequest, number: str) -> Application:
    application = seen(request, number)
    if ledger_rules(application) is None:
        raise Http404
    return application


def _head(request: HttpRequest, application: Application) -> dict[str, Any]:
    return {
        "application": application,
        "case": application.case,
        "measure": measure_of(application),
        "ways": ways(actor(request)),
    }


class CorrectionForm(Form):
    """What the row should say, or that it is taken out, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: LedgerRow, rules: LedgerRules, **kwargs: Any) -> None:
        last = row.versions.last()
        assert last  # noqa: S101 - a row has its first version
        held = {**last.content, "struck": last.struck, "version": last.number}
        super().__init__(*args, initial=held, **kwargs)
        table = next(name for name, one in TABLES.items() if one == row.table)
        self.columns = [column for column in SHEETS[table] if column.field != "no"]
        for column in self.columns:
            label, optional = said(Text(column.head, column.field)), column.field == "invoice"
            if column.kind == "category":
                choices = [(code, said(named.name)) for code, named in rules.categories.items()]
                self.fields[column.field] = forms.ChoiceField(label=label, choices=choices)
            elif column.kind == "date":
                picker = DayInput()
                self.fields[column.field] = forms.DateField(label=label, widget=picker)
            else:
                self.fields[column.field] = forms.CharField(label=label, max_length=200, required=not optional)
        self.fields["struck"] = forms.BooleanField(label=said(Text("剔除这一行", "Take the row out")), required=False)
        self.fields["reason"] = forms.CharField(
            label=said(Text("理由", "Reason")), max_length=500, widget=forms.Textarea({"rows": 3})
        )

    def changes(self) -> dict[str, object]:
        """The fields that say something else than before, as an application file has them."""
        found = {column.field: self._plain(column.field) for column in self.columns}
        return {name: value for name, value in found.items() if value != self.initial.get(name)}

    def _plain(self, name: str) -> object:
        value = self.cleaned_data[name]
        return value.isoformat() if hasattr(value, "isoformat") else value or None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Correct a row; what was handed in stays beside it."""
    application = _with_ledger(request, number)
    allow(request, CORRECT, application)
    row, rules = application.rows.filter(pk=pk).first(), ledger_rules(application)
    if row is None or rules is None:
        raise Http404
    form = CorrectionForm(request.POST or None, row=row, rules=rules)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ledger_correct(
                row=row, version=given["version"], changes=form.changes(), reason=given["reason"],
                struck=given["struck"], actor=actor(request), now=timezone.now(), on=timezone.localdate(),
            )  # fmt: skip
        except BadInput as bad:
            form.take(bad)
        except MoveRefused as refused:
            form.add_error(None, said(refused.refused.because))
        else:
            return HttpResponseRedirect(f"{reverse('support_ledger', args=[number])}#{row.table}")
    return render(request, "support/desk/row.html", {**_head(request, application), "row": row, "form": form})
