"""What is done to a request before a page sees it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from gongbao.web.middleware import NulMiddleware


def test_an_address_with_the_character_0_reaches_no_page() -> None:
    seen: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    NulMiddleware(page)(RequestFactory().get("/fire/a%00b/?q=c%00d&e=%2500"))
    assert (seen[0].path_info, seen[0].path) == ("/fire/a\ufffdb/", "/fire/a\ufffdb/")
    assert seen[0].GET.dict() == {"q": "c\ufffdd", "e": "%00"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [("/fire/?q=a%00", 200), ("/fire/places/2026-000001%00/", 404), ("/fire/decisions/?district=%00", 200)],
)
def test_nothing_is_found_by_the_character_0_and_nothing_fails(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status
