"""Clients that hang up before the answer comes, and ask the same again: nothing may happen twice.

Each learner is given a seat and loses it once, in either vendor's words. A group is granted again
and again. A full pool that recycles must lose exactly one old seat for each newcomer.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from chaos.ledger import Bought, Ledger
from chaos.model import Call, Said
from chaos.report import Report
from chaos.stage import Stage
from chaos.tongues import FOR, SQLBI, Unexpected, email, say, understand
from chaos.wire import Lost, Request, Wire

CLIENTS = 16
PATIENCE = (0.0, 0.02)  # seconds until a client hangs up
TRIES = 4  # with so little patience; then it waits for the answer
SETTLING_SECONDS = 1.0  # a request that was given up may still be carried out
SIZE = 5
MEMBERS = 6


@dataclass
class Forgetful:
    """A client that loses answers, and asks until it has one."""

    wire: Wire
    token: str
    random: Random
    report: Report

    async def ask(self, call: Call, pool: int) -> Said:
        """The answer to the last try."""
        tongue = self.random.choice(FOR[call.what])
        return await self.until_told(call, say(tongue, pool, call))

    async def until_told(self, call: Call, request: Request) -> Said:
        for _ in range(TRIES):
            try:
                reply = await self.wire.ask(request, self.token, self.random.uniform(*PATIENCE))
                return understand(call, reply)
            except Lost:
                self.report.count("answers lost")
        return understand(call, await self.wire.ask(request, self.token))


Errand = Callable[[Forgetful, int], Awaitable[None]]


def run(stage: Stage, engine: str, learners: int, seed: int) -> Report:
    """So many learners on one engine, each with a seat that comes and goes."""
    report = Report(f"lost answers {engine}")
    ledger = stage.ledger(engine)
    roomy = ledger.pool(learners * (TRIES + 1))  # room for every mistake
    full = ledger.pool(SIZE)
    granted = ledger.pool(MEMBERS * 2, MEMBERS)
    group = ledger.group(granted, *range(1, MEMBERS + 1))

    seats: dict[int, int] = {}

    async def come(client: Forgetful, learner: int) -> None:
        seats[learner] = await _come(client, learner, roomy.id)
        await _recycle(client, learner, full.id)
        await client.ask(Call("grant", group=group), granted.id)

    async def go(client: Forgetful, learner: int) -> None:
        taken = await client.ask(Call("end", seat=seats[learner]), roomy.id)
        report.count("operations")
        report.expect(taken.how in {"done", "gone"}, f"taking back was answered {taken}")

    with stage.serving(ledger, workers=2 if engine == "postgresql" else 1) as server:
        for errand in (come, go):
            asyncio.run(_errands(server.port, ledger, report, errand, learners, seed))
            time.sleep(SETTLING_SECONDS)
            if report.broken:
                break
    _judge(ledger, report, learners, roomy, full, granted)
    return report


async def _errands(
    port: int, ledger: Ledger, report: Report, errand: Errand, learners: int, seed: int
) -> None:
    numbers = iter(range(1, learners + 1))

    async def client(number: int) -> None:
        forgetful = Forgetful(Wire(port), ledger.token, Random(seed + number), report)
        try:
            for learner in numbers:
                await errand(forgetful, learner)
        except (Lost, Unexpected) as error:
            report.expect(False, f"{type(error).__name__}: {error}")
        finally:
            forgetful.wire.close()

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))


async def _come(client: Forgetful, learner: int, pool: int) -> int:
    """The id of the seat that was given."""
    call = Call("assign", learner)
    given = await client.ask(call, pool)
    if given.how == "held":  # SQLBI's answer to a repetition; ibl's tells the seat
        given = await client.until_told(call, say("ibl", pool, call))
    client.report.count("operations")
    client.report.expect(given.how == "done", f"learner {learner} was answered {given}")
    return given.id


async def _recycle(client: Forgetful, learner: int, pool: int) -> None:
    body = {"email": email(pool, learner), "recycle": True}
    request = Request("POST", f"{SQLBI}/pool/{pool}/license", "Bearer", body)
    said = await client.until_told(Call("assign", learner, strict=True), request)
    client.report.expect(said.how in {"done", "held"}, f"recycling was answered {said}")
    client.report.count("operations")


def _judge(
    ledger: Ledger, report: Report, learners: int, roomy: Bought, full: Bought, granted: Bought
) -> None:
    rows = {pool.id: ledger.seats(pool.id) for pool in (roomy, full, granted)}
    twice = len(rows[roomy.id]) - len({each.learner.id for each in rows[roomy.id]})
    report.count("seats given twice", twice)
    report.expect(twice == 0, f"{twice} seats were given twice")
    report.expect(len(rows[roomy.id]) == learners, "not everybody got a seat")
    left = sum(each.seat.live for each in rows[roomy.id])
    report.expect(left == 0, f"{left} seats were not taken back")
    kept = sum(each.seat.live for each in rows[full.id])
    report.expect(kept == min(SIZE, learners), f"{kept} of {SIZE} seats are held after recycling")
    members = [each for each in rows[granted.id] if each.seat.grants]
    report.count("seats of one grant", len(members))
    report.expect(len(members) == MEMBERS, f"{len(members)} seats for {MEMBERS} members")
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")
