"""The commands that need no database: check, diagram, bpmn."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from gongbao.cases.tables import packaged
from gongbao.config.cli import gongbao
from gongbao.kernel.problem import BadInput, CheckFailed


def run(*arguments: str) -> Result:
    return CliRunner().invoke(gongbao, ["cases", *arguments])


def test_check_walks_the_tables_named_or_all_of_them() -> None:
    assert run("check", "objection").output.startswith("objection 2026-01-01 初步评价结果异议")
    everything = run("check")
    assert everything.exit_code == 0
    assert everything.output.count("都能办结") == len(packaged())


def test_check_fails_on_a_table_in_which_somebody_gets_stuck(tmp_path: Path) -> None:
    text = next(path for path in packaged() if path.stem == "objection").read_text()
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace('by = "clock"\ndue = "appeal"\n', 'by = "enterprise"\n'))
    failed = run("check", str(broken)).exception
    assert isinstance(failed, CheckFailed) and "'enterprise' never acts" in failed.failures[0]
    broken.write_text(text.replace('cite = "京建法〔2025〕2号 第十二条"', 'cite = "somewhere"'))
    assert isinstance(run("check", str(broken)).exception, BadInput)
    broken.write_text("code = ")
    assert isinstance(run("check", str(broken)).exception, BadInput)


@pytest.mark.parametrize("command", ["diagram", "bpmn"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_drawings_are_xml_in_both_languages(command: str, language: str) -> None:
    shown = run(command, "objection", "--lang", language).output
    ElementTree.fromstring(shown.encode())
    assert ("异议成立" if language == "zh" else "Uphold") in shown
    assert isinstance(run(command, "nothing").exception, BadInput)
