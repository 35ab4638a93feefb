"""One log line for each request, and the id that ties together all lines of a request."""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from seatledger.ops.log import RequestLine, mask, tell

GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
HEADER = b"x-request-id"
ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that was answered. `status` is 500 where the application broke off.

    `route` is the template of the path (`/pools/{pool_id}`), empty where none fits, and `dialect`
    the name of the one that the application left in the scope's state, empty where it left none.
    """

    method: str
    route: str
    dialect: str
    status: int
    seconds: float


class RequestLog:
    """ASGI middleware around the whole application; tells `observe` of every exchange.

    A caller's X-Request-Id is kept if it is 1–64 letters, digits, dots, underscores and hyphens;
    else the request gets an id of its own. Either way the response has it, and the scope's state.
    """

    def __init__(
        self,
        app: ASGIApp,
        observe: Callable[[Exchange], None] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._app = app
        self._observe = observe
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        header = (HEADER, request_id.encode())
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        path = mask(scope["path"])  # as asked: the application may respell it
        started = self._clock()
        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            structlog.contextvars.reset_contextvars(**bound)
            exchange = _exchange(scope, status, self._clock() - started)
            milliseconds = round(exchange.seconds * 1000, 2)
            tell(RequestLine(request_id, mask(exchange.method), path, status, milliseconds))
            if self._observe is not None:
                self._observe(exchange)


def _exchange(scope: Scope, status: int, seconds: float) -> Exchange:
    found = cast("Mapping[str, Any]", scope)  # what routing adds is missing where no route fits
    dialect = getattr(found.get("state", {}).get("dialect"), "name", "")
    return Exchange(found["method"], found.get("path_template", ""), dialect, status, seconds)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == HEADER and GIVEN_ID.fullmatch(value):
            return value.decode()
    return secrets.token_hex(ID_BYTES)
