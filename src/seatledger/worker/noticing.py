"""Tells people in time of what comes."""

from contextlib import AbstractAsyncContextManager

from seatledger.desk import Desk
from seatledger.domain.notice import GiveNotices
from seatledger.domain.refusal import Refusal
from seatledger.ops.settings import Settings
from seatledger.usecases.keep_tokens import SWEEP
from seatledger.worker.repeating import repeating

PAUSE_SECONDS = 300.0  # what is told in days may be some minutes late


def noticing(desk: Desk, settings: Settings) -> AbstractAsyncContextManager[None]:
    """Look again and again, as long as the block runs."""
    return repeating("notices", lambda: notice(desk, settings), PAUSE_SECONDS)


async def notice(desk: Desk, settings: Settings) -> None:
    """Give all notices and reminders that are due."""
    days = tuple(int(each) for each in settings.expiry_notice_days.split(",") if each)
    command = GiveNotices(
        SWEEP,
        days=days,
        reminder_days=settings.reminder_days,
        invitation_days=settings.invitation_reminder_days,
    )
    while True:
        outcome = await desk.submit(command)
        if isinstance(outcome, Refusal) or outcome == 0:
            return
