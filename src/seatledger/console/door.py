"""The door before all pages: who comes in, who is sent to sign in, and what no answer lacks.

It stands outside the router, so that what does not exist tells a stranger nothing either.
"""

from dataclasses import replace

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from seatledger.console import cookies, failures
from seatledger.console.paths import (
    LINKS,
    SIGN_IN,
    STATIC,
    VISITORS,
    is_ours,
    is_visitors,
    parts_of,
    sign_in_for,
)
from seatledger.console.protection import HEADERS, SAFE_METHODS, UNTOLD, is_from_elsewhere
from seatledger.desk import Desk
from seatledger.domain.account import Session
from seatledger.domain.account_command import SeeSession
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.keep_sessions import who_is

OPEN = (SIGN_IN, f"{LINKS}/", f"{STATIC}/", f"{VISITORS}/")
NOT_SIGNED_IN = (f"{STATIC}/", f"{VISITORS}/")  # whoever comes: cookies are not looked at
_ELSEWHERE = Refusal(
    Code.FORBIDDEN, "This came from another page than ours, so nothing was done. Go back and retry."
)


class Door:
    """ASGI middleware for the paths of the console. Leaves the session in the scope's state."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not is_ours(scope["path"]):
            await self._app(scope, receive, send)
            return
        send = _protecting(send, scope["path"])
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        untold = is_visitors(scope["path"])
        if is_from_elsewhere(scope["method"], headers, may_be_untold=untold):
            await failures.send(send, _ELSEWHERE, headers, scope["path"])
            return
        session = await self._session(scope, headers)
        if isinstance(session, Refusal):
            await failures.send(send, session, headers, scope["path"])
            return
        scope["state"] = {**scope.get("state", {}), "session": session}
        if session is None and not scope["path"].startswith(OPEN):
            await _send_to_sign_in(scope, headers, send)
            return
        await self._app(scope, receive, send)

    async def _session(self, scope: HTTPScope, headers: dict[str, str]) -> Session | Refusal | None:
        text = cookies.read(scope["scheme"], headers)
        if text is None or scope["path"].startswith(NOT_SIGNED_IN):
            return None
        now = self._desk.clock()
        session: Session | Refusal | None = await self._desk.ask(who_is, text, now)
        if isinstance(session, Session) and session.seen_long_ago(now):
            actor = replace(session.account.actor(), request_id=scope["state"].get("request_id"))
            seen = await self._desk.submit(SeeSession(actor, session_id=session.id))
            if isinstance(seen, Refusal):  # the page is worth more than the note
                structlog.get_logger().warning("session not noted", code=seen.code)
        return session


def _protecting(send: Send, path: str) -> Send:
    """Sends with the headers that all our answers have; only files are kept by browsers."""
    more = dict(UNTOLD if is_visitors(path) else HEADERS)
    if not path.startswith(f"{STATIC}/"):
        more |= {"cache-control": "no-store", "vary": "HX-Request"}
    added = [(name.encode(), value.encode()) for name, value in more.items()]

    async def send_protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *added]
        await send(message)

    return send_protected


async def _send_to_sign_in(scope: HTTPScope, headers: dict[str, str], send: Send) -> None:
    """A page's visitor is led away; a part of a page is too, by the script that asked for it."""
    if "hx-request" in headers:
        wanted, status, name = parts_of(headers.get("hx-current-url", "")), 200, b"hx-redirect"
    elif scope["method"] in SAFE_METHODS:
        wanted, status, name = (scope["path"], scope["query_string"]), 303, b"location"
    else:
        wanted, status, name = ("", b""), 303, b"location"
    location = [(name, sign_in_for(*wanted).encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": location})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
