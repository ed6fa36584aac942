"""Every template that another includes or extends is there: a page that is seldom shown does not break unseen."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongbao"
NAMED = re.compile(r'{% (?:include|extends) "([^"]+)"')


def test_every_template_that_is_named_is_there() -> None:
    files = [path for folder in SOURCE.glob("*/templates") for path in folder.rglob("*.html")]
    there = {path.relative_to(folder).as_posix() for folder in SOURCE.glob("*/templates") for path in folder.rglob("*")}
    named = {(path.name, name) for path in files for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 100
    assert sorted((path, name) for path, name in named if name not in there) == []
