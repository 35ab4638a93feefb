"""A client that speaks HTTP over a bare connection, so that it can also misbehave."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LOOPBACK = "127.0.0.1"
LARGEST_LINE = 1 << 20


class Lost(Exception):
    """No answer came: the connection broke, or was given up. What was asked may have been done."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def says_when_to_retry(self) -> bool:
        return self.headers.get("retry-after", "").isdigit()


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    scheme: str
    body: Any = None

    def encoded(self, token: str) -> bytes:
        content = b"" if self.body is None else json.dumps(self.body).encode()
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: {LOOPBACK}\r\n"
            f"Authorization: {self.scheme} {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content


class Wire:
    """One connection, opened when something is asked and opened anew after it was lost."""

    def __init__(self, port: int, timeout: float = 60) -> None:
        self._port = port
        self._timeout = timeout
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: Request, token: str, within: float | None = None) -> Reply:
        """The answer. Raises Lost where none comes within so many seconds."""
        try:
            async with asyncio.timeout(self._timeout if within is None else within):
                return await self._ask(request.encoded(token))
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
            self.close()
            raise Lost(type(error).__name__) from error

    async def send(self, content: bytes) -> None:
        """Send whatever it is. Raises OSError where the other side has gone."""
        writer = await self._open()
        writer.write(content)
        await writer.drain()

    async def receive(self) -> Reply:
        """The next answer. Raises OSError or EOFError where the other side has gone."""
        assert self._reader is not None
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Reply(int(first.split(" ")[1]), headers, body)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def _ask(self, content: bytes) -> Reply:
        await self.send(content)
        return await self.receive()

    async def _open(self) -> asyncio.StreamWriter:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                LOOPBACK, self._port, limit=LARGEST_LINE
            )
        return self._writer
