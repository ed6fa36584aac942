"""The ledger's workbook and e-invoices: taken into an application, refused where they are not to be trusted."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from gongbao.kernel.problem import BadInput
from gongbao.support.tables import ledger_sheets
from gongbao.support.tables.einvoice import read_einvoice

Json = dict[str, Any]
Run = Callable[..., tuple[int, str, str]]

INVOICE = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <Header><EIid>26110000000000000001</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version></Header>
  <EInvoiceData>
    <SellerInformation><SellerIdNum>91110000000000000X</SellerIdNum><SellerName>示例装饰公司</SellerName></SellerInformation>
    <BuyerInformation><BuyerName>示例商业公司</BuyerName></BuyerInformation>
    <BasicInformation>
      <TotalAmWithoutTax>943.40</TotalAmWithoutTax><TotalTaxAm>56.60</TotalTaxAm>
      <TotalTax-includedAmount>1000.00</TotalTax-includedAmount>
    </BasicInformation>
  </EInvoiceData>
  <TaxSupervisionInfo>
    <InvoiceNumber>26110000000000000001</InvoiceNumber><IssueTime>2026-01-05 10:11:12</IssueTime>
  </TaxSupervisionInfo>
</EInvoice>
"""


@pytest.fixture
def einvoice(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "invoice.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def application(saved: Callable[[object], Path]) -> Path:
    document = {
        "direction": "mixed_scene",
        "applied_on": "2026-08-01",
        "entity": {"name": "示例商业公司"},
        "project": {},
    }
    return saved(document)


@pytest.fixture
def template(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.xlsx"
    assert run("ledger", "template", path)[0] == 0
    return path


def fill(path: Path, **rows: list[list[object]]) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet, lines in rows.items():
        for line in lines:
            book[sheet].append(line)
    book.save(path)
    return path


def test_the_template_has_a_head_a_note_and_a_check_for_each_field(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == ["contracts", "invoices", "payments", "支出类别"]
    for name in book.sheetnames[:3]:
        heads = [cell.value.split()[-1] for cell in book[name][1]]
        assert heads == [column.field for column in ledger_sheets.SHEETS[name]]
        assert all(cell.comment for cell in book[name][1])
    assert len(book["支出类别"]["A"]) == 13
    assert book["contracts"].data_validations.dataValidation[0].formula1 == "'支出类别'!$A$1:$A$13"


def test_a_filled_workbook_and_an_invoice_go_into_the_application(
    template: Path, application: Path, run: Run, tmp_path: Path, einvoice: Callable[[str], Path]
) -> None:
    fill(
        template,
        contracts=[["C1", "design 项目设计", "示例装饰公司", 1_200_000.5, date(2025, 11, 1)]],
        invoices=[["F1", "C1", "示例装饰公司", "示例商业公司", "1200000.50", "2025-12-01"]],
        payments=[["P1", "C1", None, "示例商业公司", "示例装饰公司", 0.07, date(2025, 12, 2)]],
    )
    out = tmp_path / "new.json"
    code, told, _ = run("ledger", "import", application, template, einvoice(INVOICE), "--contract", "C1", "--out", out)
    assert code == 0
    assert "1 contracts, 2 invoices, 1 payments" in told
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["contracts"] == [
        {"no": "C1", "category": "design", "party": "示例装饰公司", "amount": "1200000.5", "signed_on": "2025-11-01"}
    ]
    assert document["payments"][0] == {
        "no": "P1",
        "contract": "C1",
        "invoice": None,
        "payer": "示例商业公司",
        "payee": "示例装饰公司",
        "amount": "0.07",
        "paid_on": "2025-12-02",
    }
    assert document["invoices"][1] == {
        "no": "26110000000000000001",
        "contract": "C1",
        "issuer": "示例装饰公司",
        "buyer": "示例商业公司",
        "amount": "1000.00",
        "issued_on": "2026-01-05",
    }
    assert run("assess", out)[0] == 0


def test_wrong_cells_are_named_and_nothing_is_written(
    template: Path, application: Path, run: Run, tmp_path: Path
) -> None:
    fill(template, contracts=[["C1", "rent", "示例装饰公司", -5, "soon"]])
    out = tmp_path / "new.json"
    code, _, err = run("ledger", "import", application, template, "--out", out)
    assert code == 2
    assert all(word in err for word in ("category", "amount", "signed_on", "contracts"))
    assert not out.exists()


def test_an_invoice_needs_its_contract(
    application: Path, run: Run, tmp_path: Path, einvoice: Callable[[str], Path]
) -> None:
    out = tmp_path / "new.json"
    assert run("ledger", "import", application, einvoice(INVOICE), "--out", out)[0] == 2
    assert run("ledger", "import", application, einvoice(INVOICE), "--contract", "C9", "--out", out)[0] == 2
    assert not out.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("<TotalTax-includedAmount>1000.00", "<TotalTax-includedAmount>-1000.00", "TotalTax-includedAmount"),
        ("<TotalTax-includedAmount>1000.00", "<TotalTax-includedAmount>1e3", "TotalTax-includedAmount"),
        ("<InvoiceNumber>26110000000000000001", "<InvoiceNumber>", "InvoiceNumber"),
        ("<BuyerName>示例商业公司</BuyerName>", "", "BuyerName"),
        ("2026-01-05", "2026-02-30", "IssueTime"),
        ("</EInvoice>", "", "XML"),
        ("<EInvoice>", '<!DOCTYPE a [<!ENTITY b "c">]><EInvoice>', "XML"),
        ("<EInvoice>", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><EInvoice>', "XML"),
    ],
)
def test_an_invoice_that_cannot_be_trusted_is_refused(
    einvoice: Callable[[str], Path], right: str, wrong: str, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        read_einvoice(einvoice(INVOICE.replace(right, wrong, 1)), "C1")


def test_a_workbook_that_is_none_or_would_fill_the_memory_is_refused(
    template: Path, application: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, other = tmp_path / "new.json", tmp_path / "other.xlsx"
    other.write_text("no,category\n", encoding="utf-8")
    assert run("ledger", "import", application, other, "--out", out)[0] == 2
    with ZipFile(other, "w", ZIP_DEFLATED) as packed:
        packed.writestr("a.xml", "0" * 1000)
    assert run("ledger", "import", application, other, "--out", out)[0] == 2
    monkeypatch.setattr(ledger_sheets, "MOST_BYTES", 100)
    code, _, err = run("ledger", "import", application, template, "--out", out)
    assert (code, "100" in err) == (2, True)
    assert not out.exists()


def test_a_workbook_that_lacks_a_sheet_or_a_column_is_refused(
    template: Path, application: Path, run: Run, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(template)
    book["invoices"].delete_cols(4)
    book.save(template)
    code, _, err = run("ledger", "import", application, template, "--out", tmp_path / "new.json")
    assert (code, "buyer" in err) == (2, True)
    del book["payments"]
    book["invoices"].insert_cols(4)
    book["invoices"].cell(1, 4, "购买方 buyer")
    book.save(template)
    code, _, err = run("ledger", "import", application, template, "--out", tmp_path / "new.json")
    assert (code, "payments" in err) == (2, True)
