"""Guards before a workbook is opened: it must be what it says, without macros, and no bomb."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import defusedxml.ElementTree as SafeET

from gongbao.kernel.problem import Problem
from gongbao.kernel.text import Text
from gongbao.rating.tables.findings import Findings

UNPACKED = 4 << 30  # bytes of all parts together; a full sheet of 1,048,576 rows unpacks to about 0.3 GB
RATIO = 200  # unpacked ÷ packed of one part of more than 64 MB; real sheets reach about 30
PARTS = 2_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def guard(path: Path, findings: Findings) -> bool:
    """True when the workbook may be opened; otherwise the reason is among the findings."""
    expected = _refusal(path)
    if expected is not None:
        findings.add(Problem(path.name, None, "", path.name, expected.zh, expected.en))
    return expected is None


def _refusal(path: Path) -> Text | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        return Text(
            "这是旧版 .xls 或设了密码的工作簿;请去掉密码,另存为 .xlsx",
            "an .xlsx without a password: this is an old .xls or an encrypted workbook",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            refusal = _refuse_parts(archive.infolist())
            if refusal is None and archive.testzip() is not None:  # unpacks all: sizes may not lie
                raise zipfile.BadZipFile
            return refusal
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):  # RuntimeError: encrypted parts
        return Text("不是 .xlsx 工作簿,或文件已损坏", "an .xlsx workbook: this is none, or it is damaged")


def _refuse_parts(parts: list[zipfile.ZipInfo]) -> Text | None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        return Text("不是 .xlsx 工作簿", "an .xlsx workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Text("工作簿含有宏;请另存为不含宏的 .xlsx", "a workbook without macros: save it as plain .xlsx")
    bomb = any(part.file_size > max(64 << 20, RATIO * part.compress_size) for part in parts)
    if bomb or len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return Text(
            "工作簿展开后过大;请改用 CSV 或 Parquet",
            "a workbook that unpacks to a sound size: use CSV or Parquet for large tables",
        )
    return None


def first_row(path: Path, title: str) -> int:
    """The number of the first row that a sheet holds, as the person counts."""
    with zipfile.ZipFile(path) as archive, archive.open(_part(archive, title)) as stream:
        start = stream.read(1 << 16).decode("utf-8", "replace")
    match = re.search(r"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"", start)
    return int(match[1]) if match else 1


def _part(archive: zipfile.ZipFile, title: str) -> str:
    book: ET.Element = SafeET.fromstring(archive.read("xl/workbook.xml"))
    links: ET.Element = SafeET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    link = next(sheet.get(_REL) for sheet in book.iter(f"{_MAIN}sheet") if sheet.get("name") == title)
    target = next(item.get("Target", "") for item in links if item.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
