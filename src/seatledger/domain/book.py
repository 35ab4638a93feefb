"""The rows a batch works on, and what the batch does with them.

All changes to seats, and with them the counters and the history, go through the verbs of a
`Book`: that is how I1–I4 and I6 are kept on every path. The deciding modules (`seating`,
`ending`, `granting`, `shaping`) say whether; a Book does; storage writes what is noted in
`new_seats`, `changed_seats`, `touched_pools`, `lent` (by which link, for each new seat of one),
`new_waits`, `ended_waits` and `events`.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from seatledger.domain.event import Event, EventKind, Origin, difference
from seatledger.domain.group import Wait
from seatledger.domain.learner import Learner
from seatledger.domain.link import Library
from seatledger.domain.pool import Pool
from seatledger.domain.seat import EndReason, Seat, SeatState, takes_place


class Book:
    """`seats` must hold every standing seat (one not ended) that a decision may ask about."""

    def __init__(
        self,
        now: datetime,
        pools: Iterable[Pool] = (),
        seats: Iterable[Seat] = (),
        *,
        seat_ids: Iterable[int] = (),
        waits: Iterable[Wait] = (),
        other_pool_ends: Mapping[int, datetime | None] | None = None,
        libraries: Mapping[int, Library] | None = None,
    ) -> None:
        self.now = now
        self.pools: dict[int, Pool] = {pool.id: pool for pool in pools}
        self.seats: dict[int, Seat] = {}
        self.new_seats: dict[int, None] = {}
        self.changed_seats: dict[int, None] = {}
        self.touched_pools: dict[int, None] = {}
        self.new_learners: dict[int, Learner] = {}
        self.new_waits: list[tuple[int, int, int]] = []
        self.ended_waits: list[Wait] = []
        self.libraries: Mapping[int, Library] = libraries or {}
        self.lent: dict[int, int] = {}
        self.events: list[Event] = []
        self._seat_ids = iter(seat_ids)
        self._other_pool_ends = other_pool_ends or {}
        self._standing: dict[tuple[int, int], int] = {}
        self._of_item: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._waits: dict[int, deque[Wait]] = defaultdict(deque)
        for seat in seats:
            self._note(seat)
        for wait in sorted(waits, key=lambda wait: wait.id):
            self._waits[wait.pool_id].append(wait)

    # What it holds

    def standing(self, pool_id: int, learner_id: int) -> Seat | None:
        """The one seat of the learner in the pool that has not ended, live or suspended."""
        seat_id = self._standing.get((pool_id, learner_id))
        return None if seat_id is None else self.seats[seat_id]

    def seats_of_item(self, item_id: int, learner_id: int) -> list[Seat]:
        """The learner's standing seats in all pools of an item."""
        return [self.seats[seat_id] for seat_id in sorted(self._of_item[item_id, learner_id])]

    def pool_end(self, pool_id: int) -> datetime | None:
        """When a pool ends, also one that only lies beside this batch."""
        pool = self.pools.get(pool_id)
        return self._other_pool_ends.get(pool_id) if pool is None else pool.window.end

    def live_seats(self, pool_id: int) -> list[Seat]:
        """The loaded live seats of a pool, oldest first (SQLBI rule 27)."""
        live = (seat for seat in self.seats.values() if seat.pool_id == pool_id and seat.live)
        return sorted(live, key=lambda seat: (seat.start, seat.id))

    def waiting(self, pool_id: int) -> list[Wait]:
        return list(self._waits[pool_id])

    # What it does

    def seat(
        self,
        pool_id: int,
        learner: int | Learner,
        origin: Origin,
        *,
        state: SeatState = SeatState.LIVE,
        end: datetime | None = None,
        direct: bool = True,
        grants: tuple[int, ...] = (),
        fulfilled: bool = False,
        redirect_to: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        moved_from: int | None = None,
        seat_id: int | None = None,
        link_id: int | None = None,
    ) -> Seat:
        """Seat a learner who has no standing seat in the pool; a live seat takes a free place."""
        pool = self.pools[pool_id]
        learner_id = learner if isinstance(learner, int) else learner.id
        assert (pool_id, learner_id) not in self._standing, "one standing seat a learner and pool"
        seat = Seat(
            id=next(self._seat_ids) if seat_id is None else seat_id,
            platform_id=pool.platform_id,
            pool_id=pool_id,
            item_id=pool.item.id,
            learner_id=learner_id,
            state=state,
            reason=None,
            start=self.now,
            end=end,
            direct=direct,
            grants=grants,
            fulfilled=fulfilled,
            redirect_to=redirect_to,
            metadata=metadata or {},
            created=self.now,
            modified=self.now,
            moved_from=moved_from,
        )
        self._count(pool_id, held=int(seat.live), given=1)
        self._note(seat)
        self.new_seats[seat.id] = None
        if link_id is not None:
            self.lent[seat.id] = link_id
            self.libraries[link_id].lend()
        self._record(EventKind.SEAT_ASSIGNED, seat, origin, None, seat.facts())
        return seat

    def change(self, seat: Seat, origin: Origin, **changes: Any) -> Seat:
        """Change what a seat says (not its state); nothing is recorded where nothing differs."""
        return self._replace(seat, EventKind.SEAT_CHANGED, origin, **changes)

    def suspend(self, seat: Seat, origin: Origin) -> Seat:
        """Free the place of a live seat that may come back."""
        assert seat.live and self.pools[seat.pool_id].transferable
        self._count(seat.pool_id, held=-1)
        return self._replace(seat, EventKind.SEAT_SUSPENDED, origin, state=SeatState.SUSPENDED)

    def resume(self, seat: Seat, origin: Origin) -> Seat:
        """Bring a suspended seat back; it takes a free place."""
        assert seat.state is SeatState.SUSPENDED
        self._count(seat.pool_id, held=1)
        return self._replace(seat, EventKind.SEAT_RESUMED, origin, state=SeatState.LIVE)

    def end(
        self,
        seat: Seat,
        reason: EndReason,
        origin: Origin,
        end: datetime | None = None,
        *,
        moved_to: int | None = None,
    ) -> Seat:
        """End a seat for good, at `end` or now. Its place comes free in a transferable pool.

        With `moved_to` it comes free in any, for the seat of that id to take it.
        """
        assert seat.state is not SeatState.ENDED, "an ended seat is final"
        transferable = self.pools[seat.pool_id].transferable
        frees = seat.live and not takes_place(SeatState.ENDED, reason, transferable=transferable)
        self._count(seat.pool_id, held=-int(frees), ended=1)
        ended = self._replace(
            seat,
            EventKind.SEAT_ENDED,
            origin,
            state=SeatState.ENDED,
            reason=reason,
            end=end if end is not None else self.now,
            moved_to=moved_to,
        )
        del self._standing[seat.pool_id, seat.learner_id]
        self._of_item[seat.item_id, seat.learner_id].discard(seat.id)
        for library in self.libraries.values():
            library.take_back(seat.id)
        return ended

    def pass_on(
        self, seat: Seat, learner: Learner, origin: Origin, *, end: datetime | None
    ) -> Seat:
        """End a live seat and give its place, in the same step, to a new one of another learner."""
        assert seat.live
        successor_id = next(self._seat_ids)
        self.end(seat, EndReason.PASSED_ON, origin, moved_to=successor_id)
        self._count(seat.pool_id, moved=1)
        return self.seat(
            seat.pool_id,
            learner,
            origin,
            end=end,
            redirect_to=seat.redirect_to,
            moved_from=seat.id,
            seat_id=successor_id,
        )

    def reshape(self, pool: Pool, origin: Origin) -> Pool:
        """Put a pool in place of the one with its id, and record what differs.

        Where nothing differs that is recorded too: each update has its line in history, with the
        label it carries (ibl E1, W39).
        """
        known = self.pools[pool.id]
        assert pool.counters == known.counters
        assert pool.held <= pool.size
        before, after = difference(known.facts(), pool.facts())
        self.pools[pool.id] = pool
        if after:
            self.touched_pools[pool.id] = None
        self.events.append(
            Event(EventKind.POOL_SHAPED, origin, pool.platform_id, pool.id, pool.id, before, after)
        )
        return pool

    def wait(self, pool_id: int, grant_id: int, learner_id: int) -> None:
        """Put a learner at the end of the queue for a free place."""
        if not any(
            wait.grant_id == grant_id and wait.learner_id == learner_id
            for wait in self._waits[pool_id]
        ):
            self.new_waits.append((pool_id, grant_id, learner_id))

    def stop_waiting(self, wait: Wait) -> None:
        self._waits[wait.pool_id].remove(wait)
        self.ended_waits.append(wait)

    # How it keeps its promises

    def _count(
        self, pool_id: int, *, held: int = 0, given: int = 0, ended: int = 0, moved: int = 0
    ) -> None:
        """Move the counters of a pool by so many."""
        pool = self.pools[pool_id]
        assert 0 <= pool.held + held <= pool.size, "a place is taken only where one is free"
        self.pools[pool_id] = replace(
            pool,
            held=pool.held + held,
            given=pool.given + given,
            ended=pool.ended + ended,
            moved=pool.moved + moved,
        )
        self.touched_pools[pool_id] = None

    def _replace(self, seat: Seat, kind: EventKind, origin: Origin, **changes: Any) -> Seat:
        changed = replace(seat, modified=self.now, **changes)
        before, after = difference(seat.facts(), changed.facts())
        if not after:
            return seat
        self.seats[seat.id] = changed
        if seat.id not in self.new_seats:
            self.changed_seats[seat.id] = None
        self._record(kind, changed, origin, before, after)
        return changed

    def _note(self, seat: Seat) -> None:
        self.seats[seat.id] = seat
        if seat.state is not SeatState.ENDED:
            self._standing[seat.pool_id, seat.learner_id] = seat.id
            self._of_item[seat.item_id, seat.learner_id].add(seat.id)

    def _record(
        self,
        kind: EventKind,
        seat: Seat,
        origin: Origin,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any],
    ) -> None:
        self.events.append(
            Event(kind, origin, seat.platform_id, seat.pool_id, seat.id, before, after)
        )
