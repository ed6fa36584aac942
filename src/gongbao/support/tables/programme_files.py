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
    codes_in(_text(path))
    try:
        programme = _load(path, catalogue)
    except BadInput as bad:
        return [f"{problem} / {problem.expected_en}" for problem in bad.problems], None
    return [f"{flaw.zh} / {flaw.en}" for flaw in flaws(programme)], programme


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            [Problem(path.name, None, "", str(error), "应为 UTF-8 编码的 TOML", "TOML in UTF-8 is due")]
        ) from error


def _load(path: Path, catalogue: Catalogue) -> Programme:
    text = _text(path)
    known = {measure.code: measure.name for measure in catalogue.measures}
    return load_programme(text, catalogue.vocabulary.with_codes(known | codes_in(text)), path.name)
