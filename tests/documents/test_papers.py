"""Papers: the same data gives the same bytes, anybody can check one by its code, each change of state has a reason."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from gongbao.documents import access, codes, storage
from gongbao.documents.models import Paper, StoredFile
from gongbao.documents.papers.fonts import copy_fonts
from gongbao.documents.papers.typesetting import FONTS, PaperText, fonts_missing, typeset
from gongbao.documents.selectors import file_content, paper_by_code, papers_of
from gongbao.documents.services import paper_end, paper_issue
from gongbao.kernel.problem import BadInput

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)


def text(who: str = "甲公司") -> PaperText:
    return PaperText(
        "受理凭证",
        "2026-000001",
        "7K3M-9QXA-2F4T",
        "某区委",
        DAY,
        (("申请人", who),),
        "依据",
        "https://example.cn/papers/",
    )


def shown(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_the_same_paper_is_the_same_bytes_and_says_what_it_should() -> None:
    pdf = typeset(text())
    assert pdf == typeset(text())
    assert pdf != typeset(text("乙公司"))
    assert all(part in shown(pdf) for part in ("受理凭证", "甲公司", "7K3M-9QXA-2F4T", "2026 年 7 月 1 日"))


def test_a_paper_is_pdf_a() -> None:
    pdf = typeset(text())
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf


def test_rare_names_are_shown_and_a_character_without_a_glyph_is_refused() -> None:
    assert "䶮" in shown(typeset(text("龑䶮珺")))
    with pytest.raises(BadInput) as caught:
        typeset(text("王😀"))
    assert [(p.value, p.table) for p in caught.value.problems] == [("😀", "受理凭证")]


def test_text_is_never_taken_for_markup() -> None:
    assert "#panic" in shown(typeset(text('#panic("x") *甲* $x$')))


def test_fonts_are_the_ones_that_were_locked(tmp_path: Path) -> None:
    assert fonts_missing(read=True) == []
    assert len(fonts_missing(tmp_path)) == 2
    for name in fonts_missing(tmp_path):
        weight = name.removeprefix("NotoSansSC_").removesuffix(".ttf")
        place = tmp_path / "modules" / "@expo-google-fonts" / "noto-sans-sc" / weight
        place.mkdir(parents=True)
        (place / name).write_bytes((FONTS / name).read_bytes())
    copy_fonts(tmp_path / "modules", tmp_path / "fonts")
    assert fonts_missing(tmp_path / "fonts", read=True) == []
    (place / name).write_bytes(b"another font")
    with pytest.raises(ValueError, match=name):
        copy_fonts(tmp_path / "modules", tmp_path / "fonts")
    assert fonts_missing(tmp_path / "fonts") == [name]


def test_codes_are_told_apart_and_read_however_they_are_typed() -> None:
    code = codes.fresh()
    assert len(code) == 14 and code != codes.fresh() and not set(code) & set("01IO")
    assert codes.normal(f" {code.lower().replace('-', '')} ") == code


def issue(name: str = "受理凭证", rows: tuple[tuple[str, str], ...] = (("申请人", "甲公司"),)) -> Paper:
    return paper_issue(
        name=name, number="2026-000001", subject="place/1", issuer="某区委", issued_on=DAY, rows=rows,
        basis="京建法〔2025〕3号 二（二）", belongs_to="case/2026-000001", at=NOW,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_anybody_can_check_a_paper_by_its_code() -> None:
    paper = issue()
    assert paper_by_code(paper.code.lower().replace("-", " ")) == paper
    assert paper_by_code("AAAA-AAAA-AAAA") is None
    assert paper_by_code(f"{paper.code}\x00") is None
    assert list(papers_of("place/1")) == [paper]
    assert paper.code in shown(storage.fetch(paper.file.sha256))


@pytest.mark.django_db
def test_a_paper_is_ended_once_and_with_a_reason() -> None:
    old, new = issue(), issue()
    ended = paper_end(paper=old, state=Paper.State.REPLACED, on=DAY, because="地址更正", replaced_by=new)
    assert (ended.state, ended.replaced_by, ended.because) == ("replaced", new, "地址更正")
    with pytest.raises(BadInput, match="有效的文书"):
        paper_end(paper=old, state=Paper.State.REVOKED, on=DAY, because="–")
    for state, because, other in [
        (Paper.State.VALID, "理由", None),
        (Paper.State.ANNULLED, " ", None),
        (Paper.State.REPLACED, "理由", None),
        (Paper.State.ANNULLED, "理由", old),
    ]:
        with pytest.raises(BadInput):
            paper_end(paper=new, state=state, on=DAY, because=because, replaced_by=other)
    new.refresh_from_db()
    assert (new.state, new.because) == ("valid", "")


@pytest.mark.django_db
def test_a_paper_that_cannot_be_typeset_leaves_nothing_behind() -> None:
    with pytest.raises(BadInput):
        issue(rows=(("申请人", "😀"),))
    assert not Paper.objects.exists() and not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_file_is_read_by_those_that_its_domain_lets_and_by_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = issue()
    with pytest.raises(PermissionError):
        file_content(paper.file, None)
    monkeypatch.setitem(access._checks, "case", lambda _person, key: None if key == "2026-000001" else access.UNKNOWN)
    assert file_content(paper.file, None).startswith(b"%PDF")
    StoredFile.objects.filter(pk=paper.file.pk).update(belongs_to="case/2026-000002")
    with pytest.raises(PermissionError):
        file_content(StoredFile.objects.get(), None)


@pytest.mark.django_db
def test_a_file_changed_on_the_disk_is_noticed() -> None:
    paper = issue()
    storage.place(paper.file.sha256).write_bytes(b"%PDF forged")
    with pytest.raises(ValueError, match="changed on the disk"):
        storage.fetch(paper.file.sha256)


def own_certificate(folder: Path) -> tuple[Path, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "certificate made for a test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "key.p12"
    encryption = serialization.BestAvailableEncryption(b"secret")
    path.write_bytes(serialization.pkcs12.serialize_key_and_certificates(b"test", key, certificate, None, encryption))
    return path, certificate


@pytest.mark.django_db
def test_a_paper_is_signed_where_the_installation_has_a_key(tmp_path: Path) -> None:
    path, _ = own_certificate(tmp_path)
    with override_settings(SIGNING_KEY=str(path), SIGNING_PASSWORD="secret"):
        paper = issue()
    reader = PdfFileReader(io.BytesIO(storage.fetch(paper.file.sha256)))
    signature = reader.embedded_signatures[0]
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    assert status.intact and status.valid
    with override_settings(SIGNING_KEY=str(path), SIGNING_PASSWORD="wrong"), pytest.raises(ValueError, match="PKCS"):
        issue()
