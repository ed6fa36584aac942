"""The city's own login (OpenID Connect), played by a small server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from tests.organisations.small_city import NOW, somebody

from gongbao.organisations.models import Person
from gongbao.organisations.services.accounts import person_block

START = "/account/city/oidc/city/login/"


class Server(BaseHTTPRequestHandler):
    """Says who somebody is: whoever `who` names. Everybody who comes with the code "right" gets a token."""

    who: dict[str, str] = {}

    def answer(self, body: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self) -> None:
        home = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            self.answer(
                {
                    "issuer": home,
                    "authorization_endpoint": f"{home}/authorize",
                    "token_endpoint": f"{home}/token",
                    "userinfo_endpoint": f"{home}/userinfo",
                }
            )
        else:
            self.answer(self.who)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if sent["code"] == ["right"]:
            self.answer({"access_token": "t", "token_type": "bearer"})
        else:
            self.answer({"error": "invalid_grant"}, 400)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def city(db: None, settings: Any) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    app = {
        "provider_id": "city",
        "name": "示例统一认证",
        "client_id": "gongbao",
        "secret": "s",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def come_back(client: Client, username: str, code: str = "right") -> Any:
    """Go to the city's login, which says that this is `username`, and come back with a code."""
    Server.who = {"sub": f"city-{username}", "preferred_username": username}
    sent_on = urlparse(client.post(START).headers["Location"])
    asked = parse_qs(sent_on.query)
    assert sent_on.path == "/authorize"
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{START}callback/", {"code": code, "state": asked["state"][0]})


def test_the_login_page_offers_it_only_where_it_is_set_up(client: Client, city: None, settings: Any) -> None:
    assert "示例统一认证" in client.get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "示例统一认证" not in client.get("/account/login/").content.decode()


def test_a_person_with_an_account_here_is_let_in_and_remembered(client: Client, city: None) -> None:
    person = somebody("li")
    assert come_back(client, "LI").headers["Location"] == "/desk/"
    assert client.get("/desk/").context["user"] == person
    assert SocialAccount.objects.get().user == person
    client.post("/account/logout/")
    come_back(client, "LI")
    assert client.get("/desk/").context["user"] == person


def test_who_has_no_account_here_is_told_how_accounts_come_about(client: Client, city: None) -> None:
    answer = come_back(client, "stranger")
    assert "账号由本单位管理员邀请开通" in answer.content.decode()
    assert not Person.objects.exists()
    assert client.get("/desk/").status_code == 302


def test_a_blocked_or_made_up_person_is_not_let_in(client: Client, city: None) -> None:
    person_block(person=somebody("li"), now=NOW, by=None, because="示例")
    Person.objects.create(username="street", name="演示", demo=True)
    for username in ("li", "street"):
        come_back(client, username)
        assert client.get("/desk/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_failed_login_there_says_so_here(client: Client, city: None) -> None:
    answer = come_back(client, "li", code="wrong")
    assert "统一身份认证没有成功" in answer.content.decode()


def test_an_answer_that_was_not_asked_for_is_not_taken(client: Client, city: None) -> None:
    somebody("li")
    Server.who = {"sub": "city-li", "preferred_username": "li"}
    client.get(f"{START}callback/", {"code": "right", "state": "forged"})
    assert client.get("/desk/").status_code == 302
