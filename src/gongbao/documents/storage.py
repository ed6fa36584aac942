"""Bytes under their hash, in a folder of the installation that no web server shows."""

import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    return Path(settings.HOME) / "files"


def place(digest: str) -> Path:
    """Where the bytes with that hash stand."""
    return folder() / digest[:2] / digest


def keep(content: bytes) -> str:
    """Store the bytes, once however often they come, and return their SHA-256. A crash leaves no half file."""
    digest = sha256(content).hexdigest()
    path = place(digest)
    if path.exists():
        os.utime(path)  # in use again: not to be dropped meanwhile
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    return digest


def fetch(digest: str) -> bytes:
    """The bytes with that hash. Raises FileNotFoundError, and ValueError when they are not what the hash says."""
    content = place(digest).read_bytes()
    if sha256(content).hexdigest() != digest:
        raise ValueError(f"the stored file {digest} was changed on the disk")
    return content


def drop(digest: str, before: datetime) -> None:
    """Remove the bytes with that hash unless somebody has kept them again since."""
    path = place(digest)
    if path.exists() and path.stat().st_mtime < before.timestamp():
        path.unlink()
