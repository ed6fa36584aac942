"""What a file really is, by its bytes and not by its name."""

import io
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import puremagic

from gongbao.kernel.problem import BadInput, Problem

MEGABYTE = 1024 * 1024
PACKED = {  # an office file is a zip: which member tells what it is
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MACROS = "vbaProject.bin"


@cache
def accepted() -> dict[str, Any]:
    """types.toml."""
    text = Path(__file__).with_name("types.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def media_type(name: str, content: bytes) -> str:
    """The media type of a file to be handed in. Raises BadInput when it is too large, empty, of a kind that is not
    accepted, or not what its name says."""
    ending = name.rpartition(".")[2].lower()
    kinds, limit = accepted()["ending"], accepted()["megabytes"]
    if not content:
        raise _no(name, "0", "有内容的文件", "a file with something in it")
    if len(content) > limit * MEGABYTE:
        size = f"{-(-len(content) // MEGABYTE)} MB"
        raise _no(
            name, size, f"不超过 {limit} MB;请压缩或拆分后再上传", f"{limit} MB at most; make it smaller or split it"
        )
    if ending not in kinds:
        known = "、".join(sorted(kinds))
        raise _no(name, ending, f"以下格式之一:{known}", f"one of {', '.join(sorted(kinds))}")
    wanted: str = kinds[ending][0]
    if not _is(wanted, content):
        raise _no(name, ending, f"内容与扩展名 .{ending} 相符的文件", f"a file that is what its ending .{ending} says")
    return wanted


def _is(wanted: str, content: bytes) -> bool:
    if wanted.startswith("text/"):
        return _is_text(content)
    if wanted in PACKED.values():
        return _packed(content) == wanted
    try:
        return any(match.mime_type == wanted for match in puremagic.magic_string(content))
    except puremagic.PureError:
        return False


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except zipfile.BadZipFile:
        return ""
    if any(name.endswith(MACROS) for name in names):
        return ""
    return next((kind for member, kind in PACKED.items() if member in names), "")


def _no(name: str, value: str, zh: str, en: str) -> BadInput:
    return BadInput([Problem(name, None, "file", value, zh, en)])
