"""Both ways between the standard and the gazette."""

import pytest

from gongbao.gazette.addresses import citation_url
from gongbao.gazette.tables.skeletons import find_place
from gongbao.kernel.citation import parse
from gongbao.rating.frame import indicators
from gongbao.rating.tables.standards import read_standard
from gongbao.web.provisions import runs_by_cite


@pytest.mark.django_db  # published permit lists run on provisions too, and stand in the database
def test_every_indicator_runs_on_a_row_of_the_gazette_and_leads_back_to_it() -> None:
    standard = read_standard()
    found = {run.name: run.cite for run in indicators()}
    for indicator in standard.indicators:
        assert found[indicator.name] == indicator.cite
        assert find_place(parse(indicator.cite)) is not None
        assert citation_url(indicator.cite)
        assert indicator.name in [run.name for run in runs_by_cite()[indicator.cite]]
    assert {standard.score.cite, standard.ranking.cite} <= set(found.values())
