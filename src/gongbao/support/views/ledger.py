"""The investment ledger on pages: verdicts, sums and charts; template, upload with preview, e-invoices."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongbao.cases.refusals import MoveRefused
from gongbao.documents import storage
from gongbao.documents.selectors import files_of
from gongbao.documents.services import file_store
from gongbao.kernel.fixed import from_fixed
from gongbao.kernel.problem import BadInput
from gongbao.kernel.text import Text
from gongbao.organisations.permissions import Actor, Allowed, actor, ask
from gongbao.support.models import Application, LedgerVersion
from gongbao.support.rules.ledger import assess
from gongbao.support.rules.ledger_rules import LedgerRules
from gongbao.support.rules.ledger_sums import by_category, distances, left_out
from gongbao.support.selectors.applications import subject_of
from gongbao.support.selectors.ledgers import (
    TABLES,
    Line,
    Worked,
    given,
    ledger_rules,
    lines_of,
    rows_of,
    worked_out,
)
from gongbao.support.services.ledgers import ledger_add_invoices, ledger_check, ledger_put
from gongbao.support.tables.ledger_sheets import at_cells, read_sheets, write_template
from gongbao.support.views.applicant import own, page
from gongbao.support.views.preparing import EDIT
from gongbao.support.views.wording import money
from gongbao.web.chart import Chart, Series
from gongbao.web.forms import Form
from gongbao.web.words import in_chinese, said

SHARE_SHOWN = 4  # decimals of a share; the last two stand behind the point of a percentage
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "contract": Text("合同", "Contracts"),
    "invoice": Text("发票", "Invoices"),
    "payment": Text("付款", "Payments"),
}
YUAN = Text("元", "yuan")


@dataclass(frozen=True)
class Shown:
    """A row as the page shows it. elsewhere: words about another application that named the invoice before."""

    line: Line
    elsewhere: Text | None


@never_cache
@require_safe
def show(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Every row with its verdict, what it comes to, what would change it."""
    application = _with_ledger(request, uscc, pk)
    context = {**ledger_context(application, actor(request)), "form": UploadForm(), "invoices": _invoices(application)}
    return page(request, "ledger", application, **context)


def ledger_context(application: Application, who: Actor) -> dict[str, Any]:
    """What the parts of a ledger's page need, for applicants and offices alike."""
    rules = ledger_rules(application)
    assert rules  # noqa: S101 - asked before
    if not application.rows.exists():
        return {"has_rows": False, "categories": rules.categories}
    today = timezone.localdate()
    found = worked_out(application, today)
    corrected = LedgerVersion.objects.filter(row__application=application, number__gt=1).exists()
    return {
        "has_rows": True,
        "corrected": corrected,
        "handed_in": _sums(worked_out(application, today, corrected=False)) if corrected else None,
        "sums": _sums(found),
        "steps": found.assessment.steps,
        "eligible": found.assessment.eligible,
        "distances": distances(found.application, found.assessment),
        "tables": _tables(application, found, who),
        "categories": rules.categories,
        "charts": charts(found, rules),
    }


def _with_ledger(request: HttpRequest, uscc: str, pk: int, permission: str = "support.application.see") -> Application:
    application = own(request, uscc, pk, permission)
    if ledger_rules(application) is None:
        raise Http404
    return application


def _sums(ledger: Worked) -> dict[str, str]:
    found = ledger.assessment
    percent = from_fixed(found.paid_share(SHARE_SHOWN), SHARE_SHOWN - 2)
    return {"countable": money(found.countable), "share": f"{percent}%", "subsidy": money(found.subsidy)}


def _tables(application: Application, found: Worked, who: Actor) -> list[tuple[Text, str, list[Shown]]]:
    """Name, code and lines of each table."""
    return [
        (NAMES[table], table, [Shown(line, _elsewhere(line.other, who)) for line in lines])
        for table, lines in lines_of(application, found).items()
    ]


def _elsewhere(other: Application | None, who: Actor) -> Text | None:
    """Who may see the other application reads its number and applicant; the applicant learns no name."""
    if other is None:
        return None
    if other.case and isinstance(ask("support.application.see", who, other), Allowed):
        named = f"{other.case.number} {other.applicant.name}"
        return Text(f"该发票号码已用于申请 {named}", f"application {named} named this invoice before")
    return Text("该发票号码已用于另一项申请", "another application named this invoice before")


def charts(ledger: Worked, rules: LedgerRules) -> list[Chart]:
    """Countable by category, and what does not count by its reason."""
    sums = by_category(ledger.application, ledger.assessment)
    found = [
        Chart(
            Text("各类支出:合同金额和可计入金额", "Spending by category: agreed, and what counts"),
            [rules.categories[code].name for code in sums],
            [
                Series(Text("合同金额", "agreed"), [one.agreed / 100 for one in sums.values()]),
                Series(Text("可计入", "counts"), [one.counted / 100 for one in sums.values()]),
            ],
            YUAN,
        )
    ]
    if lost := left_out(ledger.application, ledger.assessment):
        names = [UNPAID if code == "counted" else rules.reasons[code].name for code in lost]
        series = [Series(Text("未计入", "does not count"), [fen / 100 for fen in lost.values()])]
        found.append(Chart(Text("未计入的发票金额及原因", "Invoiced but not counted, by reason"), names, series, YUAN))
    return found


UNPAID = Text("部分未支付", "not fully paid")


