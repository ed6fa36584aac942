from pathlib import Path

import pytest

from gongbao.gazette.tables.source import read_source
from gongbao.kernel.problem import BadInput


def test_text_in_utf8_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("灯塔".encode())
    assert read_source(file) == "灯塔"
    file.write_bytes("灯塔".encode("utf-8-sig"))
    assert read_source(file) == "灯塔"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空"),
        (b" \r\n\t ", "空"),
        ("灯塔".encode("gb18030"), "UTF-8"),
        ("灯塔".encode("utf-16"), "UTF-8"),
        (b"abc\0def", "文字文件"),
    ],
)
def test_a_file_that_is_no_such_text_is_refused_in_one_sentence(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=says) as refused:
        read_source(file)
    (problem,) = refused.value.problems
    assert problem.table == str(file)
    assert problem.expected_en


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="存在"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(BadInput, match="读取"):
        read_source(tmp_path)
