"""Read history: what happened on a platform, to a pool, to a seat; and a pool as it once was."""

from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.history import fold
from seatledger.domain.past import as_it_was
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal, invalid, unknown_pool, unknown_seat
from seatledger.storage import event_lists, pool_lists, seat_lists, usage
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.event_lists import EventFilter, Told
from seatledger.storage.unit import Unit

__all__ = ["EventFilter", "Told"]
ALL = 2**63 - 1  # higher than any number


def follow_events(unit: Unit, wanted: EventFilter, stretch: Stretch) -> Followed[Told]:
    """The next events of a platform, which must be within the reach of who asks."""
    return event_lists.follow(unit, wanted, stretch)


def pool_history(
    unit: Unit, reach: Reach, pool_id: int, stretch: Stretch, now: datetime
) -> Followed[Told] | Refusal:
    """What happened to a pool, its seats and its grants."""
    pool = pool_lists.get(unit, reach, pool_id, now)
    if pool is None:
        return unknown_pool()
    return event_lists.follow(unit, EventFilter(pool.platform_id, pool_id=pool_id), stretch)


def seat_history(
    unit: Unit, reach: Reach, seat_id: int, stretch: Stretch, now: datetime
) -> Followed[Told] | Refusal:
    """What happened to a seat."""
    seated = seat_lists.get(unit, reach, seat_id, now)
    if seated is None:
        return unknown_seat()
    wanted = EventFilter(seated.seat.platform_id, seat_id=seat_id)
    return event_lists.follow(unit, wanted, stretch)


def pool_as_of(
    unit: Unit, reach: Reach, pool_id: int, moment: datetime, now: datetime
) -> Pool | Refusal:
    """A pool as it was after its last event up to a moment; unknown where it had none by then."""
    if moment > now:
        return invalid("as_of", "The future has no history.")
    pool = pool_lists.get(unit, reach, pool_id, now)
    if pool is None:
        return unknown_pool()
    before = event_lists.first_after(unit, pool_id, moment) or ALL
    shaped = fold(event_lists.of_pool_itself(unit, pool_id, before)).pool
    if shaped is None:
        return unknown_pool()
    return as_it_was(pool, shaped, usage.counted(unit, pool_id, before))
