"""History for people to read: the newest first, with the names of whom and what it is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from seatledger.domain.event import subject_of
from seatledger.domain.learner import Learner
from seatledger.domain.pool import Pool
from seatledger.storage import event_lists, pool_lists, seat_lists
from seatledger.storage import learners as learner_rows
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.event_lists import EventFilter
from seatledger.storage.events import Recorded
from seatledger.storage.unit import Unit

__all__ = ["EventFilter", "Recorded"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, with the person and the pool that it is about, where it is about any."""

    event: Recorded
    learner: Learner | None
    pool: Pool | None


def latest_entries(
    unit: Unit, wanted: EventFilter, after: int, limit: int, now: datetime
) -> Followed[Entry]:
    """The events before the one numbered `after` (0: the newest there are), the newest first.

    The filter's platform must be within the reach of who asks.
    """
    found = event_lists.follow(unit, wanted, Stretch(after, limit, backwards=True))
    happened = [told.event for told in found.rows]
    people = _people(unit, wanted.platform_id or 0, happened)
    pools = pool_lists.by_ids(unit, {each.pool_id for each in happened if each.pool_id}, now)
    rows = [
        Entry(each, people.get(each.id), None if each.pool_id is None else pools[each.pool_id])
        for each in happened
    ]
    return Followed(rows, found.last_id, found.more)


def has_more_entries(unit: Unit, wanted: EventFilter, most: int) -> bool:
    """Whether more than `most` events are wanted. Counts no further than that."""
    return event_lists.count(unit, wanted, most) > most


def _people(unit: Unit, platform_id: int, happened: Collection[Recorded]) -> dict[int, Learner]:
    """By the id of an event, whom it is about."""
    seat_ids = {each.subject_id for each in happened if subject_of(each.kind) == "seat"}
    holders = seat_lists.holders_by_seat(unit, platform_id, seat_ids)
    named = {each.id: _learner_id(each) for each in happened}
    learners = learner_rows.by_ids(unit, {each for each in named.values() if each is not None})
    found = {}
    for each in happened:
        learner_id = named[each.id]
        person = learners.get(learner_id) if learner_id is not None else None
        if subject_of(each.kind) == "seat":
            person = holders.get(each.subject_id)
        if person is not None:
            found[each.id] = person
    return found


def _learner_id(event: Recorded) -> int | None:
    if subject_of(event.kind) == "learner":
        return event.subject_id
    said = event.after.get("learner_id") or (event.before or {}).get("learner_id")
    return said if isinstance(said, int) else None
