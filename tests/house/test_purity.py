"""The kernel and the rules run without Django, files, clock or chance."""

import subprocess
import sys
from pathlib import Path

import pytest

import gongbao

ROOT = Path(gongbao.__file__).parent
PURE = sorted(
    path
    for folder in (ROOT / "kernel", *ROOT.glob("*/rules"))
    for path in folder.rglob("*.py")
    if path.name != "__init__.py"
)


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_pure_module_loads_in_a_fresh_interpreter_without_django(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
    code = (
        f"import sys, {module}; bad = [m for m in sys.modules"
        " if m.split('.')[0] in ('django', 'rest_framework')]; sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_package_markers_stay_empty() -> None:
    filled = [str(p.relative_to(ROOT)) for p in ROOT.rglob("__init__.py") if p.read_text().strip()]
    assert filled == []
