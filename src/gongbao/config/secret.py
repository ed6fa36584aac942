"""The key that signs sessions and links."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """$GONGBAO_SECRET_KEY, or else the key in `home`/secret.key, made on first use and readable by its owner alone.

    Where the folder cannot be written, a key that lasts as long as the process: what needs the folder says so itself.
    """
    given = os.environ.get("GONGBAO_SECRET_KEY")
    if given:
        return given
    path, fresh = home / "secret.key", secrets.token_urlsafe(50)
    try:
        if not path.exists():
            _write_once(path, fresh)
        return path.read_text(encoding="ascii")
    except OSError:
        return fresh


def _write_once(path: Path, key: str) -> None:
    """Write the file whole or leave the one that another process has just made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")  # each writer its own, in whatever thread or process
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
