"""The load generator, a process of its own: `python -m bench.load < plan`.

Each client is a raw `asyncio.Protocol` on one keep-alive connection that sends its next request as
soon as it has its answer. Requests are bytes that were built before the clock started; of an answer
only the status and the Content-Length are read.
"""

import asyncio
import gc
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, cast

LATE_SECONDS = 60  # how long the answers to the last requests may take


@dataclass
class Tally:
    """What all clients of a run share: what to send, when to stop, what came back."""

    requests: Iterator[bytes]
    stop_at: float = 0.0
    last_answer_at: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[bytes] = field(default_factory=Counter)
    samples: dict[bytes, bytes] = field(default_factory=dict)  # the first answer of each status


class Client(asyncio.Protocol):
    def __init__(self, tally: Tally, done: "asyncio.Future[None]") -> None:
        self._tally = tally
        self._done = done
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def send_next(self, now: float) -> None:
        assert self._transport is not None
        request = next(self._tally.requests, None) if now < self._tally.stop_at else None
        if request is None:
            self._done.set_result(None)
            return
        self._sent_at = now
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        received = self._received + data if self._received else data
        head_end = received.find(b"\r\n\r\n")
        if head_end < 0 or len(received) < head_end + 4 + _length(received, head_end):
            self._received = received
            return
        self._received = b""
        now = time.perf_counter()
        tally = self._tally
        status = received[9:12]
        tally.latencies.append(now - self._sent_at)
        tally.statuses[status] += 1
        if status not in tally.samples:
            tally.samples[status] = received
        tally.last_answer_at = now
        self.send_next(now)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(ConnectionError(f"the server closed a connection: {exc}"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(received: bytes, head_end: int) -> int:
    head = received[:head_end].lower()
    start = head.find(b"\r\ncontent-length:")
    if start < 0:
        return 0
    return int(head[start + 17 :].split(b"\r\n", 1)[0])


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Fire what the plan says; answers with rates, latencies, statuses and the CPU time it cost."""
    requests = build(plan)
    tally = Tally(cycle(requests) if plan["repeat"] else iter(requests))
    loop = asyncio.get_running_loop()
    clients: list[Client] = []
    ends: list[asyncio.Future[None]] = []
    for _ in range(plan["clients"]):
        client = Client(tally, end := loop.create_future())
        await loop.create_connection(lambda each=client: each, plan["host"], plan["port"])  # type: ignore[misc]
        clients.append(client)
        ends.append(end)
    gc.collect()
    gc.freeze()
    spent = _cpu_seconds()
    started = time.perf_counter()
    tally.stop_at = started + plan["seconds"]
    for client in clients:
        client.send_next(time.perf_counter())
    await asyncio.wait_for(asyncio.gather(*ends), plan["seconds"] + LATE_SECONDS)
    spent = _cpu_seconds() - spent
    for client in clients:
        client.close()
    return _report(tally, tally.last_answer_at - started, spent)


def build(plan: dict[str, Any]) -> list[bytes]:
    """All requests of a run: the template with `{n}` counting up and `{each}` going round."""
    template, each = plan["template"], plan["each"] or [""]
    method, path, headers, body = (template[part] for part in ("method", "path", "headers", "body"))
    requests = []
    for n in range(plan["first"], plan["first"] + plan["count"]):
        turn = str(each[n % len(each)])
        target = path.replace("{each}", turn).replace("{n}", str(n))
        content = body.replace("{each}", turn).replace("{n}", str(n)).encode()
        head = f"{method} {target} HTTP/1.1\r\nHost: {plan['host']}\r\n{headers}"
        if content:
            head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        requests.append(head.encode() + b"\r\n" + content)
    return requests


def _report(tally: Tally, seconds: float, cpu_seconds: float) -> dict[str, Any]:
    latencies = sorted(tally.latencies)

    def percentile(share: float) -> float:
        return latencies[min(int(len(latencies) * share), len(latencies) - 1)] * 1000

    return {
        "requests": len(latencies),
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "p50_ms": percentile(0.50),
        "p95_ms": percentile(0.95),
        "p99_ms": percentile(0.99),
        "statuses": {status.decode(): count for status, count in tally.statuses.items()},
        "samples": {
            status.decode(): answer.decode(errors="replace")
            for status, answer in tally.samples.items()
        },
    }


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    plan = json.load(sys.stdin)
    with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
        json.dump(runner.run(run(plan)), sys.stdout)


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:  # it doesn't exist for every system
        return asyncio.new_event_loop
    return uvloop.new_event_loop


if __name__ == "__main__":
    main()
