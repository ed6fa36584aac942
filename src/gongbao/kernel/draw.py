"""A draw that nobody can steer and anybody can repeat: commit, draw, reveal.

The authority publishes the hash of a secret before, the others fix parts that it cannot choose, the seed joins both.
Then every ticket is HMAC-SHA256(seed, name), a whole number below 2**256, compared in whole numbers with exact rates
and weights. docs/explanation/draw.md says all of it in words, with numbers to try.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ALGORITHM = "gongbao-draw-1"
TICKETS = 2**256
SHORTEST_SECRET = 32  # characters; 32 hexadecimal digits are 128 bits


def commitment(purpose: str, secret: str) -> str:
    """The hash to publish before the draw, hexadecimal. purpose says what and when ("2026-07-01 消防验收备案").

    Raises ValueError for a secret short enough to be guessed, or a text with a line break or other control character.
    """
    return _hash("commit", purpose, secret).hex()


def seed(purpose: str, secret: str, parts: Sequence[str] = ()) -> bytes:
    """The 32 bytes that a draw runs on: the authority's secret joined with the parts that others fixed, in order."""
    return _hash("seed", purpose, secret, *parts)


def ticket(key: bytes, name: str) -> int:
    """The ticket of a case number: 0 … 2**256 - 1."""
    return _ticket(key, _plain(name))


def read_rate(text: str) -> Fraction:
    """A rate of 0 … 1 written as "0.1", "10%" or "1/3". Raises ValueError for anything else."""
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(%|/([0-9]+))?", text.strip())
    if not match or (match[3] and not int(match[3])):
        raise ValueError(f"“{text}”不是比例;应如 0.1、10% 或 1/3 / not a rate such as 0.1, 10% or 1/3")
    rate = Fraction(match[1]) / (100 if match[2] == "%" else int(match[3] or 1))
    if rate > 1:
        raise ValueError(f"比例 {text} 大于 1 / the rate is above 1")
    return rate


def is_drawn(number: int, rate: Fraction) -> bool:
    """Whether ticket ÷ 2**256 < rate, in whole numbers: rate 0 draws nobody, rate 1 everybody."""
    return number * rate.denominator < rate.numerator * TICKETS


@dataclass(frozen=True)
class Pick:
    """One round of a choice. point: 0 … total - 1, where the ticket fell on the weights that were left."""

    round: int
    ticket: int
    total: int
    point: int
    name: str


def choose(key: bytes, weights: Mapping[str, int], count: int) -> tuple[Pick, ...]:
    """Choose `count` different names, each round in proportion to the weights (whole numbers >= 1) still in.

    The order of the mapping does not matter: names are laid out in the order of their UTF-8 bytes. Raises ValueError
    when there are too few names or a weight is below 1.
    """
    if not 0 <= count <= len(weights):
        raise ValueError(f"从 {len(weights)} 个中抽不出 {count} 个 / cannot choose {count} of {len(weights)}")
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("权重应为不小于 1 的整数 / weights are whole numbers from 1")
    left = dict(sorted((_plain(name), weight) for name, weight in weights.items()))
    picks = []
    for number in range(1, count + 1):
        total, drawn = sum(left.values()), _ticket(key, f"round\n{number}")  # no name has a line break
        point = drawn * total // TICKETS
        name = _at(left, point)
        picks.append(Pick(number, drawn, total, point, name))
        del left[name]
    return tuple(picks)


def list_hash(lines: Sequence[str]) -> str:
    """The hash that fixes a list before the draw: of its lines in the order of their UTF-8 bytes, hexadecimal."""
    return hashlib.sha256("\n".join([ALGORITHM, "list", *sorted(map(_plain, lines))]).encode()).hexdigest()


def _at(weights: Mapping[str, int], point: int) -> str:
    """The name on whose stretch of the weights, laid end to end, the point lies."""
    for name, weight in weights.items():
        if point < weight:
            return name
        point -= weight
    raise ValueError("the point lies beyond the weights")


def _ticket(key: bytes, message: str) -> int:
    return int.from_bytes(hmac.digest(key, message.encode(), hashlib.sha256))


def _hash(kind: str, purpose: str, secret: str, *parts: str) -> bytes:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"秘密至少 {SHORTEST_SECRET} 个字符,否则可以猜出 / a shorter secret can be guessed")
    lines = [ALGORITHM, kind, *map(_plain, (purpose, secret, *parts))]
    return hashlib.sha256("\n".join(lines).encode()).digest()


def _plain(text: str) -> str:
    """The text, when it stands on one line: otherwise two different lists of lines could be the same bytes."""
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
        raise ValueError(f"含有换行或控制字符 / contains a line break or control character: {text!r}")
    return text
