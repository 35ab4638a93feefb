"""More than can be served: thousands of connections, slow callers, bodies of 10 MB, many requests.

Memory stays bounded, nothing is a 500, what is too much is refused by name, and when the crowd has
gone the server answers as before.
"""

import asyncio
import resource
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle

import psutil  # type: ignore[import-untyped]

from chaos.killed_database import until_served
from chaos.ledger import Ledger
from chaos.model import Call
from chaos.report import Report
from chaos.stage import Stage
from chaos.tongues import say
from chaos.wire import Lost, Request, Wire
from tests.support.server import Server

MEMORY_MAX = 400_000_000  # bytes, of one process
QUEUE = 50  # writes that may wait in a process: a part of its share of the callers
BODY_BYTES = 10_000_000
CHUNK = b"x" * 65_536
ALLOWED = {200, 204, 400, 413, 429, 503}
SERVED_AGAIN_SECONDS_MAX = 5
SLOW_EVERY = 10  # one connection in ten is slow, one in ten sends large bodies


@dataclass
class Crowd:
    """What the crowd asks, how much of it is left, and what was answered."""

    port: int
    token: str
    manager: str
    pool: int
    left: int
    answers: Counter[int] = field(default_factory=Counter)
    hung_up: int = 0
    over: bool = False
    asking: int = 0
    asked_enough: asyncio.Event = field(default_factory=asyncio.Event)


def run(stage: Stage, engine: str, connections: int, requests: int) -> Report:
    """So many connections at once, most of which share so many requests."""
    report = Report(f"overload {engine}")
    connections = min(connections, _open_files() // 2)
    ledger = stage.ledger(engine)
    pool = ledger.pool(size=10).id
    settings = {"SEATLEDGER_QUEUE_MAX": str(QUEUE), "SEATLEDGER_SQLBI_RATE_PER_MINUTE": "25"}
    with stage.serving(ledger, workers=2 if engine == "postgresql" else 1, **settings) as server:
        crowd = Crowd(server.port, ledger.token, ledger.manager_token(), pool, requests)
        peak = asyncio.run(_rush(server, crowd, connections))
        back = asyncio.run(until_served(server, ledger, pool))
    _judge(report, crowd, ledger, connections, peak, back)
    return report


async def _rush(server: Server, crowd: Crowd, connections: int) -> int:
    """The most memory that a process of the server had meanwhile, in bytes."""
    many = [_caller(crowd, number) for number in range(connections)]
    watching = asyncio.create_task(_watch(server, crowd))
    bodies = asyncio.gather(*many)
    await crowd.asked_enough.wait()
    crowd.over = True
    await bodies
    return await watching


async def _caller(crowd: Crowd, number: int) -> None:
    wire = Wire(crowd.port, timeout=120)
    kind = {0: _crawl, 1: _shout}.get(number % SLOW_EVERY, _ask)
    try:
        await kind(wire, crowd, number)
    except (OSError, EOFError, Lost):
        crowd.hung_up += 1
    finally:
        wire.close()


async def _ask(wire: Wire, crowd: Crowd, number: int) -> None:
    """Ordinary requests, one after the other, as fast as they are answered."""
    asked = (
        (say("ibl", crowd.pool, Call("assign", number)), crowd.token),
        (say("sqlbi", crowd.pool, Call("look")), crowd.token),
        (say("sqlbi", crowd.pool, Call("assign", number)), crowd.manager),
    )
    crowd.asking += 1
    try:
        for request, token in cycle(asked):
            if crowd.left <= 0:
                break
            crowd.left -= 1
            crowd.answers[(await wire.ask(request, token)).status] += 1
    finally:
        crowd.asking -= 1
        if crowd.asking == 0:
            crowd.asked_enough.set()


async def _crawl(wire: Wire, crowd: Crowd, _: int) -> None:
    """A request of which a byte comes every now and then, and which never ends."""
    for byte in Request("GET", "/api/licensing/v1/me", "Bearer").encoded(crowd.token):
        if crowd.over:
            return
        await wire.send(bytes([byte]))
        await asyncio.sleep(0.5)


async def _shout(wire: Wire, crowd: Crowd, number: int) -> None:
    """A body of 10 MB after the other; the answer may come before the body is through."""
    path = say("ibl" if number % 4 else "sqlbi", crowd.pool, Call("assign", 1)).path
    scheme = "Api-Token" if number % 4 else "Bearer"
    head = Request("POST", path, scheme).encoded(crowd.token)
    head = head.replace(b"Content-Length: 0", b"Content-Length: %d" % BODY_BYTES)
    while not crowd.over:
        await wire.send(head)
        sending = asyncio.create_task(_send_body(wire))
        try:
            async with asyncio.timeout(120):
                crowd.answers[(await wire.receive()).status] += 1
        except (OSError, EOFError, TimeoutError):
            crowd.hung_up += 1
        sending.cancel()
        with suppress(asyncio.CancelledError, OSError):
            await sending
        wire.close()
        await asyncio.sleep(1)


async def _send_body(wire: Wire) -> None:
    for begin in range(0, BODY_BYTES, len(CHUNK)):
        await wire.send(CHUNK[: BODY_BYTES - begin])


async def _watch(server: Server, crowd: Crowd) -> int:
    assert server.process is not None
    root = psutil.Process(server.process.pid)
    peak = 0
    while not crowd.over:
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                peak = max(peak, process.memory_info().rss)
        await asyncio.sleep(0.2)
    return peak


def _judge(
    report: Report, crowd: Crowd, ledger: Ledger, connections: int, peak: int, back: int
) -> None:
    report.count("connections", connections)
    report.count("requests", sum(crowd.answers.values()))
    for status, number in sorted(crowd.answers.items()):
        report.count(f"× {status}", number)
    report.count("hung up on", crowd.hung_up)
    report.count("MB at most", peak // 1_000_000)
    report.count("ms until served again", back)
    strange = set(crowd.answers) - ALLOWED
    report.expect(not strange, f"answers that overload does not excuse: {sorted(strange)}")
    report.expect(crowd.answers[413] > 0, "no body was refused as too large")
    report.expect(crowd.answers[429] > 0, "no caller was refused for asking too often")
    report.expect(crowd.answers[503] > 0, "nothing was refused for want of room in the queue")
    report.expect(crowd.answers[200] > 0, "nothing was served")
    report.expect(peak < MEMORY_MAX, f"a process grew to {peak // 1_000_000} MB")
    report.expect(back < SERVED_AGAIN_SECONDS_MAX * 1000, "the server stayed busy afterwards")
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")


def _open_files() -> int:
    """How many files this process and its server may open, as many as they can get."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
