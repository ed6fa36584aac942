import tomllib
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.draw import TICKETS, choose, commitment, is_drawn, list_hash, read_rate, seed, ticket

VECTORS = tomllib.loads((Path(__file__).parent / "examples" / "draw.toml").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "draw.md"
SECRET = VECTORS["secret"]
KEY = seed("试验", SECRET)


@pytest.mark.parametrize("kind", ["each", "choice"])
def test_commitment_and_seed_are_as_other_tools_work_them_out(kind: str) -> None:
    vector = VECTORS[kind]
    assert commitment(vector["purpose"], SECRET) == vector["commitment"]
    assert seed(vector["purpose"], SECRET, vector["parts"]).hex() == vector["seed"]


def test_tickets_of_cases_are_as_other_tools_work_them_out() -> None:
    vector = VECTORS["each"]
    for case in vector["cases"]:
        number = ticket(bytes.fromhex(vector["seed"]), case["name"])
        assert f"{number:064x}" == case["ticket"]
        assert is_drawn(number, read_rate(vector["rate"])) is case["drawn"]


def test_a_choice_is_as_other_tools_work_it_out() -> None:
    vector = VECTORS["choice"]
    picks = choose(bytes.fromhex(vector["seed"]), vector["weights"], len(vector["rounds"]))
    made = [{"ticket": f"{p.ticket:064x}", "total": p.total, "point": p.point, "name": p.name} for p in picks]
    assert made == vector["rounds"]
    assert [pick.round for pick in picks] == [1, 2, 3]


def test_the_page_shows_the_numbers_that_are_tested() -> None:
    page = PAGE.read_text(encoding="utf-8")
    each, choice = VECTORS["each"], VECTORS["choice"]
    shown = [SECRET, each["purpose"], choice["purpose"], *each["parts"], *choice["parts"]]
    shown += [v[k] for v in (each, choice) for k in ("commitment", "seed")]
    shown += [f"| {c['name']} | `{c['ticket']}` |" for c in each["cases"]]
    shown += [f"`{r['ticket']}` | {r['total']} | {r['point']} | {r['name']} |" for r in choice["rounds"]]
    assert [text for text in shown if text not in page] == []


def test_every_line_of_the_seed_counts() -> None:
    seeds = {
        seed("a", SECRET),
        seed("b", SECRET),
        seed("a", SECRET[::-1]),
        seed("a", SECRET, ["x"]),
        seed("a", SECRET, ["x", "y"]),
        seed("a", SECRET, ["y", "x"]),
        seed("a", SECRET, [""]),
    }
    assert len(seeds) == 7
    assert commitment("a", SECRET) != seed("a", SECRET).hex()


def test_a_secret_that_could_be_guessed_is_refused() -> None:
    assert commitment("a", "x" * 32)
    with pytest.raises(ValueError, match="32"):
        commitment("a", "x" * 31)


@pytest.mark.parametrize("bad", ["a\nb", "a\rb", "a\x00", "a\u2028b"])
def test_a_line_break_inside_a_text_is_refused(bad: str) -> None:
    for attempt in (
        lambda: seed(bad, SECRET),
        lambda: seed("a", SECRET, [bad]),
        lambda: ticket(KEY, bad),
        lambda: list_hash([bad]),
        lambda: choose(KEY, {bad: 1}, 1),
    ):
        with pytest.raises(ValueError, match="换行"):
            attempt()


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("0.1", Fraction(1, 10)),
        ("10%", Fraction(1, 10)),
        ("12.5%", Fraction(1, 8)),
        ("1/3", Fraction(1, 3)),
        ("100%", Fraction(1)),
        (" 3/3 ", Fraction(1)),
    ],
)
def test_rates_are_read_exactly(text: str, rate: Fraction) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["", "-0.1", "1.01", "101%", "4/3", "1/0", "0,1", "1e-1", "nan", "1/2/3", "١/٢"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="/ "):
        read_rate(text)


