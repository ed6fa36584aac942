import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.kernel.citation import Citation, official_number, parse
from gongbao.kernel.numerals import to_chinese

OFFICIAL = [
    "京建法〔2025〕2号",
    "京建法〔2025〕2号 第七条",
    "京建法〔2025〕2号 第三条之一",
    "京建法〔2025〕2号 第十条第一款第（二）项",
    "京建法〔2025〕2号 第二条（二）2",
    "京建法〔2025〕2号 通知",
    "京建法〔2025〕2号 附件 项目人员素质",
    "京建法〔2025〕2号 附件 加分项 参与社区治理",
    "京建法〔2025〕2号 附件 扣分项 3",
    "京建法〔2025〕2号 附件 共建“美好家园”",
    "京建法〔2025〕2号 附件2 第三条",
    "京商消二字〔2026〕3号 二（二）1",
    "京商消二字〔2026〕3号 三（二）5（1）",
    "京技管发〔2025〕31号 清单 59",
    "京技管发〔2025〕31号 说明 4",
    "京技管发〔2025〕33号 三（三）8",
    "京技管发〔2025〕33号 通知 一（二）",
    "国务院令第427号 第七条",
    "《北京市物业管理条例》 第六十五条（一）",
]


@pytest.mark.parametrize("text", OFFICIAL)
def test_an_official_form_comes_out_as_it_went_in(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    ("spelling", "official"),
    [
        ("京建法[2025]2号第7条", "京建法〔2025〕2号 第七条"),
        ("京建法［２０２５］第２号 第７条", "京建法〔2025〕2号 第七条"),
        ("京建法(2025)02号,第 7 条", "京建法〔2025〕2号 第七条"),
        ("（京建法【二〇二五】二号）的第七条", "京建法〔2025〕2号 第七条"),
        ("京建法〔2025〕2号第二章第七条", "京建法〔2025〕2号 第七条"),
        ("京建法〔2025〕2号 第10条第1款(二)", "京建法〔2025〕2号 第十条第一款第（二）项"),
        ("京建法〔2025〕2号 第十条 第一款 第二项", "京建法〔2025〕2号 第十条第一款第（二）项"),
        ("京建法〔2025〕2号 第十条第一款第2项", "京建法〔2025〕2号 第十条第一款第（二）项"),
        ("京建法〔2025〕2号 第二条第（二）项第2目", "京建法〔2025〕2号 第二条（二）2"),
        ("京技管发〔2025〕33号 三、（三）8.", "京技管发〔2025〕33号 三（三）8"),
        ("京技管发〔2025〕33号 第三部分(三)第8项", "京技管发〔2025〕33号 三（三）8"),
        ("京商消二字〔2026〕3号 三(二)5⑴", "京商消二字〔2026〕3号 三（二）5（1）"),
        ("京建法〔2025〕2号 附件 * 项目人员素质", "京建法〔2025〕2号 附件 项目人员素质"),
        ("京建法〔2025〕2号附件 加分项 ＊参与社区治理", "京建法〔2025〕2号 附件 加分项 参与社区治理"),
        ("京建法〔2025〕2号 附件 *12345 诉求", "京建法〔2025〕2号 附件 12345诉求"),
        ('京建法〔2025〕2号 附件 共建"美好家园"', "京建法〔2025〕2号 附件 共建“美好家园”"),
        ("京建法〔2025〕2号 附件 公共信用评价(50)", "京建法〔2025〕2号 附件 公共信用评价（50）"),
        ("京建法〔2025〕2号 附件二", "京建法〔2025〕2号 附件2"),
        ("京建法〔2025〕2号附件二第三条", "京建法〔2025〕2号 附件2 第三条"),
        ("京建法〔2025〕2号附件:项目人员素质", "京建法〔2025〕2号 附件 项目人员素质"),
        ("京建法〔2025〕2号附件三星项目", "京建法〔2025〕2号 附件 三星项目"),
        ("京建法〔2025〕2号 附件 2 第三条", "京建法〔2025〕2号 附件2 第三条"),
        ("京技管发〔2025〕31号清单０５９", "京技管发〔2025〕31号 清单 59"),
        ("国务院令427号第七条", "国务院令第427号 第七条"),
        ("国务院令 第 427 号 第七条", "国务院令第427号 第七条"),
    ],
)
def test_a_usual_spelling_gives_the_official_form(spelling: str, official: str) -> None:
    assert str(parse(spelling)) == official
    assert parse(spelling) == parse(official)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第七条",
        "京建法2025 2号 第七条",
        "京建法〔2025〕2号 第七",
        "京建法〔2025〕2号 项目人员素质",
        "京建法〔2025〕2号 通知 项目人员素质",
        "京建法〔2025〕2号 第七条以下",
        "京建法〔2025〕2号 第〇条",
        "京建法〔2025〕2号 第10000条",
        "京建法〔2025〕2号 第1二条",
    ],
)
def test_what_is_no_citation_is_refused_with_what_is_expected_in_both_languages(text: str) -> None:
    with pytest.raises(ValueError, match=r"应为.*/ expected"):
        parse(text)


