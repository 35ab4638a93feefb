"""SIGKILL to PostgreSQL at a random moment: to all of it, or to one process that serves a client.

The server is never restarted: when the database is back, it must serve again by itself.
"""

import asyncio
import time
from random import Random

from chaos.claims import Tally, claim
from chaos.killed_server import CLIENTS, MOMENT, SIZE, look
from chaos.ledger import Ledger
from chaos.model import Call
from chaos.report import Report
from chaos.stage import Stage
from chaos.tongues import say
from chaos.wire import Lost, Wire
from tests.support.server import Server

BACK_SECONDS_MAX = 10
KILLS_OF_A_LEDGER = 20


def run(stage: Stage, kills: int, seed: int) -> Report:
    """So many kills, half of them of everything."""
    report = Report("killed database")
    random = Random(seed)
    for first in range(0, kills, KILLS_OF_A_LEDGER):
        ledger = stage.ledger("postgresql")
        tally = Tally(ledger.pool(SIZE).id)
        with stage.serving(ledger, workers=2) as server:
            for number in range(min(KILLS_OF_A_LEDGER, kills - first)):
                asyncio.run(
                    _kill(stage, server, ledger, tally, report, random, everything=number % 2 == 0)
                )
                report.count("kills")
                look(ledger, tally, report)
                if report.broken:
                    return report
    return report


async def _kill(
    stage: Stage,
    server: Server,
    ledger: Ledger,
    tally: Tally,
    report: Report,
    random: Random,
    *,
    everything: bool,
) -> None:
    tasks, stop = await claim(server.port, ledger.token, tally, report, random, CLIENTS)
    await asyncio.sleep(random.uniform(*MOMENT))
    if everything:
        await asyncio.to_thread(stage.postgres.kill)
        await asyncio.sleep(random.uniform(0, 0.3))
        await asyncio.to_thread(stage.postgres.start)
    else:
        assert stage.postgres.kill_a_backend(), "there is no backend to kill"
        await asyncio.to_thread(stage.postgres.wait)
    milliseconds = await until_served(server, ledger, tally.pool)
    report.most("ms until served again, at most", milliseconds)
    report.expect(
        milliseconds < BACK_SECONDS_MAX * 1000, "the server did not serve again by itself"
    )
    stop.set()
    await asyncio.gather(*tasks)
    report.expect(not report.figures.get("unanswered"), "requests that were never answered")


async def until_served(server: Server, ledger: Ledger, pool: int) -> int:
    """How many milliseconds until a write succeeds; at most BACK_SECONDS_MAX and a little."""
    began = time.monotonic()
    wire = Wire(server.port, timeout=BACK_SECONDS_MAX)
    probe = say("ibl", pool, Call("resize", size=SIZE))
    while time.monotonic() - began < BACK_SECONDS_MAX:
        try:
            if (await wire.ask(probe, ledger.token)).status == 200:
                break
        except Lost:
            pass
        await asyncio.sleep(0.02)
    wire.close()
    return int((time.monotonic() - began) * 1000)
