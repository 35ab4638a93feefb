"""Clients that take seats and give them back, and remember what they were told of each learner.

Every learner belongs to one client, so that what must be true of them afterwards is known exactly,
except where no clear answer came.
"""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from random import Random

from chaos.model import Call, Said
from chaos.report import Report
from chaos.tongues import FOR, Unexpected, say, understand
from chaos.wire import Lost, Reply, Wire
from seatledger.domain.seating import Seated

SEATED, ENDED, REFUSED, UNSURE = "seated", "ended", "refused", "unsure"
PAUSE_SECONDS = 0.02  # after "come again"


@dataclass
class Tally:
    """What was told of each learner of a pool, by number."""

    pool: int
    told: dict[int, str] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def judge(self, seats: list[Seated], report: Report) -> None:
        """Compare with all seats that the pool ever had."""
        rows: dict[str, list[bool]] = {}
        for each in seats:
            rows.setdefault(each.learner.email, []).append(each.seat.live)
        prefix, suffix = f"pool{self.pool}learner", "@acme.example"
        for number, told in self.told.items():
            live = rows.pop(f"{prefix}{number}{suffix}", [])
            report.count("lost", told == SEATED and not any(live))
            report.count("revived", told == ENDED and any(live))
            report.count("given twice", len(live) > 1)
            report.count("given to refused", told == REFUSED and bool(live))
        for figure in ("lost", "revived", "given twice", "given to refused"):
            report.expect(not report.figures.get(figure), f"seats {figure}, pool {self.pool}")
        held, size = sum(each.seat.live for each in seats), seats[0].pool.size if seats else 0
        report.count("oversold", max(0, held - size))
        report.expect(held <= size, f"{held} of {size} seats are held, pool {self.pool}")


@dataclass
class Claimer:
    """One client: claims for new learners, and gives back what it got when the pool is full."""

    wire: Wire
    token: str
    tally: Tally
    random: Random
    report: Report
    mine: dict[int, int] = field(default_factory=dict)  # learner, seat

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, or until nobody answers any more."""
        try:
            while not stop.is_set():
                await self._once()
        except Lost:
            self.report.count("unanswered")
        finally:
            self.wire.close()

    async def _once(self) -> None:
        learner = next(self.tally.numbers)
        said = await self._ask(Call("assign", learner), learner, REFUSED)
        if said is not None and said.how == "done":
            self.tally.told[learner] = SEATED
            self.mine[learner] = said.id
        full = said is not None and said.how == "full"
        if self.mine and (full or self.random.random() < 0.4):
            await self._give_back()

    async def _give_back(self) -> None:
        learner, seat = self.mine.popitem()
        before = self.tally.told[learner]
        said = await self._ask(Call("end", seat=seat), learner, ENDED)
        if said is None:
            self.mine = {learner: seat, **self.mine}  # to be tried again, after the others
        else:
            fits = said.how == "done" or (said.how == "gone" and before == UNSURE)
            self.report.expect(fits, f"ending a seat that was given: {said}")

    async def _ask(self, call: Call, learner: int, told: str) -> Said | None:
        """The answer, noted as `told`; None where it is "come again". Raises Lost."""
        self.tally.told[learner] = UNSURE
        request = say(self.random.choice(FOR[call.what]), self.tally.pool, call)
        reply = await self.wire.ask(request, self.token)
        self.report.count("operations")
        if reply.status == 503:
            self._expect_clear(reply)
            await asyncio.sleep(PAUSE_SECONDS)
            return None
        try:
            said = understand(call, reply)
        except Unexpected as error:
            self.report.expect(False, str(error))
            return None
        self.tally.told[learner] = told
        return said

    def _expect_clear(self, reply: Reply) -> None:
        self.report.count("come again")
        self.report.expect(reply.says_when_to_retry, "a 503 without Retry-After")


async def claim(
    port: int, token: str, tally: Tally, report: Report, random: Random, clients: int
) -> tuple[list["asyncio.Task[None]"], asyncio.Event]:
    """Start so many clients; they stop when the event is set, or when nobody answers."""
    stop = asyncio.Event()
    claimers = [
        Claimer(Wire(port), token, tally, Random(random.random()), report) for _ in range(clients)
    ]
    return [asyncio.create_task(each.run(stop)) for each in claimers], stop
