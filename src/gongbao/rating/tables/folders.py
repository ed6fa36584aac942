"""Output folders: written beside their place, put there by one rename, and never over something that is not ours."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem


def refuse_foreign(out: Path, marker: str, mark: str, known: frozenset[str]) -> None:
    """Raise BadInput unless `out` is free: not there, an empty folder, or a folder that this command wrote before.

    marker: the file that tells whose it is; mark: what stands in it; known: all file names the command may write.
    """
    if not out.exists() and not out.is_symlink():
        return
    if out.is_dir() and not out.is_symlink():
        names = {path.name for path in out.iterdir()}
        if not names or (marker in names and names <= known and _bears(out / marker, mark)):
            return
    raise BadInput(
        [
            Problem(
                "--out",
                None,
                "",
                str(out),
                "这里已有不是本命令写的内容,不会覆盖;请换一个目录",
                "a folder that is new, empty, or written by this command before: this one holds something else",
            )
        ]
    )


def _bears(path: Path, mark: str) -> bool:
    with path.open("rb") as stream:
        return mark.encode() in stream.read(4096)


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A new folder to write into; it takes the place of `out` when the block ends well, and vanishes when not."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        yield fresh
        fresh.chmod(0o777 & ~_umask())
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
            out.rename(old / out.name)
            fresh.rename(out)
            shutil.rmtree(old)
        else:
            fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
