"""The ledger told naively, to compare the real one with: lists in memory, no rows, no batches.

It is eager: a seat is over in the second its end comes, and who waits is seated in that second. The
real ledger records both later, at the latest when the sweep runs, and must answer as if it had not.
"""

from dataclasses import dataclass, field
from datetime import datetime

from seatledger.domain.command import AssignSeat, IfHeld
from seatledger.domain.refusal import Code


@dataclass(eq=False)
class Place:
    """What a learner has of a pool. `end` is its own; None follows the pool."""

    learner: int
    live: bool
    end: datetime | None
    direct: bool
    grants: set[int]
    over: bool = False
    passed_on: bool = False


@dataclass
class Shelf:
    """A pool. `places` has everybody who ever had a seat, in order of sitting down.

    `moves_max` is how many moves it allows; None is no limit.
    """

    item: str
    size: int
    transferable: bool
    end: datetime | None
    moves_max: int | None = None
    places: list[Place] = field(default_factory=list)
    queue: list[tuple[int, int]] = field(default_factory=list)  # grant, learner

    def standing(self, learner: int) -> Place | None:
        return next((p for p in self.places if p.learner == learner and not p.over), None)

    @property
    def live(self) -> list[Place]:
        return [place for place in self.places if place.live and not place.over]

    @property
    def taken(self) -> int:
        """Where nothing is transferable, what is over keeps its place, unless it was passed on."""
        if self.transferable:
            return len(self.live)
        return sum(1 for p in self.places if (p.live or p.over) and not p.passed_on)

    @property
    def moved(self) -> int:
        return sum(1 for place in self.places if place.passed_on)

    def ended(self, now: datetime) -> bool:
        return self.end is not None and self.end <= now


