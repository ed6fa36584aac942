"""Whatever happens to a text on its way, reading it loses no line and gives no citation twice."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.gazette.rules.issue import read_issue
from gongbao.gazette.rules.structure import Issue, Provision
from gongbao.kernel.citation import parse
from gongbao.kernel.problem import BadInput

Damage = tuple[str, int, int]
POSITION = st.integers(0, 10_000)
DAMAGE = st.tuples(st.sampled_from(["drop", "swap", "repeat", "cut"]), POSITION, POSITION)


def _damaged(text: str, damages: list[Damage]) -> str:
    lines = text.split("\n")
    for kind, first, second in damages:
        at, other = first % len(lines), second % len(lines)
        match kind:
            case "drop":
                del lines[at]
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "repeat":
                lines.insert(at, lines[other])
            case "cut":
                lines[at] = lines[at][: second % (len(lines[at]) + 1)]
    return "\n".join(lines)


@settings(max_examples=300, deadline=None, derandomize=True)  # the same damages in every build
@given(damages=st.lists(DAMAGE, min_size=1, max_size=8))
def test_a_damaged_text_is_refused_or_read_to_the_last_line(
    made_up_text: str,
    places_of: Callable[[Issue], dict[int, list[str]]],
    provisions_of: Callable[[Issue], dict[str, Provision]],
    damages: list[Damage],
) -> None:
    text = _damaged(made_up_text, damages)
    try:
        issue = read_issue(text)
    except BadInput as refused:
        assert {problem.column for problem in refused.problems} <= {"number", "published_on", "documents"}
        return
    filled = {no for no, line in enumerate(text.split("\n"), start=1) if line.strip()}
    places = {no: found for no, found in places_of(issue).items() if no in filled}
    assert filled - set(places) == set()
    assert {no: found for no, found in places.items() if len(found) != 1} == {}
    assert all(str(parse(cite)) == cite for cite in provisions_of(issue))
