"""Reads history on behalf of subscriptions, and makes deliveries of what each wants.

How far a subscription has read and the deliveries that came of it are one transaction: no event is
made a delivery of twice, none is left out. History has its numbers in the order of the commits, so
that nothing appears behind what was read (decision 11).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from seatledger.domain.delivery import Draft, Subscription
from seatledger.storage import deliveries, event_lists, subscriptions
from seatledger.storage.cursors import Stretch
from seatledger.storage.engine import Conflict, Database, Unavailable, Uncertain
from seatledger.storage.event_lists import EventFilter, Told
from seatledger.storage.unit import Unit
from seatledger.usecases.delivery_order import order_keys

EVENTS_AT_ONCE = 500
WAITING_MAX = 100_000  # deliveries of one subscription; past it, the rest stays in history alone
REST = timedelta(minutes=1)  # of one for whom reading on went wrong
MAIL = "mail"  # of this connector each platform has one subscription, without asking for it

Drafts: TypeAlias = Sequence[Draft]
Expand: TypeAlias = Callable[
    [Unit, Subscription, Sequence[Told], Mapping[int, str], datetime], Drafts
]
"""What a connector delivers of some events, given the key of order of each by its number."""
Report: TypeAlias = Callable[[str, Exception], None]
"""Told what nobody planned: where it happened, and what."""


class Relay:
    """Reads on for the subscriptions of these connectors, one after the other, again and again.

    Where it goes wrong for one, that is reported, and the one left alone for a while.
    """

    def __init__(self, database: Database, expand: Mapping[str, Expand], report: Report) -> None:
        self._database, self._expand, self._report = database, expand, report
        self._last = 0  # whose turn it was
        self._resting: dict[int, datetime] = {}  # until when it is left alone

    def once(self, now: datetime) -> int:
        """Read the next events for one subscription; answers how many.

        0 where there is nothing to read, or where others read it at this moment.
        """
        _keep_mail(self._database, self._expand, now)
        with self._database.read() as unit:
            if not subscriptions.any_behind(unit, self._expand):
                return 0
        self._resting = {each: until for each, until in self._resting.items() if until > now}
        passed = set(self._resting)
        read: int | None = None
        while read is None:
            reading: list[int] = []  # for whom, as soon as that is known
            try:
                with self._database.write() as unit:
                    read = self._read_next(unit, passed, reading, now)
            except Conflict:
                return 0
            except (Unavailable, Uncertain):
                raise
            except Exception as error:
                if not reading:  # it is no one's fault: it would go wrong for all
                    raise
                self._report(f"reading on for subscription {self._last}", error)
                self._resting[self._last] = now + REST
                passed.add(self._last)
        return read

    def _read_next(self, unit: Unit, passed: set[int], reading: list[int], now: datetime) -> int:
        while found := subscriptions.take_behind(unit, self._expand, passed, self._last):
            self._last = found.id
            if deliveries.waiting(unit, found.id) < WAITING_MAX:
                reading.append(found.id)
                return _read_on(unit, found, self._expand[found.connector], now)
            passed.add(found.id)
        return 0


def _read_on(unit: Unit, subscription: Subscription, expand: Expand, now: datetime) -> int:
    wanted = EventFilter(subscription.platform_id)
    events = event_lists.follow(unit, wanted, Stretch(subscription.last, EVENTS_AT_ONCE))
    heard = [told for told in events.rows if wants(subscription, told)]
    keys = order_keys(unit, (told.event for told in heard))
    drafts = expand(unit, subscription, heard, keys, now) if heard else ()
    deliveries.add(unit, subscription.platform_id, subscription.id, drafts, now)
    subscriptions.move_on(unit, subscription.id, events.last_id)
    return len(events.rows)


def wants(subscription: Subscription, told: Told) -> bool:
    return subscription.hears(told.event.kind, told.event.subject_id)


def each_event(
    _unit: Unit,
    _subscription: Subscription,
    events: Sequence[Told],
    keys: Mapping[int, str],
    _now: datetime,
) -> Drafts:
    """One delivery of each event: what most connectors want."""
    return [Draft(told.event.seq, keys[told.event.seq]) for told in events]


def _keep_mail(database: Database, expand: Mapping[str, Expand], now: datetime) -> None:
    """Each platform has its subscription to mail. While mail is off, it misses what happens."""
    with database.read() as unit:
        missing = subscriptions.any_missing(unit, MAIL)
        missed = MAIL not in expand and subscriptions.any_behind(unit, [MAIL])
    if not missing and not missed:
        return
    try:
        with database.write() as unit:
            if missing:
                subscriptions.add_missing(unit, MAIL, now)
            if MAIL not in expand:
                subscriptions.pass_over(unit, MAIL)
    except Conflict:
        return
