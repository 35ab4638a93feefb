"""SIGKILL to the server and all its workers at a random moment, again and again."""

import asyncio
from random import Random

from chaos.claims import Tally, claim
from chaos.ledger import Ledger
from chaos.report import Report
from chaos.stage import Stage
from tests.support.server import Server

CLIENTS = 12
SIZE = 40
KILLS_OF_A_LEDGER = 20  # so that looking at all of it after each stays quick
MOMENT = (0.02, 0.4)  # seconds after the first request


def run(stage: Stage, engine: str, kills: int, seed: int) -> Report:
    """So many kills on one engine."""
    report = Report(f"killed server {engine}")
    random = Random(seed)
    for first in range(0, kills, KILLS_OF_A_LEDGER):
        ledger = stage.ledger(engine)
        tally = Tally(ledger.pool(SIZE).id)
        for _ in range(min(KILLS_OF_A_LEDGER, kills - first)):
            with stage.serving(ledger, workers=2 if engine == "postgresql" else 1) as server:
                asyncio.run(_until_killed(server, ledger, tally, report, random))
            report.count("kills")
            look(ledger, tally, report)
            if report.broken:
                return report
    return report


def look(ledger: Ledger, tally: Tally, report: Report) -> None:
    """What the ledger must be after every fault."""
    tally.judge(ledger.seats(tally.pool), report)
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")


async def _until_killed(
    server: Server, ledger: Ledger, tally: Tally, report: Report, random: Random
) -> None:
    tasks, _ = await claim(server.port, ledger.token, tally, report, random, CLIENTS)
    await asyncio.sleep(random.uniform(*MOMENT))
    server.kill()
    await asyncio.gather(*tasks)
