"""The public pages: finding measures, everything about one, a programme as a table, what others gather from them."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.catalogue import packaged_texts
from gongbao.web.gathering import dates, search_everything
from gongbao.web.provisions import runs_by_cite

pytestmark = pytest.mark.django_db


def page(address: str, status: int = 200, language: str = "") -> str:
    client = Client()
    if language:
        client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def codes(text: str) -> list[str]:
    """Measures that a page leads to, each once."""
    return list(dict.fromkeys(re.findall(r"/support/measures/([^/\"]+)/", text)))


def test_the_front_page_has_all_fifty_measures_in_the_order_of_the_table(catalogue: Catalogue) -> None:
    assert codes(page("/support/")) == [measure.code for measure in catalogue.measures]
    assert len(catalogue.measures) == 50


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=首发", ["debut_centre", "debut_event"]),
        ("q=first-store cluster", ["first_store_cluster"]),
        ("q=没有这些字", []),
        ("promise=exact&programme=consumption-2026&q=IP", ["ip_product", "ip_store"]),
        ("has=project.launch_area_m2", ["debut_centre"]),
        ("kind=association&sector=synbio&has=project.tech_contract_amount", []),
        ("kind=enterprise&sector=synbio&has=project.tech_contract_amount", ["synbio-2a"]),
        ("office=亦庄国投&q=自动驾驶的月球车", []),
    ],
)
def test_measures_are_found_by_words_and_by_who_one_is_and_what_one_has(query: str, found: list[str]) -> None:
    assert codes(page(f"/support/?{query}")) == found


def test_a_choice_says_how_many_measures_it_would_leave() -> None:
    text = page("/support/?sector=auto")
    assert len(codes(text)) == 12
    assert re.search(r'value="auto" selected>汽车 \(12\)', text)
    assert re.search(r'value="synbio">合成生物制造 \(\d+\)', text), "the other sectors stay on offer"


def test_every_measure_has_its_page_in_both_languages_with_clause_office_and_every_question(
    catalogue: Catalogue,
) -> None:
    for measure in catalogue.measures:
        for language in ("zh-hans", "en"):
            text = html.unescape(page(f"/support/measures/{measure.code}/", language=language))
            for condition in measure.conditions:
                assert condition.fact.question.get(language) in text
            names = catalogue.programme_of[measure.code].offices
            for office in measure.offices:
                assert (office if language == "zh-hans" else names[office]) in text
            assert measure.cite in text


def test_a_measure_without_a_figure_says_so_and_whom_to_ask() -> None:
    text = page("/support/measures/auto-1a/", language="en")
    assert "none is guessed here" in text
    assert "High-end Automotive and New Energy Industry Bureau" in text
    assert "No money is promised" in page("/support/measures/auto-6/", language="en")


def test_an_unknown_measure_or_programme_is_not_found() -> None:
    page("/support/measures/none/", 404)
    page("/support/programmes/none/", 404)
    page("/support/programmes/none/programme.toml", 404)


def test_a_programme_is_a_table_beside_its_clauses_and_a_file(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes:
        text = page(f"/support/programmes/{programme.id}/")
        assert codes(text) == [measure.code for measure in programme.measures]
        for measure in programme.measures:
            assert all(condition.cite in text for condition in measure.conditions)
        answer = Client().get(f"/support/programmes/{programme.id}/programme.toml")
        assert answer.content.decode() == packaged_texts()[programme.id]


def test_a_document_that_is_cited_but_not_in_the_gazette_is_shown_as_such() -> None:
    text = page("/support/programmes/etown-future-energy/")
    assert "京技管发〔2025〕4号" in text
    assert text.count("公报未载") == 2


def test_the_gazette_finds_each_measure_on_its_clause(catalogue: Catalogue) -> None:
    runs = runs_by_cite()
    for measure in catalogue.measures:
        assert f"/support/measures/{measure.code}/" in [run.url for run in runs[measure.cite]]


def test_the_search_over_everything_finds_measures() -> None:
    found = next(one for one in search_everything("首发中心") if one.name.zh == "资金与政策")
    assert found.entries[0].url == "/support/measures/debut_centre/"


def test_the_last_day_to_apply_comes_among_the_dates() -> None:
    coming = dates(date(2027, 12, 31), 10)
    assert ("/support/programmes/consumption-2026/", date(2027, 12, 31)) in [(one.url, one.on) for one in coming]
    coming = dates(date(2028, 1, 1), 10)
    assert "/support/programmes/consumption-2026/" not in [one.url for one in coming]
