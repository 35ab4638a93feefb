"""The gate before all routes: finds the dialect of a request and asks for a token.

It stands outside the router, so that strangers are refused in the dialect's own shape before
anything is said about what exists, also for an unknown path or a wrong method.
"""

from collections.abc import Sequence
from dataclasses import replace

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from seatledger.desk import Desk
from seatledger.dialects.dialect import Dialect
from seatledger.dialects.rate_headers import telling_rate
from seatledger.dialects.sending import send_answer
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Code, Refusal
from seatledger.ops.settings import Settings


class Gate:
    """ASGI middleware. Leaves the dialect, and the actor it found, in the scope's state."""

    def __init__(
        self, app: ASGIApp, dialects: Sequence[Dialect], desk: Desk, settings: Settings
    ) -> None:
        self._app = app
        self._desk = desk
        self._per_minute = {each.name: each.per_minute(settings) for each in dialects}
        self._beginnings = sorted(
            (
                (beginning, canonical, dialect)
                for dialect in dialects
                for beginning, canonical in _beginnings(dialect)
            ),
            key=lambda each: -len(each[0]),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        found = self._find(path)
        if found is None:
            await self._app(scope, receive, send)
            return
        beginning, canonical, dialect = found
        spelled = canonical + path[len(beginning) :]
        scope["path"], scope["raw_path"] = spelled, spelled.encode()
        scope["state"] = {**scope.get("state", {}), "dialect": dialect, "asked_path": path}
        if not dialect.is_open(scope["method"], spelled):
            actor = await self._admit(dialect, scope)
            if dialect.tells_rate and "counted" in scope["state"]:
                send = telling_rate(scope["state"]["counted"], send)
            if isinstance(actor, Refusal):
                await send_answer(send, dialect.refuse(actor), dialect)
                return
            request_id = scope["state"].get("request_id")
            scope["state"]["actor"] = replace(actor, request_id=request_id)
        await self._app(scope, receive, send)

    def _find(self, path: str) -> tuple[str, str, Dialect] | None:
        return next((each for each in self._beginnings if path.startswith(each[0])), None)

    async def _admit(self, dialect: Dialect, scope: HTTPScope) -> Actor | Refusal:
        actor = await self._authenticate(dialect, scope)
        if isinstance(actor, Refusal):
            return actor
        counted = await self._desk.admit(actor, self._per_minute[dialect.name])
        if counted is None:
            return actor
        scope["state"]["counted"] = counted
        return counted if isinstance(counted, Refusal) else actor

    async def _authenticate(self, dialect: Dialect, scope: HTTPScope) -> Actor | Refusal:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        token = dialect.read_token(headers)
        if token is None:
            return Refusal(Code.UNAUTHENTICATED, "A valid token is needed.")
        return await self._desk.authenticate(token, dialect.name)


def _beginnings(dialect: Dialect) -> list[tuple[str, str]]:
    own = [(prefix, prefix) for prefix in dialect.prefixes]
    other = [
        (spelling + prefix.removeprefix(canonical), prefix)
        for spelling, canonical in dialect.spellings.items()
        for prefix in dialect.prefixes
        if prefix.startswith(canonical)
    ]
    return [*own, *other]
