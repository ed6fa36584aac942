"""The tour shows the pictures that its script takes: all of them, no others, each small; its logins exist."""

import re
import runpy
import tomllib
from importlib import resources
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
PAGE = (TUTORIAL / "a-cycle.md").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(TUTORIAL / "pictures.py"), run_name="script")
LARGEST = 120_000  # bytes


def demo() -> dict[str, object]:
    return tomllib.loads((resources.files("gongbao.organisations") / "data" / "demo.toml").read_text("utf-8"))


def test_the_page_shows_what_the_script_takes() -> None:
    shown = re.findall(r"!\[.+\]\(pictures/(\w+)\.jpg\)", PAGE)
    assert shown == [picture.name for picture in SCRIPT["PICTURES"]]
    assert sorted(shown) == sorted(path.stem for path in (TUTORIAL / "pictures").iterdir())


def test_a_picture_is_a_small_jpeg() -> None:
    for path in (TUTORIAL / "pictures").iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\xff\xd8\xff"), path
        assert len(content) <= LARGEST, path


def test_the_logins_of_the_tour_are_those_of_the_demonstration() -> None:
    held = demo()
    known = {person["username"] for person in held["people"]}  # type: ignore[attr-defined]
    named = set(re.findall(r"`([a-z-]+)`", " ".join(line for line in PAGE.splitlines() if line.startswith("## "))))
    assert named and named <= known
    assert {picture.login for picture in SCRIPT["PICTURES"]} - {""} <= known
    assert SCRIPT["PASSWORD"] == held["password"] and str(held["password"]) in PAGE
