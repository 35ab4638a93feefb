"""An answer as it was sent, kept to be sent again."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar.types import Message, Send

from seatledger.dialects.request_desk import OnceDesk

KEPT_BYTES_MAX = 256 * 1024  # what is longer is made again
REPLAYED = (b"idempotent-replayed", b"true")


class Recording(msgspec.Struct):
    """The answer to one request."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = b""


class Recorder:
    """Sends what a handler answers, and says where it is a replay.

    An answer that lasts and is made of more than of what came of commands is given to `keep`
    before it is sent: whoever has it will be told the same again.
    """

    def __init__(self, desk: OnceDesk, send: Send, keep: Callable[[str], Awaitable[Any]]) -> None:
        self._desk = desk
        self._send = send
        self._keep = keep
        self._recording: Recording | None = None
        self._held: list[Message] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message["status"], list(message["headers"]))
            if self._desk.replayed:
                message["headers"] = [*message["headers"], REPLAYED]
        recording = self._recording
        if recording is None:
            await self._send(message)
            return
        self._held.append(message)
        if message["type"] == "http.response.body":
            recording.body += message["body"]
            too_long = len(recording.body) > KEPT_BYTES_MAX
            if not too_long and message.get("more_body", False):
                return
            if not too_long:
                await self._keep(msgspec.json.encode(recording).decode())
            await self._let_go()

    def _begin(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        desk = self._desk
        if desk.heard and desk.carried_out and desk.lasting and status < 500:
            said = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
            self._recording = Recording(status, said)

    async def _let_go(self) -> None:
        held, self._held, self._recording = self._held, [], None
        for message in held:
            await self._send(message)


async def send_again(send: Send, answer: str) -> None:
    """Send an answer that was kept, byte by byte, and say that it was."""
    said = msgspec.json.decode(answer, type=Recording)
    headers: list[Any] = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in said.headers
    ]
    await send(
        {"type": "http.response.start", "status": said.status, "headers": [*headers, REPLAYED]}
    )
    await send({"type": "http.response.body", "body": said.body, "more_body": False})
