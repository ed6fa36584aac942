"""What the package says about the seven documents: in both languages, with the same figures, bound to the readings."""

import re

import pytest
from tests.gazette.figures import figures, spelled

from gongbao.gazette.rules.readings import Reading
from gongbao.gazette.tables.packaged import packaged_digests, packaged_documents, packaged_readings
from gongbao.gazette.tables.skeletons import packaged_skeletons
from gongbao.kernel.text import Text

DIGESTS = packaged_digests()
READINGS = packaged_readings()
SENTENCES = {
    **{cite: Text(digest.zh, digest.en) for cite, digest in DIGESTS.items()},
    **{f"{r.number} {name}": getattr(r, name) for r in READINGS.values() for name in ("question", "reading", "why")},
}
LONGEST = 130  # characters of a Chinese digest; the length of three printed lines
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_document_of_the_issue_has_its_file() -> None:
    assert sorted(document.number for document in packaged_documents()) == [
        "京商消二字〔2026〕3号",
        "京建法〔2025〕2号",
        "京建法〔2025〕3号",
        "京技管发〔2025〕31号",
        "京技管发〔2025〕32号",
        "京技管发〔2025〕33号",
        "京技管发〔2025〕34号",
    ]


def test_no_citation_stands_in_two_files() -> None:
    assert sum(len(document.digests) for document in packaged_documents()) == len(DIGESTS)


@pytest.mark.parametrize("name", SENTENCES)
def test_chinese_and_english_say_the_same_figures(name: str) -> None:
    sentence = SENTENCES[name]
    chinese, english = figures(sentence.zh), figures(sentence.en)
    assert chinese <= english | spelled(sentence.en)
    assert english <= chinese | spelled(sentence.zh)


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_chinese_in_chinese_and_english_in_english(name: str) -> None:
    sentence = SENTENCES[name]
    assert HAN.search(sentence.zh)
    assert sentence.zh[-1] in "。？"
    assert len(HAN.findall(sentence.en)) < len(re.findall("[A-Za-z]+", sentence.en))
    assert sentence.en[-1] in ".?"
    assert not re.search("[，。；：？（）]", re.sub(r"（[一二三四]）", "", sentence.en))


@pytest.mark.parametrize("cite", DIGESTS)
def test_a_digest_is_short(cite: str) -> None:
    assert len(DIGESTS[cite].zh) <= LONGEST


def test_most_digests_have_no_more_than_eighty_characters() -> None:
    assert sum(len(digest.zh) <= 80 for digest in DIGESTS.values()) >= 0.9 * len(DIGESTS)


def test_the_readings_are_numbered_without_a_gap() -> None:
    assert list(READINGS) == [f"I-{number}" for number in range(1, 41)]


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_a_reading_and_the_digests_of_its_provisions_name_each_other(reading: Reading) -> None:
    naming = {cite for cite, digest in DIGESTS.items() if reading.number in digest.readings}
    assert set(reading.cites) == naming


def test_a_digest_names_only_readings_that_there_are() -> None:
    assert {number for digest in DIGESTS.values() for number in digest.readings} <= set(READINGS)


def test_every_address_of_the_package_but_paragraphs_and_permits_has_a_digest() -> None:
    addresses = {
        place.cite
        for skeleton in packaged_skeletons().values()
        for place in skeleton.places
        if place.level != "paragraph" and not (place.level == "row" and " 清单 " in place.cite)
    }
    assert sorted(addresses - set(DIGESTS)) == []
    assert sorted(set(DIGESTS) - addresses) == []