class Reference:
    """`now` only moves by `wait_until`. Answers "created" or "kept", None for done, or a Code."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.shelves: dict[int, Shelf] = {}
        self.teams: dict[int, list[int]] = {}
        self.grants: dict[int, tuple[int, int]] = {}  # of which shelf, to which team

    def wait_until(self, now: datetime) -> None:
        self.now = now
        self._settle()

    def assign(self, asked: AssignSeat) -> str | Code:
        shelf, learner = self.shelves[asked.pool_id], asked.learner_id or 0
        place = shelf.standing(learner)
        if place is not None and place.end is not None and place.end <= self.now:
            place.over, place = True, None  # a suspended one: live ones are over by themselves
        if place is not None and asked.if_held is IfHeld.KEEP:
            return "kept"
        if place is not None and asked.if_held is IfHeld.UPDATE:
            return self._update(shelf, place, asked)
        live = asked.active is not False
        if refusal := self._closed(shelf, learner, asked) or (
            self._no_room(shelf, recycle=asked.recycle) if live else None
        ):
            return refusal
        if place is not None:
            place.over = True
        end = None if asked.end == shelf.end else asked.end
        shelf.places.append(Place(learner, live, end, direct=True, grants=set()))
        self._settle()
        return "created"

    def take_back(self, pool: int, place: Place, *, only_in_force: bool) -> Code | None:
        shelf = self.shelves[pool]
        if place.over and not only_in_force:
            return Code.UNKNOWN_SEAT
        if not shelf.transferable:
            return Code.NOT_TRANSFERABLE
        if place.over or (only_in_force and not self.opens(shelf, place)):
            return Code.SEAT_ENDED
        place.over = True
        self._settle()
        return None

    def move_end(self, pool: int, place: Place, end: datetime) -> Code | None:
        shelf = self.shelves[pool]
        if not shelf.transferable:
            return Code.NOT_TRANSFERABLE
        if not self.opens(shelf, place):
            return Code.SEAT_ENDED
        if end > self.now and shelf.end is not None and end > shelf.end:
            return Code.END_AFTER_POOL
        place.end = None if end == shelf.end and end > self.now else end
        self._settle()
        return None

    def pass_on(self, pool: int, place: Place, learner: int, *, keep_end: bool) -> Code | None:
        shelf = self.shelves[pool]
        if shelf.ended(self.now):
            return Code.POOL_ENDED
        if place.over or not place.live:
            return Code.SEAT_ENDED
        if shelf.moves_max is not None and shelf.moved >= shelf.moves_max:
            return Code.MOVE_NOT_ALLOWED
        standing = shelf.standing(learner)
        if standing is not None and standing.live:
            return Code.ALREADY_SEATED
        if standing is not None:
            standing.over = True
        place.over = place.passed_on = True
        end = place.end if keep_end else None
        shelf.places.append(Place(learner, True, end, direct=True, grants=set()))
        self._settle()
        return None

    def shape(self, pool: int, size: int, end: datetime | None) -> Code | None:
        shelf = self.shelves[pool]
        if size < shelf.taken:
            return Code.SIZE_BELOW_HELD
        shelf.size, shelf.end = size, end
        self._settle()
        return None

    def grant(self, pool: int, team: int) -> Code | None:
        """Whether it may be; `granted` then does it."""
        shelf = self.shelves[pool]
        if shelf.ended(self.now):
            return Code.POOL_ENDED
        asked = sum(1 for member in self.teams[team] if self._needs_place(shelf, member))
        return Code.GROUP_DOES_NOT_FIT if asked > shelf.size - shelf.taken else None

    def granted(self, grant: int, pool: int, team: int) -> None:
        self.grants[grant] = (pool, team)
        for member in self.teams[team]:
            self._seat_member(grant, pool, member)

    def take_grant_back(self, grant: int, *, keep: bool) -> None:
        pool, team = self.grants.pop(grant)
        for member in self.teams[team]:
            place = self.shelves[pool].standing(member)
            if keep and place is not None and grant in place.grants:
                place.direct = True
            self._release(grant, pool, member)
        self._settle()

    def regroup(self, team: int, members: list[int]) -> None:
        before, self.teams[team] = self.teams[team], members
        for grant, (pool, of) in sorted(self.grants.items()):
            if of == team:
                for member in before:
                    if member not in members:
                        self._release(grant, pool, member)
                self._settle()
                for member in members:
                    if member not in before:
                        self._seat_member(grant, pool, member)

    def opens(self, shelf: Shelf, place: Place) -> bool:
        return place.live and not place.over and not shelf.ended(self.now)

    def _update(self, shelf: Shelf, place: Place, asked: AssignSeat) -> str | Code:
        if asked.active is True and not place.live:
            if shelf.ended(self.now):
                return Code.POOL_ENDED
            if shelf.taken >= shelf.size:
                return Code.POOL_FULL
            place.live = True
        elif asked.active is False and place.live:
            if not shelf.transferable:
                return Code.NOT_TRANSFERABLE
            place.live = False
        place.direct = True
        self._settle()
        return "kept"

    def _closed(self, shelf: Shelf, learner: int, asked: AssignSeat) -> Code | None:
        if shelf.ended(self.now):
            return Code.POOL_ENDED
        if asked.end is not None and asked.end <= self.now:
            return Code.END_IN_PAST
        if asked.end is not None and shelf.end is not None and asked.end > shelf.end:
            return Code.END_AFTER_POOL
        for other in self.shelves.values():
            same = other is shelf or (
                asked.one_per_item and other.item == shelf.item and not other.ended(self.now)
            )
            if same and any(place.learner == learner for place in other.live):
                return Code.ALREADY_SEATED
        if asked.active is False and not shelf.transferable:
            return Code.NOT_TRANSFERABLE
        return None

    def _no_room(self, shelf: Shelf, *, recycle: bool) -> Code | None:
        if shelf.taken < shelf.size:
            return None
        if recycle and shelf.transferable and shelf.live:
            shelf.live[0].over = True
            return None
        return Code.POOL_FULL

    def _settle(self) -> None:
        """Who is over makes way, and who waits sits down in order."""
        for shelf in self.shelves.values():
            for place in shelf.places:
                place.over |= place.end is not None and place.end <= self.now and place.live
            for grant, learner in list(shelf.queue):
                standing = shelf.standing(learner)
                if shelf.ended(self.now):
                    continue
                if standing is not None:
                    self._add_source(standing, grant)
                elif shelf.taken < shelf.size:
                    shelf.places.append(Place(learner, True, None, False, {grant}))
                else:
                    continue
                shelf.queue.remove((grant, learner))

    def _needs_place(self, shelf: Shelf, learner: int) -> bool:
        place = shelf.standing(learner)
        return place is None or (not place.live and not place.direct)

    def _add_source(self, place: Place, grant: int) -> None:
        if not place.direct:
            place.grants.add(grant)

    def _seat_member(self, grant: int, pool: int, learner: int) -> None:
        shelf = self.shelves[pool]
        place = shelf.standing(learner)
        if not self._needs_place(shelf, learner):
            assert place is not None
            self._add_source(place, grant)
        elif shelf.ended(self.now) or shelf.taken >= shelf.size:
            if (grant, learner) not in shelf.queue:
                shelf.queue.append((grant, learner))
        elif place is None:
            shelf.places.append(Place(learner, True, None, False, {grant}))
        else:
            place.live = True
            place.grants.add(grant)

    def _release(self, grant: int, pool: int, learner: int) -> None:
        shelf = self.shelves[pool]
        if (grant, learner) in shelf.queue:
            shelf.queue.remove((grant, learner))
        place = shelf.standing(learner)
        if place is None or grant not in place.grants:
            return
        place.grants.discard(grant)
        if place.direct or place.grants:
            return
        if shelf.transferable:
            place.over = True
        else:
            place.direct = True
