"""What people are told of in time: an end that comes near, a course or an invitation left lying."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from seatledger.domain.command import Command

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveNotices(Command):
    """Tell of seats that end soon; remind of seats not begun and of invitations not taken up.

    Answers how many were looked at. `days` are how long before the end a notice is due. A reminder
    is due `reminder_days` after a seat was given, `invitation_days` after an invitation was made;
    0 is never. Each is given once, also where nobody looked in time, and tells how many days are
    left or have passed by now.
    """

    days: tuple[int, ...] = ()
    reminder_days: int = 0
    invitation_days: int = 0
    at_once: int = 500


@dataclass(frozen=True, slots=True)
class Expiring:
    """A seat that ends at `ends`, by its own end or its pool's, in at most `days` days."""

    seat_id: int
    platform_id: int
    days: int
    starts: datetime
    ends: datetime

    @property
    def worth_telling(self) -> bool:
        """Not where the seat was given for less than that: its holder was told the end just now."""
        return self.starts < self.ends - timedelta(days=self.days)

    def days_left(self, now: datetime) -> int:
        """How many days are left, rounded up: the last may have begun."""
        return -((now - self.ends) // DAY)


def full_days(since: datetime, until: datetime) -> int:
    """How many days have passed in between."""
    return (until - since) // DAY
