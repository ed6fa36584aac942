"""The standards that come with the program, and standards from files."""

from importlib.resources import files
from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.rating.rules.standard import Standard, load_standard

CURRENT = "property-rating-2026"
_PACKAGED = files("gongbao.rating") / "standards"


def packaged_ids() -> list[str]:
    """The ids of the standards in the package, in order."""
    return sorted(entry.name.removesuffix(".toml") for entry in _PACKAGED.iterdir() if entry.name.endswith(".toml"))


def read_standard(name: str | Path = CURRENT) -> Standard:
    """A standard by the id of a packaged one, or from a file. Raises BadInput with everything that is wrong."""
    return load_standard(standard_text(name))


def standard_text(name: str | Path = CURRENT) -> str:
    """The text of its file."""
    if str(name) in packaged_ids():
        return (_PACKAGED / f"{name}.toml").read_text(encoding="utf-8")
    path = Path(name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(
            [Problem("standard", None, "", str(name), "文件应为 UTF-8 编码", "a file in UTF-8 is due")]
        ) from None
    except OSError:
        known = "、".join(packaged_ids())
        raise BadInput(
            [
                Problem(
                    "standard",
                    None,
                    "",
                    str(name),
                    f"没有这个文件,也不是程序自带的标准({known})",
                    f"there is no such file, nor a packaged standard of that name ({known})",
                )
            ]
        ) from None
