"""Every stored fact shows through whose hands it went, and on which proof."""

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from tests.rating.small_cycle import COLLECTING, ONE, SmallCity

from gongbao.documents.selectors import files_of
from gongbao.rating.models import Declaration, Fact
from gongbao.rating.selectors.provenance import provenance
from gongbao.rating.services.declarations import declaration_make, declaration_pass
from gongbao.rating.services.rows import fact_correct
from gongbao.rating.services.sheets import sheet_draft, sheet_sign

PROOF = [("证书.txt", "市级荣誉".encode())]


@pytest.fixture
def claim(small: SmallCity) -> Declaration:
    made = declaration_make(
        cycle=small.fresh(), uscc=ONE, actor=small.actor("clerk"), now=COLLECTING, indicator="honor", project_id="P1",
        value="municipal", proofs=PROOF, occurred_on=date(2026, 4, 1),
    )  # fmt: skip
    for who in ("reviewer", "officer"):
        made = declaration_pass(
            declaration=made, version=made.version, actor=small.actor(who, COLLECTING), now=COLLECTING
        )
    return made


def hands(fact: Fact) -> list[tuple[str, str]]:
    return [(hand.did.en, hand.by.username if hand.by else "") for hand in provenance(fact).hands]


def page(small: SmallCity, who: str, fact: Fact) -> Any:
    browser = Browser()
    browser.force_login(small.people[who], backend="gongbao.organisations.login.Backend")
    return browser.get(f"/desk/rating/{fact.cycle.code}/facts/{fact.pk}/")


def test_a_declared_fact_names_who_declared_who_reviewed_and_its_proof(small: SmallCity, claim: Declaration) -> None:
    fact = Fact.objects.get(indicator="honor")
    assert hands(fact) == [
        ("Declared", "clerk"), ("Reviewed by the district", "reviewer"), ("Confirmed by the city", "officer"),
    ]  # fmt: skip
    (file,) = files_of(claim.belongs_to)
    assert provenance(fact).proof == (file,)
    shown = page(small, "officer", fact).content.decode()
    assert f'href="/desk/files/{file.pk}/"' in shown and "证书.txt" in shown
    assert f"/reviews/{claim.pk}/" in shown


def test_an_imported_fact_names_who_brought_it(small: SmallCity) -> None:
    fact = Fact.objects.filter(delivery__how="file").first()
    assert fact and hands(fact) == [("Given", "officer")]


def test_a_corrected_version_names_who_corrected_it_and_the_old_one_who_declared(
    small: SmallCity, claim: Declaration
) -> None:
    old = Fact.objects.get(indicator="honor")
    new = fact_correct(
        fact=old, changes={"value": "district"}, because="核对证书", actor=small.actor("officer"), now=COLLECTING
    )
    assert hands(new) == [("Given", "officer")] and hands(old)[0] == ("Declared", "clerk")


def test_a_fact_of_a_score_sheet_names_who_drafted_and_who_signed(small: SmallCity) -> None:
    sheet = sheet_draft(
        cycle=small.fresh(), project_id="P5", version=0, bonus=8, bonus_reason="配合社区",
        faults={"no_hearing": "未开会"}, actor=small.actor("drafter"), now=COLLECTING,
    )  # fmt: skip
    sheet = sheet_sign(sheet=sheet, version=sheet.version, actor=small.actor("signer"), now=COLLECTING)
    for fact in Fact.objects.filter(ended=None, indicator__in=["community", "community_fault"]):
        assert hands(fact) == [("Drafted", "drafter"), ("Signed", "signer")] and provenance(fact).sheet == sheet
