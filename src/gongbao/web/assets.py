"""Copy page assets out of node_modules: `python -m gongbao.web.assets`. Run by `make setup`."""

import shutil
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"


def copy_assets(modules: Path, target: Path) -> int:
    """Fill `target` anew with the files that assets.toml names. Returns their number.

    Raises FileNotFoundError, with `target` as it was, where a named file is missing.
    """
    wanted = tomllib.loads((HERE / "assets.toml").read_text(encoding="utf-8"))
    files: list[tuple[Path, Path]] = []
    for package, patterns in wanted.items():
        for pattern in patterns:
            found = sorted((modules / package).glob(pattern))
            if not found:
                raise FileNotFoundError(f"{modules / package / pattern}: run npm ci first")
            files += [(path, target / package / path.relative_to(modules / package)) for path in found]
    shutil.rmtree(target, ignore_errors=True)
    for source, copy in files:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    return len(files)


if __name__ == "__main__":
    count = copy_assets(Path("node_modules"), VENDOR)
    sys.stderr.write(f"{count} files of page assets in {VENDOR}\n")
