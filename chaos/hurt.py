"""The shape of every fault in which the database is there but can't be used for a while.

Clients go on asking. While it lasts they are told to come again, and when, within a bearable time;
the server stays small; and when it is over, it serves again by itself and has lost nothing.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from random import Random

import psutil  # type: ignore[import-untyped]

from chaos.claims import Tally, claim
from chaos.killed_database import BACK_SECONDS_MAX, until_served
from chaos.killed_server import CLIENTS, SIZE, look
from chaos.ledger import Ledger
from chaos.model import Call
from chaos.report import Report
from chaos.tongues import say
from chaos.wire import Lost, Wire
from tests.support.server import Server

Harm = Callable[[], AbstractContextManager[None]]
REFUSED_SECONDS_MAX = 6  # until the harm must have shown, besides the server's patience
GROWTH_MAX = 150_000_000  # bytes, of all processes together


def suffer(
    server: Server,
    ledger: Ledger,
    report: Report,
    harm: Harm,
    seconds: float,
    clients: int = CLIENTS,
    patience: float = 0,
) -> None:
    """Do harm to so many clients, for so many seconds after the first of them was refused.

    `patience` is how many seconds the server may let them wait.
    """
    tally = Tally(ledger.pool(SIZE).id)
    asyncio.run(_suffer(server, ledger, tally, report, harm, seconds, clients, patience))
    report.expect(not report.figures.get("unanswered"), "requests that were never answered")
    look(ledger, tally, report)


async def _suffer(
    server: Server,
    ledger: Ledger,
    tally: Tally,
    report: Report,
    harm: Harm,
    seconds: float,
    clients: int,
    patience: float,
) -> None:
    before = memory(server)
    tasks, stop = await claim(server.port, ledger.token, tally, report, Random(1), clients)
    await asyncio.sleep(0.5)
    context = harm()
    await asyncio.to_thread(context.__enter__)
    try:
        within = REFUSED_SECONDS_MAX + patience
        waited = await _until_refused(server, ledger, tally.pool, within)
        report.most("ms until refused", waited)
        report.expect(waited < within * 1000, "nobody was told to come again")
        await asyncio.sleep(seconds)
        report.most("MB grown", (memory(server) - before) // 1_000_000)
    finally:
        await asyncio.to_thread(context.__exit__, None, None, None)
    back = await until_served(server, ledger, tally.pool)
    report.most("ms until served again", back)
    report.expect(back < BACK_SECONDS_MAX * 1000, "the server did not serve again by itself")
    grown = report.figures["MB grown"]
    report.expect(grown * 1_000_000 < GROWTH_MAX, f"the server grew by {grown} MB")
    stop.set()
    await asyncio.gather(*tasks)


async def _until_refused(server: Server, ledger: Ledger, pool: int, within: float) -> int:
    """How many milliseconds until a write is told to come again."""
    began = time.monotonic()
    wire = Wire(server.port, timeout=within)
    probe = say("ibl", pool, Call("resize", size=SIZE))
    while time.monotonic() - began < within:
        with suppress(Lost):
            if (await wire.ask(probe, ledger.token)).status == 503:
                break
        await asyncio.sleep(0.02)
    wire.close()
    return int((time.monotonic() - began) * 1000)


def memory(server: Server) -> int:
    """Bytes of memory that the server's processes have, together."""
    assert server.process is not None
    root = psutil.Process(server.process.pid)
    return sum(each.memory_info().rss for each in [root, *root.children(recursive=True)])
