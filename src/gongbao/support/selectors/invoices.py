"""The index of invoice numbers: which applications name a number, whoever applied, under whatever programme."""

from collections.abc import Iterable

from gongbao.support.models import Application, InvoiceUse
from gongbao.support.rules.ledger import same
from gongbao.support.selectors.applications import GONE


def invoices_taken(application: Application) -> dict[str, Application]:
    """number → the application that named it before and still stands; such an invoice counts there, not here.

    Of a draft every application that was sent is before it.
    """
    numbers = InvoiceUse.objects.filter(application=application).values("number")
    return taken_by([row["number"] for row in numbers], application)


def taken_by(numbers: Iterable[str], application: Application) -> dict[str, Application]:
    """As invoices_taken, for numbers that are not in the index yet."""
    found = InvoiceUse.objects.filter(number__in={same(number) for number in numbers})
    found = found.exclude(application=application).exclude(application__case=None)
    found = found.exclude(application__case__tracks__state__in=GONE)
    if application.case_id:
        found = found.filter(application__case__lt=application.case_id)
    rows = found.select_related("application__case", "application__applicant").order_by("-application__case_id")
    return {row.number: row.application for row in rows}


def invoices_shared() -> list[tuple[str, list[Application]]]:
    """Numbers that more than one standing application names, with these, the earliest first."""
    uses = InvoiceUse.objects.exclude(application__case=None).exclude(application__case__tracks__state__in=GONE)
    by_number: dict[str, list[Application]] = {}
    uses = uses.select_related("application__case", "application__applicant").prefetch_related(
        "application__case__tracks"
    )
    for use in uses.order_by("number", "application__case_id"):
        by_number.setdefault(use.number, []).append(use.application)
    return [(number, found) for number, found in by_number.items() if len(found) > 1]