@given(st.integers(1, TICKETS - 2))
def test_a_ticket_just_below_on_and_just_above_the_rate(number: int) -> None:
    assert is_drawn(number, Fraction(number + 1, TICKETS))
    assert not is_drawn(number, Fraction(number, TICKETS))
    assert not is_drawn(number, Fraction(number - 1, TICKETS))


def test_rate_0_draws_nobody_and_rate_1_everybody() -> None:
    for number in (0, TICKETS - 1):
        assert not is_drawn(number, Fraction(0))
        assert is_drawn(number, Fraction(1))


@given(st.dictionaries(st.text("甲乙丙丁ABC", min_size=1), st.integers(1, 9), min_size=1), st.data())
def test_a_choice_has_no_name_twice_and_forgets_the_order_of_the_list(
    weights: dict[str, int], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(weights)))
    picks = choose(KEY, weights, count)
    assert len({pick.name for pick in picks}) == count
    assert {pick.name for pick in picks} <= set(weights)
    assert choose(KEY, dict(reversed(weights.items())), count) == picks
    assert choose(KEY, weights, len(weights))[:count] == picks


def test_more_than_the_list_has_cannot_be_chosen() -> None:
    assert len(choose(KEY, {"a": 1, "b": 1}, 2)) == 2
    for count in (3, -1):
        with pytest.raises(ValueError, match="抽不出"):
            choose(KEY, {"a": 1, "b": 1}, count)


def test_a_weight_below_1_is_refused() -> None:
    assert choose(KEY, {"a": 1}, 1)
    with pytest.raises(ValueError, match="权重"):
        choose(KEY, {"a": 1, "b": 0}, 1)


def test_the_hash_of_a_list_forgets_its_order_and_nothing_else() -> None:
    assert list_hash(["A", "B", "C", "D"]) == "7dd4cfbe9149b634f735dfbe0bbe7629f7d1304ed3caa3d239a80930239c6680"
    assert list_hash(["B", "A"]) == list_hash(["A", "B"]) != list_hash(["A", "B", "B"])


# --- fairness: chi-square on fixed seeds; the limits are the 99.9 % points ----------------------------------------


def chi_square(seen: list[int], expected: list[float]) -> float:
    return sum((s - e) ** 2 / e for s, e in zip(seen, expected, strict=True))


@pytest.mark.parametrize("rate", ["1/100", "1/10", "1/3", "1/2", "9/10"])
def test_cases_are_drawn_at_their_rate(rate: str) -> None:
    cases, chance = 10_000, read_rate(rate)
    drawn = sum(is_drawn(ticket(KEY, f"BJ-2026-{n:05d}"), chance) for n in range(cases))
    expected = [cases * float(chance), cases * float(1 - chance)]
    assert chi_square([drawn, cases - drawn], expected) < 10.83  # one degree of freedom


def test_the_first_round_falls_by_weight_and_the_second_by_what_is_left() -> None:
    weights, draws = {"A": 1, "B": 2, "C": 3, "D": 6}, 6_000
    first, both = Counter[str](), Counter[tuple[str, str]]()
    for n in range(draws):
        one, two = choose(seed(f"第{n}次", SECRET), weights, 2)
        first[one.name] += 1
        both[one.name, two.name] += 1
    assert chi_square([first[n] for n in weights], [draws * w / 12 for w in weights.values()]) < 16.27  # 3 degrees
    pairs = [(a, b) for a in weights for b in weights if a != b]
    expected = [draws * weights[a] / 12 * weights[b] / (12 - weights[a]) for a, b in pairs]
    assert chi_square([both[pair] for pair in pairs], expected) < 31.26  # 11 degrees


def test_tickets_are_spread_evenly() -> None:
    seen = Counter(ticket(KEY, str(n)) * 16 // TICKETS for n in range(8_000))
    assert chi_square([seen[n] for n in range(16)], [500.0] * 16) < 37.70  # 15 degrees
