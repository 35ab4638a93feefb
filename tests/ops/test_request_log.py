"""Requests in the log: one line each, tied together by an id."""

import io
from dataclasses import dataclass
from typing import Any

import anyio
import pytest
import structlog
from litestar import Litestar, Router, get
from litestar.params import FromPath
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from seatledger.ops import log
from seatledger.ops.request_log import Exchange, RequestLog
from tests.ops.conftest import Lines


@get("/pools/{pool_id:int}", sync_to_thread=False)
def pool(pool_id: FromPath[int]) -> str:
    structlog.get_logger().info("reading")
    return f"pool {pool_id}"


@get("/learners/{email:str}", sync_to_thread=False)
def learner(email: FromPath[str]) -> str:
    return email


@get("/broken", sync_to_thread=False)
def broken() -> str:
    raise RuntimeError("nobody planned this")


class Clock:
    """Each look at it is half a second later."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 0.5
        return self._now


@pytest.fixture
def exchanges() -> list[Exchange]:
    return []


@dataclass
class Tongue:
    name: str


class Respelling:
    """An application that answers under `/alias` too, and says which dialect is spoken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/alias/"):
            scope["path"] = scope["path"].replace("/alias/", "/spoken/")
        if scope["path"].startswith("/spoken/"):
            scope["state"] = {"dialect": Tongue("spoken")}
        await self._app(scope, receive, send)


@pytest.fixture
def client(lines: Lines, exchanges: list[Exchange]) -> TestClient[RequestLog]:
    inner = Litestar(
        [Router("/spoken", route_handlers=[pool, learner, broken])], logging_config=None
    )
    app = RequestLog(Respelling(inner), observe=exchanges.append, clock=Clock())
    return TestClient(app, raise_server_exceptions=False)


def test_a_request_leaves_one_line_about_itself(
    client: TestClient[RequestLog], lines: Lines
) -> None:
    client.get("/spoken/pools/7?token=hush", headers={"Authorization": "Token hush"})
    line = lines.read()[-1]
    line.pop("timestamp")
    line.pop("request_id")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/spoken/pools/7",
        "status": 200,
        "milliseconds": 500.0,
    }
    assert "hush" not in lines.text


def test_a_request_is_dated_as_all_other_lines_are(
    client: TestClient[RequestLog], lines: Lines
) -> None:
    client.get("/spoken/pools/7")
    inner, own = (line["timestamp"] for line in lines.read())
    assert (inner[:11], inner[-1], len(inner)) == (own[:11], "Z", len(own))
    assert inner <= own


def test_as_text_a_request_is_a_line_for_people(
    client: TestClient[RequestLog], stream: io.StringIO
) -> None:
    log.configure("text", "info", stream)
    client.get("/spoken/pools/7", headers={"X-Request-Id": "front-1"})
    line = stream.getvalue().splitlines()[-1]
    assert "[info     ] request" in line
    for told in ("method=GET", "path=/spoken/pools/7", "status=200", "request_id=front-1"):
        assert told in line


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize(("level", "written"), [("debug", 2), ("info", 2), ("warning", 0)])
def test_requests_are_told_at_level_info(
    form: str, level: str, written: int, client: TestClient[RequestLog], stream: io.StringIO
) -> None:
    log.configure(form, level, stream)
    client.get("/spoken/pools/7")
    assert len(stream.getvalue().splitlines()) == written


def test_the_path_is_logged_as_it_was_asked(client: TestClient[RequestLog], lines: Lines) -> None:
    client.get("/alias/pools/7")
    assert lines.read()[-1]["path"] == "/alias/pools/7"


def test_an_address_in_the_path_is_not_logged(client: TestClient[RequestLog], lines: Lines) -> None:
    client.get("/spoken/learners/ada@example.org")
    assert lines.read()[-1]["path"] == "/spoken/learners/[address]"
    assert "ada" not in lines.text


def test_a_good_request_id_is_kept_in_every_line_and_in_the_answer(
    client: TestClient[RequestLog], lines: Lines
) -> None:
    answer = client.get("/spoken/pools/7", headers={"X-Request-Id": "front-1.a_B"})
    assert answer.headers.get_list("x-request-id") == ["front-1.a_B"]
    assert [line["request_id"] for line in lines.read()] == ["front-1.a_B"] * 2


@pytest.mark.parametrize("given", ["", "a" * 65, "a b", "a/b", "größe", "a,b", None])
def test_a_bad_or_missing_request_id_is_replaced_by_a_new_one(
    given: str | None, client: TestClient[RequestLog]
) -> None:
    headers = {} if given is None else {b"X-Request-Id": given.encode()}
    ids = {client.get("/spoken/pools/7", headers=headers).headers["x-request-id"] for _ in "ab"}
    assert len(ids) == 2
    assert all(len(each) == 32 and each.isalnum() for each in ids)


def test_the_id_of_one_request_does_not_stay_for_the_next(
    client: TestClient[RequestLog], lines: Lines
) -> None:
    client.get("/spoken/pools/7", headers={"X-Request-Id": "first"})
    structlog.get_logger().info("between")
    assert "request_id" not in lines.read()[-1]


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/spoken/pools/7", Exchange("GET", "/spoken/pools/{pool_id}", "spoken", 200, 0.5)),
        ("GET", "/spoken/broken", Exchange("GET", "/spoken/broken", "spoken", 500, 0.5)),
        ("GET", "/nowhere", Exchange("GET", "", "", 404, 0.5)),
        ("POST", "/spoken/pools/7", Exchange("POST", "", "spoken", 405, 0.5)),
        ("GET", "/alias/pools/7", Exchange("GET", "/spoken/pools/{pool_id}", "spoken", 200, 0.5)),
    ],
)
def test_an_exchange_is_told_by_the_route_and_not_by_the_path(
    method: str,
    path: str,
    told: Exchange,
    client: TestClient[RequestLog],
    exchanges: list[Exchange],
) -> None:
    client.request(method, path)
    assert exchanges == [told]


def test_an_application_that_breaks_off_is_logged_as_500(lines: Lines) -> None:
    async def breaks_off(*_: object) -> None:
        raise RuntimeError("no answer")

    scope: Any = {"type": "http", "method": "GET", "path": "/", "headers": []}
    app: Any = RequestLog(breaks_off)
    with pytest.raises(RuntimeError, match="no answer"):
        anyio.run(app, scope, None, None)
    assert lines.read()[-1]["status"] == 500
