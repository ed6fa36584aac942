"""A signature on a paper, where the installation has a key (PKCS #12)."""

import io
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

FIELD = "Signature"


def sign(pdf: bytes, key: Path, password: str) -> bytes:
    """The PDF with a signature added behind it; the pages stay byte for byte. Raises ValueError for an unusable key."""
    signer = signers.SimpleSigner.load_pkcs12(str(key), passphrase=password.encode() or None)  # type: ignore[no-untyped-call]
    if signer is None:
        raise ValueError(f"not a PKCS #12 key with this password: {key}")
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=FIELD), signer=signer)
    return bytes(signed.getbuffer())
