"""The next grade: what is missing, and what could close it."""

from gongbao.kernel.fixed import POINT
from gongbao.rating.rules.explain import Line, explain_line, next_grade
from gongbao.rating.rules.standard import Standard, load_standard
from gongbao.rating.tables.standards import standard_text


def line(indicator: str, points: int, *, project: str = "", level: str = "", quantity: int = 1, n: int = 1) -> Line:
    return Line(project, indicator, level, quantity, points * POINT, n, points * POINT // n, ())


TEN = [score * 10_000 for score in (100, 90, 80, 70, 60, 50, 40, 30, 20, 10)]


def test_the_distance_is_that_to_the_last_rank_of_the_next_grade(standard: Standard) -> None:
    step = next_grade(50 * 10_000, 6, 1, [], TEN, standard)
    assert step is not None
    assert (step.grade, step.score, step.distance) == ("B", 600_000, 100_000)


def test_the_lowest_reaches_for_the_grade_just_above(standard: Standard) -> None:
    step = next_grade(10 * 10_000, 10, 1, [], TEN, standard)
    assert step is not None
    assert (step.grade, step.distance) == ("C", 100_000)


def test_the_best_grade_has_nothing_above(standard: Standard) -> None:
    assert next_grade(100 * 10_000, 1, 1, [], TEN, standard) is None


def test_a_grade_that_nobody_can_have_is_passed_over(standard: Standard) -> None:
    scores = TEN[:5]  # of five, nobody is within the first tenth
    assert next_grade(90 * 10_000, 2, 1, [], scores, standard) is None


def test_of_grades_that_end_at_the_same_rank_the_best_is_the_next(standard: Standard) -> None:
    step = next_grade(0, 2, 1, [], [30_000, 0], standard)  # of two, one is within a half and within nine tenths
    assert step is not None
    assert step.grade == "B"


def test_where_ties_take_the_worse_rank_the_score_must_be_passed() -> None:
    worse = load_standard(standard_text().replace('ties = "better"', 'ties = "worse"'))
    step = next_grade(50 * 10_000, 6, 1, [], TEN, worse)
    assert step is not None
    assert step.distance == 100_001


def test_an_item_closes_the_distance_when_its_room_is_as_great(standard: Standard) -> None:
    lines = [line("association", 2, level="city"), line("waste", -2)]
    step = next_grade(0, 2, 1, lines, [30_000, 0], standard)  # N = 2: half of them are B
    assert step is not None
    rooms = {room.indicator.code: room for room in step.rooms}
    assert (rooms["association"].gain, rooms["association"].enough) == (3 * POINT, True)
    assert (rooms["waste"].gain, rooms["waste"].enough, rooms["waste"].lost) == (2 * POINT, False, True)
    assert (rooms["new_filing"].gain, rooms["new_filing"].units) == (None, 3)
    assert "handover" not in rooms  # nothing was deducted by it


def test_room_in_a_project_item_is_shared_by_all_projects(standard: Standard) -> None:
    lines = [line("disclosure", 2, project="P1", n=4)]
    step = next_grade(0, 2, 4, lines, [30_000, 0], standard)
    assert step is not None
    room = next(room for room in step.rooms if room.indicator.code == "disclosure")
    assert (room.gain, room.one) == (1_500_000, 500_000)


def test_a_line_is_put_in_words_with_its_share(standard: Standard) -> None:
    explained = explain_line(line("zero_complaint", 6, project="P1", quantity=3, n=4), standard)
    assert explained.sentence.zh == "3个月 × 2分 = 6分;÷ 4个项目 = 1.5分"
    assert explained.sentence.en == "3 months × 2 = 6; ÷ 4 projects = 1.5"


def test_every_kind_of_line_has_its_sentence(standard: Standard) -> None:
    lines = [
        (line("credit", 40), "结果80 × 50% = 40分"),
        (line("scale", 8, level="10-50"), "加权在管面积(每单位10000平方米)属10(不含)至50(含)一档,计8分"),
        (line("party_org", 6, level="branch"), "计6分"),
        (line("new_filing", 2, quantity=2), "2个项目 × 1分 = 2分"),
        (line("old_estate", 5), "1个项目 × 5分 = 5分"),
        (line("honor", 3, project="P1", level="municipal"), "计3分"),
        (line("staff", 2, project="P1", level="0.3-0.6"), "占比属0.3(含)至0.6(不含)一档,计2分"),
        (line("fee", 2, project="P1"), "不低于上年,计2分"),
        (line("community", 7, project="P1"), "最近一次评分7分"),
        (line("complaint_rank", -6, project="P1", level="11-50", quantity=2), "2个月 × -3分 = -6分"),
        (line("handover", -10, level="penalised"), "1个事项 × -10分 = -10分"),
        (line("community_fault", 3, project="P1", level="cap"), "超过封顶,返还3分"),
        (line("credit", -5, level="cap"), "超过最高分,返还-5分"),
    ]
    assert [explain_line(one, standard).sentence.zh for one, _ in lines] == [sentence for _, sentence in lines]
