"""Keeping the index of invoice numbers true to the ledgers."""

from django.db import transaction

from gongbao.support.models import Application, InvoiceUse
from gongbao.support.rules.ledger import same
from gongbao.support.selectors.worth import rows_of


@transaction.atomic
def invoices_index(*, application: Application) -> None:
    """Enter the invoice numbers that the application names now. Call it after every change of its ledger."""
    InvoiceUse.objects.filter(application=application).delete()
    numbers = {same(row["no"]) for row in rows_of(application)["invoices"]}
    InvoiceUse.objects.bulk_create(InvoiceUse(number=number, application=application) for number in sorted(numbers))
