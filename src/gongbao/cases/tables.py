"""The tables of moves of all domains: every `processes/*.toml` of an installed app, by code and edition."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from gongbao.cases.rules.load import load
from gongbao.cases.rules.process import Process
from gongbao.kernel.problem import BadInput, Problem


def read(path: Path) -> Process:
    """The process in a file. Raises BadInput for a file that is no TOML, or no sound table."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        expected = f"UTF-8 编码的 TOML 文件({error})"
        raise BadInput(
            [Problem(path.name, None, "", path.name, expected, f"a TOML file in UTF-8 ({error})")]
        ) from error
    return load(raw, path.name)


def packaged() -> list[Path]:
    """The tables that come with the house, found without Django."""
    return sorted(Path(__file__).resolve().parent.parent.glob("*/processes/*.toml"))


def find(name: str) -> Process:
    """The process in a file of that name, or the newest of the house's with that code. Raises BadInput."""
    if Path(name).is_file():
        return read(Path(name))
    known = [read(path) for path in packaged()]
    fitting = sorted((process for process in known if process.code == name), key=lambda process: process.edition)
    if not fitting:
        codes = ", ".join(sorted({process.code for process in known}))
        raise BadInput(
            [Problem("cases", None, "table", name, f"文件,或流程代码:{codes}", f"a file, or one of {codes}")]
        )
    return fitting[-1]


@cache
def processes() -> dict[tuple[str, date], Process]:
    """Every edition of every process, in the order of their days."""
    from django.apps import apps

    found = [read(path) for app in apps.get_app_configs() for path in sorted(Path(app.path).glob("processes/*.toml"))]
    return {(process.code, process.edition): process for process in sorted(found, key=lambda p: (p.edition, p.code))}


def process_of(code: str, edition: date) -> Process:
    """The edition that a case began under."""
    return processes()[code, edition]


def processes_on(day: date) -> dict[str, Process]:
    """The edition of each process that is in force on a day, by code."""
    return {code: process for (code, edition), process in processes().items() if edition <= day}


def process_on(code: str, day: date) -> Process:
    """The edition in force on a day. Raises KeyError where there is none."""
    return processes_on(day)[code]
