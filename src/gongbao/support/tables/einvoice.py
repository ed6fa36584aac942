"""Electronic invoices (数电发票) from the XML of the national format: what a ledger needs of them, and no more.

The format: root EInvoice with Header, EInvoiceData and TaxSupervisionInfo, as the tax platform hands it out under the
Ministry of Finance's accounting data standard for electronic vouchers (电子凭证会计数据标准, 全面数字化的电子发票).
TotalTax-includedAmount is the sum of the invoice; TotaltaxIncludedAmount, of single lines, is another tag.
IssueTime comes with a space, with a T or as a day alone.

Entities, document types and anything outside the file are refused: an invoice is data of a stranger.
"""

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gongbao.kernel.fixed import to_fixed
from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.facts import DAY, MONEY_PLACES
from gongbao.support.tables.answer_json import Json

# field of the ledger -> where it stands in the file
PLACES = {
    "no": "TaxSupervisionInfo/InvoiceNumber",
    "issuer": "EInvoiceData/SellerInformation/SellerName",
    "buyer": "EInvoiceData/BuyerInformation/BuyerName",
    "amount": "EInvoiceData/BasicInformation/TotalTax-includedAmount",
    "issued_on": "TaxSupervisionInfo/IssueTime",
}


def read_einvoice(path: Path, contract: str) -> Json:
    """A row of `invoices` for one contract; the amount includes tax. Raises BadInput with everything that is wrong."""
    return einvoice_row(path.name, path.read_bytes(), contract)


def einvoice_row(name: str, content: bytes, contract: str) -> Json:
    """The same from the bytes of a file."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadInput(
            [Problem(name, None, "", str(error), "应为数电发票的 XML 文件", "the XML of an e-invoice is due")]
        ) from error
    row: dict[str, str] = {field: (root.findtext(place) or "").strip() for field, place in PLACES.items()}
    row["issued_on"] = row["issued_on"][:10]
    problems = [
        Problem(name, None, PLACES[field], row[field], *_expected(field))
        for field in PLACES
        if not _right(field, row[field])
    ]
    if problems:
        raise BadInput(problems)
    return {"no": row["no"], "contract": contract, **{field: row[field] for field in PLACES if field != "no"}}


def _right(field: str, value: str) -> bool:
    try:
        if field == "amount":
            return to_fixed(value, MONEY_PLACES) > 0
        if field == "issued_on":
            return bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False
    return bool(value)


def _expected(field: str) -> tuple[str, str]:
    if field == "amount":
        return "应为大于零的价税合计(红字发票不能导入)", "an amount above 0 is due (no credit notes)"
    if field == "issued_on":
        return "应为开票时间,如 2026-01-31 10:00:00", "a time of issue is due, such as 2026-01-31 10:00:00"
    return "发票中缺少这一项", "the invoice lacks it"
