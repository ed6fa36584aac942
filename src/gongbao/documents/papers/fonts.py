"""Copy the fonts of the papers out of node_modules: `python -m gongbao.documents.papers.fonts`. Run by `make setup`."""

import shutil
import sys
import tomllib
from pathlib import Path

from gongbao.documents.papers.typesetting import FONTS, HERE, fonts_missing


def copy_fonts(modules: Path, target: Path) -> None:
    """Fill `target` with the fonts that fonts.toml names. Raises ValueError when a file is not what its hash says."""
    wanted = tomllib.loads((HERE.parent / "fonts.toml").read_text(encoding="utf-8"))
    target.mkdir(exist_ok=True)
    for name, font in wanted.items():
        shutil.copyfile(modules / font["package"] / name, target / name)
    if wrong := fonts_missing(target, read=True):
        for name in wrong:
            (target / name).unlink()
        raise ValueError(f"not the fonts that fonts.toml names: {', '.join(wrong)}")


if __name__ == "__main__":
    copy_fonts(Path("node_modules"), FONTS)
    sys.stderr.write(f"fonts of the papers in {FONTS}\n")