def test_a_citation_made_from_parts_keeps_their_official_form() -> None:
    made = Citation("京建法[2025]第2号", "", ("第10条", "第1款", "(二)"))
    assert made == parse("京建法〔2025〕2号 第十条第一款第（二）项")
    assert made.steps == ("第十条", "第一款", "第（二）项")
    assert Citation("京建法〔2025〕2号", "附件", ("加分项", "参与社区治理")).steps == ("加分项", "参与社区治理")


@pytest.mark.parametrize("steps", [("8", "1"), ("二", "三"), ("第七条以下",)])
def test_parts_that_would_read_as_other_steps_are_refused(steps: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="应为"):
        Citation("京技管发〔2025〕33号", "", steps)


def test_citations_sort_in_the_order_of_the_document() -> None:
    rising = [
        "京建法〔2024〕13号",
        "京建法〔2025〕2号",
        "京建法〔2025〕2号 第二条",
        "京建法〔2025〕2号 第三条",
        "京建法〔2025〕2号 第三条之一",
        "京建法〔2025〕2号 第三条之一（二）",
        "京建法〔2025〕2号 第四条",
        "京建法〔2025〕2号 第十条",
        "京建法〔2025〕2号 清单 9",
        "京建法〔2025〕2号 清单 59",
        "京建法〔2025〕10号 三（二）2",
        "京建法〔2025〕10号 三（二）10",
        "京建法〔2025〕10号 三（十）1",
    ]
    shuffled = rising[:]
    random.Random(1).shuffle(shuffled)
    assert [str(c) for c in sorted(map(parse, shuffled))] == rising


def test_a_document_number_has_one_official_form() -> None:
    assert official_number(" 京商消二字[2026]第 3 号 ") == "京商消二字〔2026〕3号"
    with pytest.raises(ValueError, match="不是文号"):
        official_number("第七条")


# --- every citation there can be, in every spelling -------------------------------------------------------------

ISSUERS = st.sampled_from(["京建法", "京技管发", "京商消二字", "国办发", "人社部发"])
NUMBERS = st.integers(1, 400)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, ...]:
    n = [to_chinese(draw(st.integers(1, 120))) for _ in range(3)]
    inserted = draw(st.sampled_from(["", f"之{n[1]}"]))
    ladders = [
        (f"第{n[0]}条{inserted}", f"第{n[1]}款", f"第（{n[2]}）项"),
        (f"第{n[0]}条{inserted}", f"（{n[1]}）", str(draw(NUMBERS)), f"（{draw(NUMBERS)}）"),
        (n[0], f"（{n[1]}）", str(draw(NUMBERS)), f"（{draw(NUMBERS)}）"),
    ]
    ladder = draw(st.sampled_from(ladders))
    return ladder[: draw(st.integers(0, len(ladder)))]


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    document = f"{draw(ISSUERS)}〔{draw(st.integers(1990, 2035))}〕{draw(NUMBERS)}号"
    row = st.sampled_from(
        ["项目人员素质", "参与社区治理", "共建“美好家园”", "公共信用评价（50）", "12345诉求", "3", "59"]
    )
    if draw(st.booleans()):
        group = draw(st.sampled_from([(), ("加分项",), ("扣分项",)]))
        work = "清单" if not group else draw(st.sampled_from(["附件", "附件2", "附表"]))
        return Citation(document, work, (*group, draw(row)))
    return Citation(document, draw(st.sampled_from(["", "", "通知", "附件", "说明"])), draw(places()))


@given(citations())
def test_every_citation_reads_back_from_its_official_form(citation: Citation) -> None:
    assert parse(str(citation)) == citation
    assert str(parse(str(citation))) == str(citation)


WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


@given(citations(), st.randoms(use_true_random=False))
def test_every_spelling_of_a_citation_equals_the_official_one(citation: Citation, chance: random.Random) -> None:
    brackets = str.maketrans("〔〕", chance.choice(["[]", "()", "（）", "［］", "〔〕", "【】"]))
    text = str(citation).translate(brackets)
    if chance.random() < 0.5:
        text = text.replace("（", "(").replace("）", ")")
    if chance.random() < 0.5:
        text = text.translate(WIDE_DIGITS)
    head, mark, tail = text.partition("号")
    text = head + mark + (chance.choice(["", " ", "  ", "\t"]) + tail.lstrip())
    assert parse(f" {text} ") == citation


PIECES = st.lists(
    st.sampled_from(
        [
            "京建法",
            "〔2025〕",
            "(2025)",
            "2号",
            "号",
            "令",
            "《条例》",
            "第",
            "七",
            "十",
            "〇",
            "7",
            "0",
            "条",
            "款",
            "项",
            "目",
            "之一",
            "章",
            "部分",
            "（",
            "）",
            "二",
            ".",
            "、",
            " ",
            "附件",
            "清单",
            "通知",
            "加分项",
            "*",
            "党建",
            '"',
            "①",
        ]
    ),
    max_size=12,
)


@given(PIECES.map("".join))
def test_any_text_is_a_citation_that_reads_back_or_is_refused(text: str) -> None:
    for candidate in (text, f"京建法〔2025〕2号{text}", f"京建法〔2025〕2号 附件 {text}"):
        try:
            citation = parse(candidate)
        except ValueError as refused:
            assert "应为" in str(refused)
        else:
            assert parse(str(citation)) == citation