@require_safe
def template(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """The workbook to fill in, with what stands there already."""
    application = _with_ledger(request, uscc, pk)
    rules = ledger_rules(application)
    assert rules  # noqa: S101 - asked above
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_template(path, rules, rows_of(application))
        content = path.read_bytes()
    head = {"Content-Disposition": f'attachment; filename="ledger-{application.pk}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=head)


class UploadForm(Form):
    workbook = forms.FileField(widget=forms.FileInput({"accept": ".xlsx"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workbook"].label = said(Text("填好的工作簿(xlsx)", "The workbook, filled in (xlsx)"))


class ManyXml(forms.FileInput):
    allow_multiple_selected = True


class XmlField(forms.FileField):
    """One file or several."""

    widget = ManyXml

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(XmlField, self).clean(one, initial) for one in data or [None]]


class InvoicesForm(Form):
    """E-invoices for one contract."""

    def __init__(self, *args: Any, contracts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"] = forms.ChoiceField(
            label=said(Text("所属合同", "Contract")), choices=[(number, number) for number in contracts]
        )
        self.fields["xml"] = XmlField(
            label=said(Text("数电发票 XML 文件", "XML files of e-invoices")),
            help_text=said(Text("可多选;从电子税务局下载的 XML", "Several if need be; as the tax platform gives them")),
            widget=ManyXml({"accept": ".xml"}),
        )


def _invoices(application: Application) -> InvoicesForm | None:
    """Its form, once there is a contract to add to."""
    numbers = [str(row["no"]) for row in rows_of(application)["contracts"]]
    return InvoicesForm(contracts=numbers) if numbers else None


@never_cache
@require_POST
def upload(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Read the workbook and show what it says and comes to, or what is wrong with it by cell; nothing is taken yet."""
    application, form = _with_ledger(request, uscc, pk, EDIT), UploadForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": form, "invoices": _invoices(application)}
    if not form.is_valid():
        return page(request, "ledger", application, **context, **ledger_context(application, actor(request)))
    file, now = form.cleaned_data["workbook"], timezone.now()
    try:
        content = file.read()
        rows = _read(content)
        _check(application, rows)
        kept = file_store(
            name=file.name, content=content, belongs_to=subject_of(application), by=actor(request).person, at=now
        )
    except (BadInput, MoveRefused) as wrong:
        return _wrong(request, application, wrong, context)
    read = given(application, timezone.localdate(), _plain(rows))
    sums = _sums(Worked(read, assess(read)))
    old = rows_of(application)
    counts = [(NAMES[table], *_difference(old[name], list(rows[name].values()))) for name, table in TABLES.items()]
    return page(request, "preview", application, file=kept, counts=counts, sums=sums)


Read = dict[str, dict[int, dict[str, Any]]]


def _read(content: bytes) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(content)
        return read_sheets(path)


def _plain(rows: Read) -> dict[str, list[dict[str, Any]]]:
    return {table: list(lines.values()) for table, lines in rows.items()}


def _check(application: Application, rows: Read) -> None:
    """Raise BadInput with the cells that are wrong."""
    try:
        ledger_check(application=application, rows=_plain(rows), on=timezone.localdate())
    except BadInput as bad:
        raise BadInput(at_cells(bad.problems, rows)) from bad


def _difference(old: list[dict[str, Any]], new: list[dict[str, object]]) -> tuple[int, int, int]:
    """Rows that are new or changed, as before, and gone."""
    same = sum(row in old for row in new)
    return len(new) - same, same, sum(row not in new for row in old)


def _wrong(
    request: HttpRequest, application: Application, wrong: BadInput | MoveRefused, context: dict[str, Any]
) -> HttpResponse:
    told: dict[str, Any] = {"chinese": in_chinese()}
    if isinstance(wrong, BadInput):
        told |= {"problems": wrong.problems, "total": wrong.total}
    else:
        messages.error(request, said(wrong.refused.because))
    return page(
        request, "ledger", application, **context, **told, **ledger_context(application, actor(request)), status=422
    )


@require_POST
def take(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Take the workbook that was shown; it is read and checked again."""
    application, number = _with_ledger(request, uscc, pk, EDIT), request.POST.get("file", "")
    kept = files_of(subject_of(application)).filter(pk=number if number.isdecimal() else 0).first()
    if kept is None:
        raise Http404
    try:
        rows = _read(storage.fetch(kept.sha256))
        _check(application, rows)
        ledger_put(
            application=application,
            rows=_plain(rows),
            actor=actor(request),
            now=timezone.now(),
            on=timezone.localdate(),
        )
    except (BadInput, MoveRefused) as wrong:
        return _wrong(request, application, wrong, {"form": UploadForm(), "invoices": _invoices(application)})
    messages.success(request, said(Text("投资明细已保存。", "The ledger is saved.")))
    return HttpResponseRedirect(reverse("own_application_ledger", args=[uscc, pk]))


@require_POST
def invoices(request: HttpRequest, uscc: str, pk: int) -> HttpResponse:
    """Add e-invoices to a contract: all of them, or none."""
    application = _with_ledger(request, uscc, pk, EDIT)
    numbers = [str(row["no"]) for row in rows_of(application)["contracts"]]
    form = InvoicesForm(request.POST, request.FILES, contracts=numbers)
    context: dict[str, Any] = {"form": UploadForm(), "invoices": form}
    if not form.is_valid():
        return page(request, "ledger", application, **context, **ledger_context(application, actor(request)))
    files = [(str(one.name), one.read()) for one in form.cleaned_data["xml"]]
    try:
        added = ledger_add_invoices(
            application=application, files=files, contract=form.cleaned_data["contract"], actor=actor(request),
            now=timezone.now(), on=timezone.localdate(),
        )  # fmt: skip
    except (BadInput, MoveRefused) as wrong:
        return _wrong(request, application, wrong, context)
    messages.success(request, said(Text(f"已加入{added}张发票。", f"{added} invoices added.")))
    return HttpResponseRedirect(reverse("own_application_ledger", args=[uscc, pk]))
