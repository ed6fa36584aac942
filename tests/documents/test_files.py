"""Files that are handed in are what they say, within their size, and stored once."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from gongbao.documents import sniffing, storage
from gongbao.documents.models import StoredFile
from gongbao.documents.papers.typesetting import PaperText, typeset
from gongbao.documents.selectors import files_of
from gongbao.documents.services import file_store
from gongbao.kernel.problem import BadInput

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)
PDF = typeset(PaperText("甲", "", "", "乙", NOW.date(), (), "", "https://example.cn"))


def packed(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for member in members:
            made.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("证明.pdf", PDF, "application/pdf"),
        ("图.PNG", PNG, "image/png"),
        ("表.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), None),
        ("文.docx", packed("[Content_Types].xml", "word/document.xml"), None),
        ("说明.txt", "说明".encode("gb18030"), "text/plain"),
        ("表.csv", b"a,b\n", "text/csv"),
    ],
)
def test_a_file_is_taken_as_what_it_is(name: str, content: bytes, kind: str | None) -> None:
    found = sniffing.media_type(name, content)
    assert found == kind if kind else found.startswith("application/vnd.openxmlformats")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>"),
        ("picture.svg", b"<svg/>"),
        ("program.exe", b"MZ"),
        ("noending", PDF),
        ("disguised.pdf", PNG),
        ("disguised.png", b"<script>alert(1)</script>"),
        ("disguised.xlsx", packed("word/document.xml")),
        ("macros.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin")),
        ("broken.docx", b"PK\x03\x04 broken"),
        ("binary.txt", b"a\x00b"),
        ("nonsense.csv", b"\xff\xfe\xff"),
        ("empty.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_or_not_accepted_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        sniffing.media_type(name, content)
    assert caught.value.problems[0].table == name


def test_the_largest_size_is_taken_and_one_byte_more_is_refused() -> None:
    limit = sniffing.accepted()["megabytes"] * sniffing.MEGABYTE
    padding = b"%" * (limit - len(PDF) - 1)
    assert sniffing.media_type("a.pdf", PDF + padding) == "application/pdf"
    assert sniffing.media_type("a.pdf", PDF + padding + b"%") == "application/pdf"
    with pytest.raises(BadInput, match="20 MB"):
        sniffing.media_type("a.pdf", PDF + padding + b"%%")


@pytest.mark.django_db
def test_equal_bytes_are_stored_once_whatever_they_are_called(tmp_path: Path) -> None:
    first = file_store(name="甲.pdf", content=PDF, belongs_to="case/1", by=None, at=NOW)
    second = file_store(name="乙.pdf", content=PDF, belongs_to="case/2", by=None, at=NOW)
    assert first.sha256 == second.sha256 and list(files_of("case/1")) == [first]
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == [storage.place(first.sha256)]
    assert storage.fetch(first.sha256) == PDF


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        file_store(name="甲.pdf", content=PNG, belongs_to="case/1", by=None, at=NOW)
    assert not StoredFile.objects.exists() and not (tmp_path / "files").exists()
