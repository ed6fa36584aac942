"""Every page without an argument in its address, in both languages and at both widths: nothing for axe to find, nothing
wider than the window, nothing from elsewhere, no words of the other language."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.looking import look, own_words

CHINESE = re.compile(r"[\u4e00-\u9fff]")

# who looks ("" is a stranger), the address; a domain adds its pages here
PAGES = [
    ("", "/"),
    ("", "/search/"),
    ("", "/api/"),
    ("", "/offline/"),
    ("", "/no-such-page/"),
    ("", "/join/no-such-token/"),
    ("", "/account/login/"),
    ("", "/account/signup/"),
    ("", "/account/inactive/"),
    ("", "/account/password/reset/"),
    ("", "/account/password/reset/done/"),
    ("", "/account/password/reset/key/done/"),
    ("", "/account/city/error/"),
    ("", "/account/city/cancelled/"),
    ("street", "/desk/"),
    ("street", "/desk/me/"),
    ("street", "/desk/clients/"),  # may not
    ("street", "/account/logout/"),
    ("street", "/account/password/change/"),
    ("street", "/account/2fa/"),
    ("manager", "/desk/organisations/demo-enterprise/"),
    ("manager", "/desk/organisations/demo-enterprise/invite/"),
    ("administrator", "/desk/organisations/110000/"),
    ("administrator", "/desk/clients/"),
    ("administrator", "/desk/clients/new/"),
    ("administrator", "/desk/calendar/"),
    ("administrator", "/desk/logins/"),
    ("administrator", "/desk/settings/"),
    ("administrator", "/desk/settings/objection/appeal/"),
    ("administrator", "/desk/dossiers/"),
    ("street", "/desk/me/name/"),
    ("street", "/desk/me/email/no-such-token/"),
    ("", "/gazette/"),
    ("", "/gazette/readings/"),
    ("", "/gazette/in-force/"),
    ("", "/gazette/graph/"),
    ("", "/gazette/search/"),
    ("editor", "/desk/gazette/"),
    ("editor", "/desk/gazette/new/"),
    ("street", "/desk/gazette/"),  # may not
    ("", "/rating/"),
    ("", "/rating/how/"),
    ("", "/rating/editions/difference/"),
    ("", "/rating/data/"),
    ("", "/rating/draws/"),
    ("", "/fire/"),
    ("", "/fire/check/"),
    ("", "/fire/check/?kind=hotel&asked=project"),
    ("", "/fire/check/?kind=other"),
    ("", "/fire/check/?kind=hotel&project=other&way=ordinary&inspection=no&ready=yes&choose=yes"),
    ("", "/fire/checklists/"),
    ("", "/fire/decisions/"),
    ("", "/fire/figures/"),
    ("enterprise", "/desk/fire/applications/"),
    (
        "enterprise",
        "/desk/fire/applications/new/?kind=hotel&project=other&way=ordinary&inspection=no&ready=yes&choose=yes",
    ),
    ("fire", "/desk/fire/follow-ups/"),
    ("", "/papers/"),
    ("", "/papers/?code=AAAA-AAAA-AAAA"),
    ("", "/roots/"),
    ("", "/processes/objection/"),
    ("", "/processes/fire_joint/"),
    ("street", "/desk/cases/"),
    ("street", "/desk/cases/all/"),
    ("street", "/desk/notices/"),
    ("supervisor", "/desk/overdue/"),
    ("city", "/desk/papers/"),
    ("city", "/desk/rating/"),
    ("fire", "/desk/fire/"),
    ("fire", "/desk/fire/calendar/"),
    ("window", "/desk/fire/deliveries/"),
    ("window", "/desk/fire/window/"),
    ("administrator", "/desk/fire/outbox/"),
    ("", "/fire/draws/"),
    ("", "/fire/notices/"),
]


@pytest.mark.parametrize(("who", "address"), PAGES, ids=[f"{who or 'anybody'} {address}" for who, address in PAGES])
def test_a_page_reads_well_on_desk_and_phone_in_both_languages(
    page: Page, log_in: Callable[[str], None], site: str, who: str, address: str
) -> None:
    if who:
        log_in(who)
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((site, "data:")) else elsewhere.append(asked.url))
    look(page, site, address)
    if not who:
        assert CHINESE.findall(own_words(page)) == [], "an English page marks what of it is Chinese"
    assert elsewhere == []
