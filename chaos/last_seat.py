"""Many clients want the last seats of small pools; every answer must have its place in an order.

They assign, end, move ends, lower and raise the size, grant to groups and take grants back, in both
vendors' words, through several processes. What each client saw of its pool is then explained by
`linearize`, or it can't be.
"""

import asyncio
import time
from dataclasses import dataclass, field
from random import Random

from chaos.ledger import Bought, Ledger
from chaos.linearize import Operation, explain
from chaos.model import Call, Said, State, step
from chaos.report import Report
from chaos.stage import Stage
from chaos.tongues import FOR, Unexpected, say, understand
from chaos.wire import Lost, Wire

POOLS_AT_ONCE = 8
CLIENTS = 4  # of each pool
CALLS = 40  # of each client
LEARNERS = 5
GROUPS = ((1, 2), (2, 3, 4))
SIZES = (1, 2, 3)
WHAT = ("assign",) * 8 + ("end",) * 4 + ("resize",) * 2 + ("grant", "remove", "move", "look")


@dataclass
class Contest:
    """A pool, its groups, and what its clients did and were told."""

    pool: Bought
    size: int
    groups: dict[int, tuple[int, ...]]
    history: list[Operation[Call, Said]] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)  # told of, ended or not
    grants: list[int] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def next_call(self, random: Random) -> Call:
        what = random.choice(WHAT)
        if what in {"end", "move"} and self.seats:
            seat = random.choice(self.seats[-LEARNERS:])
            return Call(what, seat=seat, later=what == "move" and random.random() < 0.5)
        if what == "resize":
            return Call(what, size=random.randrange(5))
        if what == "grant":
            group = random.choice(list(self.groups))
            return Call(what, group=group, members=self.groups[group])
        if what == "remove" and self.grants:
            return Call(what, seat=random.choice(self.grants[-2:]))
        if what == "look":
            return Call(what)
        return Call("assign", learner=random.randrange(1, LEARNERS + 1))

    def note(self, operation: Operation[Call, Said]) -> None:
        self.history.append(operation)
        if operation.said.id:
            told = self.seats if operation.call.what == "assign" else self.grants
            told.append(operation.said.id)


def run(stage: Stage, engine: str, operations: int, seed: int) -> Report:
    """At least so many operations on one engine."""
    report = Report(f"last seat {engine}")
    ledger = stage.ledger(engine)
    random = Random(seed)
    with stage.serving(ledger, workers=3 if engine == "postgresql" else 1) as server:
        while report.figures.get("operations", 0) < operations and not report.broken:
            contests = [_contest(ledger, random) for _ in range(POOLS_AT_ONCE)]
            asyncio.run(_play(server.port, ledger.token, contests, random))
            for contest in contests:
                _judge(contest, ledger, report)
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")
    return report


def _contest(ledger: Ledger, random: Random) -> Contest:
    size = random.choice(SIZES)
    pool = ledger.pool(size, LEARNERS)
    return Contest(pool, size, {ledger.group(pool, *members): members for members in GROUPS})


async def _play(port: int, token: str, contests: list[Contest], random: Random) -> None:
    await asyncio.gather(
        *(
            _client(port, token, contest, Random(random.random()))
            for contest in contests
            for _ in range(CLIENTS)
        )
    )


async def _client(port: int, token: str, contest: Contest, random: Random) -> None:
    wire = Wire(port)
    try:
        for _ in range(CALLS):
            call = contest.next_call(random)
            tongue = random.choice(FOR[call.what])
            call = call._replace(strict=tongue == "sqlbi")
            called = time.monotonic()
            reply = await wire.ask(say(tongue, contest.pool.id, call), token)
            contest.note(Operation(call, understand(call, reply), called, time.monotonic()))
    except (Lost, Unexpected) as error:
        contest.unexpected.append(f"{type(error).__name__}: {error}")
    finally:
        wire.close()


def _judge(contest: Contest, ledger: Ledger, report: Report) -> None:
    report.count("operations", len(contest.history))
    report.count("pools")
    for sentence in contest.unexpected:
        report.expect(False, sentence)
    puzzle = explain(contest.history, State(contest.size), step)
    report.count("inexplicable", puzzle is not None)
    report.expect(puzzle is None, f"pool {contest.pool.id}: {puzzle}")
    with ledger.world() as world:
        found = world.look(contest.pool.id)
    live = sum(each.seat.live for each in ledger.seats(contest.pool.id))
    report.count("oversold", max(0, live - found.size))
    report.expect(live == found.held <= found.size, f"{live} seats of {found}")
