"""Requests that may come twice: with an Idempotency-Key, a write is done once and told again.

What came of the commands of a request is kept in the transaction of what they did. When the request
comes again, its handler runs again, and its commands answer with what came of them then. Where an
answer is made of more than that (the handler also looked something up), the answer is kept as well,
and told as it was. Before any of that the key is looked up: nothing else is judged.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from seatledger.desk import Desk
from seatledger.dialects.recording import Recorder, send_again
from seatledger.dialects.rehearsing import telling
from seatledger.dialects.request_desk import OnceDesk
from seatledger.dialects.sending import send_answer
from seatledger.domain.actor import Actor
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.repeat import OPERATORS
from seatledger.domain.repeat_command import KeepAnswer
from seatledger.usecases.once import key_reused
from seatledger.usecases.recall import Recalled

HEADER = "Idempotency-Key"
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
_NAME = HEADER.lower().encode()
_KEY = re.compile(rb"[\x21-\x7e]{1,255}")
_IN_USE = Refusal(
    Code.KEY_IN_USE,
    "The request of this key is being carried out; come again in a second.",
    field=HEADER,
    details={"retry_after_seconds": 1},
)


class Repeating:
    """ASGI middleware, behind the gate. Leaves the request's own desk in the scope's state."""

    def __init__(self, app: ASGIApp, desk: Desk, body_bytes_max: int) -> None:
        self._app = app
        self._desk = desk
        self._body_bytes_max = body_bytes_max
        self._running: dict[tuple[int, str], str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] not in WRITES:
            await self._app(scope, receive, send)
            return
        if b"dry_run" in scope["query_string"]:
            send = telling(scope, send)
        keys = [value for name, value in scope["headers"] if name == _NAME]
        if not keys or "actor" not in scope.get("state", {}):
            await self._app(scope, receive, send)
            return
        key = _read_key(keys)
        if isinstance(key, Refusal):
            await self._refuse(scope, send, key)
            return
        body = await _read_body(receive, self._body_bytes_max)
        if isinstance(body, bytes):
            whole = {"type": "http.request", "body": body, "more_body": False}
            receive = _giving([whole], receive)
            await self._once(key, _fingerprint(scope, body), scope, receive, send)
        else:  # too large, or broken off: whoever reads it says so
            await self._app(scope, _giving(body, receive), send)

    async def _once(
        self, key: str, fingerprint: str, scope: HTTPScope, receive: Receive, send: Send
    ) -> None:
        actor: Actor = scope["state"]["actor"]
        owner = OPERATORS if actor.platform_id is None else actor.platform_id
        running = self._running.get((owner, key))
        if running is not None:
            refusal = _IN_USE if running == fingerprint else key_reused()
            await self._refuse(scope, send, refusal)
            return
        self._running[owner, key] = fingerprint
        try:
            known = await self._desk.recall(owner, key)
            if isinstance(known, Recalled) and known.fingerprint != fingerprint:
                known = key_reused()
            if isinstance(known, Refusal):
                await self._refuse(scope, send, known)
            elif known is not None and known.answer is not None:
                await send_again(send, known.answer)
            else:
                desk = OnceDesk(self._desk, owner, key, fingerprint, known)
                scope["state"]["desk"] = desk

                async def keep(answer: str) -> None:
                    command = KeepAnswer(actor, platform_id=owner, key=key, answer=answer)
                    await self._desk.submit(command)  # refused, it will be made again

                await self._app(scope, receive, Recorder(desk, send, keep).send)
        finally:
            del self._running[owner, key]

    async def _refuse(self, scope: HTTPScope, send: Send, refusal: Refusal) -> None:
        dialect = scope["state"]["dialect"]
        await send_answer(send, dialect.refuse(refusal), dialect)


def _read_key(values: Sequence[bytes]) -> str | Refusal:
    if len(values) == 1 and _KEY.fullmatch(values[0]):
        return values[0].decode()
    return invalid(HEADER, f"{HEADER} is given once and has 1 to 255 visible ASCII characters.")


async def _read_body(receive: Receive, bytes_max: int) -> bytes | list[Any]:
    """The body; where it is longer than that or breaks off, what was received of it."""
    received: list[Any] = []
    length = 0
    while True:
        message = await receive()
        received.append(message)
        if message["type"] != "http.request":
            return received
        length += len(message.get("body", b""))
        if length > bytes_max:
            return received
        if not message.get("more_body", False):
            return b"".join(each.get("body", b"") for each in received)


def _giving(messages: Sequence[Any], receive: Receive) -> Receive:
    """Gives what was received before, then what comes."""
    waiting = iter(messages)

    async def receive_again() -> Any:
        message = next(waiting, None)
        return await receive() if message is None else message

    return receive_again


def _fingerprint(scope: HTTPScope, body: bytes) -> str:
    """What makes a request the same: method, path as the client spelled it, query and body."""
    asked = scope["state"]["asked_path"].encode()
    parts = (scope["method"].encode(), asked, scope["query_string"], body)
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()
