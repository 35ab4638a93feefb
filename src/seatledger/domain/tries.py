"""How often somebody may try to sign in: so many times in a quarter of an hour.

Tries are counted for the account that is tried and for the address they come from, whether or not
there is such an account, so that the answer tells nobody which accounts there are.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
ACCOUNT_MAX = 10
ADDRESS_MAX = 50  # an office may have one address


def standing(tries: Iterable[datetime], now: datetime) -> list[datetime]:
    """The tries that still count; one of the future is from before the clock stepped back."""
    return sorted(each for each in tries if now - WINDOW < each <= now + WINDOW)


def seconds_to_wait(tries: list[datetime], most: int, now: datetime) -> int:
    """How long until one more of the standing tries is allowed: 0 where it is now."""
    if len(tries) < most:
        return 0
    leaves = tries[len(tries) - most] + WINDOW
    return max(1, -((now - leaves) // timedelta(seconds=1)))
