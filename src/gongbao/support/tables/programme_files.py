"""Programme files (政策文件) of users: read beside the known programmes, and checked."""

from pathlib import Path

from gongbao.kernel.problem import BadInput, Problem
from gongbao.support.rules.programme import Catalogue, Programme, codes_in, load_programme
from gongbao.support.rules.soundness import flaws


def read_programme(path: Path, catalogue: Catalogue) -> Programme:
    """A sound programme. Raises BadInput with everything that is wrong in it."""
    programme = _load(path, catalogue)
    if found := flaws(programme):
        raise BadInput(Problem(path.name, None, "", "", flaw.zh, flaw.en) for flaw in found)
    return programme


def check_programme(path: Path, catalogue: Catalogue) -> tuple[list[str], Programme | None]:
    """Everything that is wrong, a line each, and the programme if it could be read. Raises BadInput for no TOML."""
    found, programme = check_text(_text(path), path.name, catalogue)
    if programme is None:
        return [f"{problem} / {problem.expected_en}" for problem in found], None
    return [f"{problem.expected} / {problem.expected_en}" for problem in found], programme


def check_text(text: str, name: str, catalogue: Catalogue) -> tuple[list[Problem], Programme | None]:
    """Everything that is wrong with a text, and the programme if it could be read. Raises BadInput for no TOML."""
    codes_in(text)
    try:
        programme = programme_of(text, name, catalogue)
    except BadInput as bad:
        return list(bad.problems), None
    return [Problem(name, None, "", "", flaw.zh, flaw.en) for flaw in flaws(programme)], programme


def programme_of(text: str, name: str, catalogue: Catalogue) -> Programme:
    """A programme beside the known ones, sound or not. Raises BadInput where it cannot be read."""
    known = {measure.code: measure.name for measure in catalogue.measures}
    return load_programme(text, catalogue.vocabulary.with_codes(known | codes_in(text)), name)


def _text(path: Path) -> str:
    return text_of(path.read_bytes(), path.name)


def text_of(content: bytes, name: str) -> str:
    """The text in bytes. Raises BadInput where they are no UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        expected = "应为 UTF-8 编码的 TOML", "TOML in UTF-8 is due"
        raise BadInput([Problem(name, None, "", str(error), *expected)]) from error


def _load(path: Path, catalogue: Catalogue) -> Programme:
    return programme_of(_text(path), path.name, catalogue)
