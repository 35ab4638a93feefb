"""A receiver of webhooks as they are: it fails, hangs, answers late, takes and does not say so."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

# What it does with a request, and how often of a hundred times.
MOODS = {
    "well": 80,
    "fails": 6,
    "busy": 3,
    "takes and fails": 4,
    "takes and hangs up": 3,
    "late": 3,
    "hangs": 1,
}
LATE_SECONDS = 1.0
HANGS_SECONDS = 5.0  # longer than anybody waits for it


@dataclass(frozen=True)
class Arrival:
    """A request with a good signature; `accepted` is whether it was told so."""

    id: str
    sequence: int
    order_key: str
    accepted: bool


@dataclass
class FickleReceiver:
    """Notes what arrives, in the order of its answers."""

    secret: str
    seed: int
    arrivals: list[Arrival] = field(default_factory=list)
    moods: Counter[str] = field(default_factory=Counter)
    forged: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, started: threading.Event) -> None:
        self._random = Random(self.seed)
        self._webhook = Webhook(self.secret)
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
            }
            body = await reader.readexactly(int(headers["content-length"]))
            await self._answer(headers, body, writer)
        writer.close()

    async def _answer(
        self, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> None:
        try:
            told = self._webhook.verify(body, headers)
        except WebhookVerificationError:
            self.forged += 1
            return
        mood = self._random.choices(list(MOODS), list(MOODS.values()))[0]
        self.moods[mood] += 1
        if mood == "hangs":
            await asyncio.sleep(HANGS_SECONDS)
        if mood in {"fails", "busy", "hangs"}:
            status = "503 Busy\r\nretry-after: 1" if mood == "busy" else "500 Broken"
        else:
            if mood == "late":
                await asyncio.sleep(LATE_SECONDS)
            self._note(headers["webhook-id"], told, accepted=mood in {"well", "late"})
            status = "204 Taken" if mood in {"well", "late"} else "500 Broken"
        if mood != "takes and hangs up":
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()

    def _note(self, message: str, told: Any, *, accepted: bool) -> None:
        seat = told["data"]["seat"]
        key = told["subject"] if seat is None else f"{seat['learner']} {seat['item']}"
        self.arrivals.append(Arrival(message, int(told["sequence"]), key, accepted))


@contextmanager
def receiving(secret: str, seed: int) -> Iterator[FickleReceiver]:
    """A receiver on loopback, as long as the block runs."""
    receiver = FickleReceiver(secret, seed)
    started = threading.Event()
    thread = threading.Thread(
        target=lambda: asyncio.run(receiver.serve(started)), name="receiver", daemon=True
    )
    thread.start()
    assert started.wait(10), "the receiver does not start"
    try:
        yield receiver
    finally:
        receiver.stop()
        thread.join(10)
