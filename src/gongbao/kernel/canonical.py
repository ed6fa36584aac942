"""One way to write a value as bytes, and hashes by name: what chains, trees and archives are made of."""

import hashlib
import json
from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"

ALGORITHMS = ("sha256", "sm3")
LARGEST = 2**53 - 1  # whole numbers beyond it come out differently in other readers of JSON


def canonical(value: Json) -> str:
    """The value as JSON in one line: keys sorted by code point, no spaces, characters as they are.

    Raises ValueError (Chinese and English) for floats (write decimals as text), numbers beyond 2**53 - 1, keys that are
    no text, half surrogates, and anything else that JSON does not know.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(algorithm: str, data: bytes) -> str:
    """The hash in hexadecimal. Raises ValueError for an algorithm that is unknown, or not to be had on this machine."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"未知的摘要算法 {algorithm!r};可用 {'、'.join(ALGORITHMS)} / unknown hash algorithm")
    try:
        return hashlib.new(algorithm, data).hexdigest()
    except ValueError as error:
        raise ValueError(
            f"本机的加密库不提供 {algorithm} / this machine's library does not offer {algorithm}"
        ) from error


def _check(value: Json) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise ValueError("含有不成对的代理字符 / half of a surrogate pair in a text")
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"整数 {value} 超出范围,请写成文字 / too large a number, write it as text")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"键应为文字:{key!r} / keys are texts")
            _check(key)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise ValueError(f"{type(value).__name__} 不能入档,小数请写成文字 / cannot be written; write decimals as text")
