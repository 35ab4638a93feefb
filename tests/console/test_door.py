"""The door: strangers see no page, other sites change nothing, and every answer is protected."""

import re

import pytest
from litestar.routes import HTTPRoute

from seatledger.app import create_app
from seatledger.ops.settings import Settings
from tests.console.conftest import ORIGIN, Browser, Console
from tests.support.ledgers import SqliteLedgers
from tests.support.routes import CONSOLE, litestar_of

OPEN = {
    "/console/sign-in",
    "/console/sign-out",
    "/console/links/{text}",
    "/l/{token}",
    "/l/{token}/code",
    "/l/{token}/redeem",
    "/l/{token}/return",
    "/l/{token}/return/code",
}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def ledgers(sqlite_ledgers: SqliteLedgers) -> SqliteLedgers:
    """The engine makes no difference here."""
    return sqlite_ledgers


def pages() -> list[tuple[str, str]]:
    """Every method and path of the console, as its router knows them."""
    app = litestar_of(create_app(Settings(database_url="sqlite:///unused", log_level="error")))
    return sorted(
        (str(method), re.sub(r":\w+\}", "}", route.path_format))
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith(CONSOLE)
        for handler in route.route_handlers
        for method in set(handler.http_methods) - {"HEAD", "OPTIONS"}
    )


PAGES = [page for page in pages() if not page[1].startswith("/console/static/")]
LOOKS = [path for method, path in PAGES if method == "GET" and path not in OPEN]
CHANGES = [path for method, path in PAGES if method == "POST"]


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", "1", path)


def test_there_are_pages() -> None:
    assert len(LOOKS) > 25
    assert len(CHANGES) > 20


def test_strangers_are_sent_to_sign_in(console: Console) -> None:
    browser = console.browser()
    for path in LOOKS:
        answer = browser.get(filled(path))
        assert (path, answer.status_code) == (path, 303)
        assert answer.headers["location"].startswith("/console/sign-in")
        assert answer.content == b""


def test_strangers_change_nothing(console: Console) -> None:
    browser = console.browser()
    for path in set(CHANGES) - OPEN:
        answer = browser.post(filled(path))
        assert (path, answer.status_code) == (path, 303)
        assert answer.headers["location"] == "/console/sign-in"


def test_what_does_not_exist_tells_strangers_nothing(console: Console) -> None:
    answer = console.browser().get("/console/nothing/here")
    assert answer.status_code == 303


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(console: Console) -> None:
    at = f"{ORIGIN}/console/p/1/pools?q=a"
    headers = {"HX-Request": "true", "HX-Current-URL": at}
    answer = console.browser().get("/console/p/1/pools", headers)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == (
        "/console/sign-in?next=%2Fconsole%2Fp%2F1%2Fpools%3Fq%3Da"
    )
    away = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/console"}
    answer = console.browser().get("/console/p/1/pools", away)
    assert answer.headers["hx-redirect"] == "/console/sign-in"


FROM = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, False),
    ({"Origin": ORIGIN}, True),
    ({"Origin": "http://testserver.local:81"}, False),
    ({"Origin": "http://testserver.local.evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "http://["}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "may"), FROM)
def test_only_our_own_pages_change_anything(
    console: Console, manager: Browser, headers: dict[str, str], may: bool
) -> None:
    answer = manager.request("POST", "/console/sign-out", headers=headers)
    assert answer.status_code == (303 if may else 403)
    assert manager.get("/console/account").status_code == (303 if may else 200)


def test_no_change_at_all_is_open_to_other_sites(console: Console, operator: Browser) -> None:
    for path in CHANGES:
        answer = operator.post(filled(path), {"Sec-Fetch-Site": "cross-site"})
        assert (path, answer.status_code) == (path, 403)
    assert operator.get("/console/account").status_code == 200


@pytest.mark.parametrize("path", ["//console", "/console//p//1", "//console/sign-in", "//l/x"])
def test_a_slash_too_many_leads_around_nothing(console: Console, path: str) -> None:
    answer = console.browser().get(f"{ORIGIN}{path}")
    assert answer.status_code in {200, 303, 404}
    assert answer.headers["content-security-policy"] == CSP
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert console.browser().post(f"{ORIGIN}{path}", elsewhere).status_code == 403


def test_strangers_are_refused_by_the_interfaces_however_many_slashes(console: Console) -> None:
    for path in ("//api/v1/pools", "/api//v1/pools", "/api//licensing//v1/me", "/api//catalog/x"):
        assert (path, console.client.get(f"{ORIGIN}{path}").status_code) == (path, 401)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/console/sign-in", 200),
        ("/console/account", 200),
        ("/console/nothing", 404),
        ("/console/p/1/pools/999", 404),
        ("/console/accounts", 403),
        ("/console", 303),
    ],
)
def test_every_answer_is_protected(manager: Browser, path: str, status: int) -> None:
    if path == "/console/sign-in":
        manager.cookies.clear()
    answer = manager.get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    if status != 303:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_files_are_kept_and_only_at_their_own_address(manager: Browser) -> None:
    page = manager.page("/console/account")
    addresses = set(re.findall(r'(?:href|src)="(/console/static/[^"]+)"', page))
    assert {each.rpartition("/")[2] for each in addresses} == {
        "console.css",
        "console.js",
        "htmx.js",
        "icon.svg",
    }
    for address in addresses:
        answer = manager.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-security-policy"] == CSP
    assert manager.get("/console/static/0123456789abcdef/console.css").status_code == 404
    assert manager.get("/console/static/0123456789abcdef/..%2fvisit.py").status_code == 404


def test_a_wrong_method_is_told_as_a_page(manager: Browser) -> None:
    answer = manager.request("DELETE", "/console/account", headers={"Origin": ORIGIN})
    assert answer.status_code == 405
    assert "<h1" in answer.text


def test_the_interfaces_are_not_disturbed(manager: Browser) -> None:
    answer = manager.get("/api/v1/pools")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "content-security-policy" not in answer.headers
    assert manager.get("/nothing").headers["content-type"] == "application/json"
