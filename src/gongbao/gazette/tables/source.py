"""The file of an issue, as text."""

from pathlib import Path

from gongbao.gazette.tables.pdf import START, pdf_text
from gongbao.kernel.problem import BadInput, Problem


def read_source(path: Path) -> str:
    """The text in a file: plain text in UTF-8, or a PDF with a text layer.

    Raises BadInput with one sentence where the file is missing, empty, or no such text.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refusal(str(path), "", "一个存在的文件", "a file that exists") from None
    except OSError as error:
        raise _refusal(str(path), "", f"一个可以读取的文件 ({error.strerror})", "a file that can be read") from error
    return read_content(str(path), content)


def read_content(name: str, content: bytes) -> str:
    """The text in the bytes of a file of that name. Raises BadInput as `read_source` does."""
    text = _layer(name, content) if content.startswith(START) else _decode(name, content)
    if not text.strip():
        raise _refusal(name, "", "文件是空的;应为公报的文字", "the file is empty; it should hold the text of an issue")
    return text


def _layer(name: str, content: bytes) -> str:
    try:
        text = pdf_text(content)
    except ValueError as error:
        raise _refusal(
            name, str(error), "能打开的 PDF(没有损坏,没有密码)", "a PDF that opens, without damage or lock"
        ) from None
    if not text.strip():
        raise _refusal(
            name,
            "",
            "有文字层的 PDF;这份只有图片,请先做文字识别,再导入识别出的文字",
            "a PDF with a text layer; this one has pictures only: recognise its text and import that",
        )
    return text


def _decode(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(
            name,
            f"{content[error.start : error.start + 4].hex(' ')} (字节 byte {error.start + 1})",
            "UTF-8 编码的文字;请用编辑器另存为 UTF-8",
            "text in UTF-8; save it as UTF-8 with an editor",
        ) from None
    if "\0" in text:
        raise _refusal(name, "", "文字文件,不是其他格式的文件", "a text, not a file of another kind")
    return text


def _refusal(name: str, value: str, expected: str, expected_en: str) -> BadInput:
    return BadInput([Problem(name, None, "", value, expected, expected_en)])
