"""The sweep: records the ends that have come, and forgets what was kept long enough.

Nothing depends on it being in time: access stops at the right second without it, and assigning
frees lapsed seats of a full pool by itself.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from secrets import token_hex

from seatledger.desk import Desk
from seatledger.domain.command import Command, LapseSeats
from seatledger.domain.link_command import ForgetCodes
from seatledger.domain.outbox_command import ForgetDeliveries, ForgetMessages
from seatledger.domain.refusal import Refusal
from seatledger.domain.repeat_command import ForgetRepeats
from seatledger.usecases.keep_tokens import SWEEP
from seatledger.worker.repeating import repeating


def sweeping(desk: Desk, pause_seconds: float) -> AbstractAsyncContextManager[None]:
    """Sweep again and again, as long as the block runs."""

    async def clean() -> None:
        await sweep(desk)
        await forget(desk)

    return repeating("sweep", clean, pause_seconds)


async def sweep(desk: Desk) -> int:
    """Record all ends that have come; answers how many."""
    lapsed = 0
    sweeper = replace(SWEEP, request_id=f"sweep-{token_hex(8)}")
    while True:
        outcome = await desk.submit(LapseSeats(sweeper))
        if isinstance(outcome, Refusal) or outcome == 0:
            return lapsed
        lapsed += outcome


async def forget(desk: Desk) -> int:
    """Forget what was kept long enough: requests with a key, codes, messages and what became of
    each; answers how many rows."""
    each = [
        ForgetRepeats(SWEEP),
        ForgetCodes(SWEEP),
        ForgetMessages(SWEEP),
        ForgetDeliveries(SWEEP),
    ]
    return sum([await _forget_all(desk, command) for command in each])


async def _forget_all(desk: Desk, command: Command) -> int:
    """Repeat a command that forgets a few at a time, until there are none."""
    forgotten = 0
    while True:
        outcome = await desk.submit(command)
        if isinstance(outcome, Refusal) or outcome == 0:
            return forgotten
        forgotten += outcome
