"""What a document says of its own force, sentence by sentence."""

from datetime import date

import pytest

from gongbao.gazette.rules.force import read_force
from gongbao.gazette.rules.lines import Line
from gongbao.gazette.rules.paragraphs import Paragraph
from gongbao.gazette.rules.references import named_documents
from gongbao.gazette.rules.structure import Force

ISSUED = date(2031, 2, 28)


def _force(text: str, title: str = "示例办法", issued: date | None = ISSUED) -> Force:
    paragraph = Paragraph((Line(8, text),))
    return read_force([paragraph], [paragraph], title, issued, {"示政发〔2031〕5号", "示例办法"})


@pytest.mark.parametrize(
    ("text", "begins", "published"),
    [
        ("本办法自2031年5月1日起施行。", date(2031, 5, 1), False),
        ("本通知自发布之日起执行。", ISSUED, True),
        ("本措施自公布之日起施行。", ISSUED, True),
        ("《示例规定》已经通过，现予公布，自2031年7月1日起施行。", date(2031, 7, 1), False),
        ("《示例规定》已经通过，现予公布，自公布之日起施行。", ISSUED, True),
        ("本暂行规定自印发之日起实施。", ISSUED, True),
        ("申报自通知发布之日起,由单位提交。", None, False),
        ("项目自2031年5月1日起计算。", None, False),
        ("按规定执行。", None, False),
    ],
)
def test_when_it_begins(text: str, begins: date | None, published: bool) -> None:
    force = _force(text)
    assert (force.begins, force.from_publication) == (begins, published)


def test_publication_without_a_day_gives_no_day() -> None:
    force = _force("本通知自发布之日起执行。", issued=None)
    assert (force.begins, force.from_publication) == (None, True)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("本通知自发布之日起执行,有效期至2032年12月31日。", date(2032, 12, 31)),
        ("本措施自公布之日起施行,至2034年6月30日结束。", date(2034, 6, 30)),
        ("本办法自2031年5月1日起施行,有效期5年。", date(2036, 4, 30)),
        ("本办法自2031年1月1日起施行,有效期为1年。", date(2031, 12, 31)),
        ("本办法自2032年2月29日起施行,有效期2年。", date(2034, 2, 28)),
        ("本办法自2032年3月1日起施行,有效期2年。", date(2034, 2, 28)),
        ("有效期5年。", None),
        ("数据统计至2032年12月31日。", None),
    ],
)
def test_when_it_ends(text: str, ends: date | None) -> None:
    assert _force(text).ends == ends


@pytest.mark.parametrize(
    ("text", "title", "trial"),
    [
        ("本办法自2031年5月1日起试行。", "示例办法", True),
        ("正文。", "示例办法(试行)", True),
        ("正文。", "示例办法（试行）", True),
        ("按照《另一办法(试行)》执行。", "示例办法", False),
    ],
)
def test_whether_it_is_on_trial(text: str, title: str, trial: bool) -> None:
    assert _force(text, title).trial is trial


def test_what_it_replaces_stands_before_the_verb_in_the_same_sentence() -> None:
    force = _force("依据《甲条例》执行;《旧办法》（示政发〔2020〕1号）同时废止。《丙办法》继续有效。")
    assert [(reference.number, reference.title, reference.line) for reference in force.replaces] == [
        ("示政发〔2020〕1号", "旧办法", 8)
    ]


def test_its_grounds_stand_behind_the_word_and_its_own_title_is_none() -> None:
    force = _force("《前面的条例》已经印发,根据《甲条例》《乙办法》,制定《示例办法》。")
    assert [reference.title for reference in force.based_on] == ["甲条例", "乙办法"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本措施由甲委员会负责解释,具体解释工作由乙局承担。", ("甲委员会", "乙局")),
        ("甲局对本通知负责解释。", ("甲局",)),
        ("由主讲人解释。", ()),
    ],
)
def test_who_explains_it(text: str, names: tuple[str, ...]) -> None:
    assert _force(text).explained_by == names


def test_references_are_documents_and_not_forms_or_certificates() -> None:
    text = "按《申请表》、《甲条例》、《乙凭证(抽中)》和国办发[2019]35号文,依《丙决定》(国务院令 第 427 号)"
    assert [(named.number, named.title) for named in named_documents(text)] == [
        ("", "甲条例"),
        ("国办发〔2019〕35号", ""),
        ("国务院令第427号", "丙决定"),
    ]
