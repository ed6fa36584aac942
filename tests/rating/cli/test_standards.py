"""gongbao standards check | show | diff."""

import json
from pathlib import Path

import pytest

from gongbao.config.cli import main
from gongbao.rating.tables.standards import standard_text


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, out, err


@pytest.mark.django_db
def test_the_packaged_standard_is_checked_and_what_against_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "standards", "check")
    assert code == 0
    assert "36 indicators are sound" in out
    assert "39 citations resolve" in out
    assert "against the packaged places of 京建法〔2025〕2号" in out


@pytest.mark.django_db
@pytest.mark.gazette_text
def test_an_imported_text_counts_before_the_packaged_places(
    capsys: pytest.CaptureFixture[str], gazette_file: Path
) -> None:
    assert run(capsys, "gazette", "import", str(gazette_file))[0] == 0
    code, out, _ = run(capsys, "standards", "check")
    assert code == 0
    assert "against the imported text of 京建法〔2025〕2号" in out
    assert "packaged" not in out


@pytest.mark.django_db
def test_every_fault_of_a_file_is_told_and_the_check_fails(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "edited.toml"
    text = standard_text().replace('{ up_to = "10", points = 5 }', '{ above = "10", up_to = "50", points = 5 }')
    text = text.replace("附件 党员发展", "附件 党员发").replace("cap = 50\n", "")
    file.write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "standards", "check", str(file))
    assert code == 1
    assert "two bands collide: above 10 up to 50 gives 5, above 10 up to 50 gives 8" in err
    assert "there is no such place in the gazette" in err
    assert "indicator credit cap" in err
    assert "4 faults" in err


@pytest.mark.django_db
def test_a_check_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "edited.toml"
    file.write_text(standard_text().replace("附件 党员发展", "附件 党员发"), encoding="utf-8")
    code, out, _ = run(capsys, "standards", "check", str(file), "--json")
    said = json.loads(out)
    assert code == 1
    assert said["sound"] is False
    assert [problem["where"] for problem in said["problems"]] == ["indicator party_member"]


@pytest.mark.django_db
def test_a_file_that_is_no_toml_fails_the_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("id = ", encoding="utf-8")
    code, _, err = run(capsys, "standards", "check", str(file))
    assert code == 1
    assert "不是正确的 TOML" in err


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_file_that_is_not_there_is_bad_input(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, _, err = run(capsys, "standards", command, "nowhere.toml")
    assert code == 2
    assert "nowhere.toml" in err
    assert "property-rating-2026" in err


def test_a_file_in_another_encoding_is_bad_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes(standard_text().encode("gb18030"))
    code, _, err = run(capsys, "standards", "show", str(file))
    assert code == 2
    assert "UTF-8" in err


def test_a_standard_is_shown_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    code, zh, _ = run(capsys, "standards", "show")
    assert code == 0
    assert "* 12345零诉求" in zh
    assert "A ≤ 10 %" in zh
    assert "Scale of service" in run(capsys, "standards", "show", "--lang", "en")[1]


def test_an_indicator_is_shown_with_its_proof_authorities_and_readings(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "standards", "show", "--indicator", "safety", "--lang", "en")
    assert code == 0
    for words in ("accident report published", "any competent authority", "emergency bureau", "I-23: The three-point"):
        assert words in out


def test_an_indicator_that_is_not_there_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "standards", "show", "--indicator", "weather")
    assert code == 2
    assert "weather" in err


def test_a_standard_is_shown_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(run(capsys, "standards", "show", "--json")[1])
    assert len(shown["indicator"]) == 36
    assert json.loads(run(capsys, "standards", "show", "--indicator", "fee", "--json")[1])["months"] == [1, 3]


def test_two_editions_are_shown_side_by_side(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "edited.toml"
    file.write_text(standard_text().replace("points = -15", "points = -20"), encoding="utf-8")
    code, out, _ = run(capsys, "standards", "diff", "property-rating-2026", str(file))
    assert code == 0
    assert "refuse_exit" in out
    assert "-15" in out
    assert "-20" in out
    rows = json.loads(run(capsys, "standards", "diff", "property-rating-2026", str(file), "--json")[1])
    assert rows == [{"place": "refuse_exit · levels · penalised · points", "before": "-15", "after": "-20"}]


def test_equal_editions_are_said_to_be_equal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "do not differ" in run(capsys, "standards", "diff", "property-rating-2026", "property-rating-2026")[1]
