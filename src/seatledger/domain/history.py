"""Folds the events of a pool, from the beginning, into what its rows must say (I5).

On the way each event must fit what came before it: its `before` is what was, an ended seat stays
ended (I4), and the places taken never leave 0 ≤ held ≤ size (I1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from seatledger.domain.event import EventKind
from seatledger.domain.seat import SeatState, takes_place

Facts = Mapping[str, Any]
CREATIONS = {EventKind.POOL_OPENED, EventKind.SEAT_ASSIGNED, EventKind.GRANT_MADE}
POOL_EVENTS = {EventKind.POOL_OPENED, EventKind.POOL_SHAPED}
GRANT_EVENTS = {EventKind.GRANT_MADE, EventKind.GRANT_CHANGED, EventKind.GRANT_REMOVED}


class Happening(Protocol):
    """An event as history tells it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def before(self) -> Facts | None: ...
    @property
    def after(self) -> Facts: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """A promise that does not hold: which one, of which seat (None: the pool's), and how."""

    invariant: str
    seat_id: int | None
    sentence: str


@dataclass(slots=True)
class Folded:
    """What history says: the facts of the pool and of each seat and grant, and the places taken."""

    pool: dict[str, Any] | None = None
    seats: dict[int, dict[str, Any]] = field(default_factory=dict)
    grants: dict[int, dict[str, Any]] = field(default_factory=dict)
    held: int = 0
    events: int = 0
    faults: list[Fault] = field(default_factory=list)


def fold(events: Iterable[Happening]) -> Folded:
    """Fold one pool's events, in order."""
    folded = Folded()
    for event in events:
        folded.events += 1
        if event.kind in POOL_EVENTS:
            folded.pool = _apply(folded, event, folded.pool, None)
        elif event.kind in GRANT_EVENTS:
            grant = folded.grants.get(event.subject_id)
            folded.grants[event.subject_id] = _apply(folded, event, grant, None)
        else:
            _apply_to_seat(folded, event)
    return folded


def _apply_to_seat(folded: Folded, event: Happening) -> None:
    before = folded.seats.get(event.subject_id)
    if before is not None and before["state"] == SeatState.ENDED:
        _fault(folded, "I4", event, event.subject_id, "changes a seat that had ended")
    after = _apply(folded, event, before, event.subject_id)
    folded.seats[event.subject_id] = after
    folded.held += _places(folded, after) - (0 if before is None else _places(folded, before))
    size = folded.pool["size"] if folded.pool is not None else 0
    if not 0 <= folded.held <= size:
        _fault(
            folded, "I1", event, event.subject_id, f"leaves {folded.held} of {size} places taken"
        )


def _apply(
    folded: Folded, event: Happening, state: dict[str, Any] | None, seat_id: int | None
) -> dict[str, Any]:
    if (state is None) != (event.kind in CREATIONS):
        _fault(folded, "I5", event, seat_id, "comes before a beginning, or is a second one")
    for name, value in (event.before or {}).items():
        if state is not None and state.get(name) != value:
            _fault(folded, "I6", event, seat_id, f"did not find {name} as it was")
    return {**(state or {}), **event.after}


def _places(folded: Folded, seat: Facts) -> int:
    transferable = folded.pool is not None and folded.pool["transferable"]
    return int(takes_place(seat["state"], seat.get("reason"), transferable=transferable))


def _fault(
    folded: Folded, invariant: str, event: Happening, seat_id: int | None, what: str
) -> None:
    folded.faults.append(Fault(invariant, seat_id, f"Event {event.id} ({event.kind}) {what}."))
