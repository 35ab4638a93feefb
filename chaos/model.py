"""One pool of seats, one call at a time: what the history of many clients must be equal to.

It knows nothing of the service. A state is a value; `step` gives the state after a call that was
answered so, or None where no such pool could have answered that.
"""

from collections.abc import Mapping
from typing import NamedTuple

DIRECT = 0  # the source of a seat that was given by name; grants are sources by their groups' ids


class Call(NamedTuple):
    """`what` is assign, end, move, resize, grant, remove or look; the rest is what it names.

    `strict`: the learner must not hold a seat already. `later`: an end still to come.
    """

    what: str
    learner: int = 0
    seat: int = 0
    group: int = 0
    members: tuple[int, ...] = ()
    size: int = 0
    strict: bool = False
    later: bool = False


class Said(NamedTuple):
    """`how` is done, full, held or gone; `id` is the seat's or the grant's, where one was told."""

    how: str
    id: int = 0
    size: int = 0
    held: int = 0


class Seat(NamedTuple):
    id: int  # 0 until somebody told it: a grant does not name the seats it makes
    sources: frozenset[int]


class State(NamedTuple):
    size: int
    seats: frozenset[tuple[int, Seat]] = frozenset()
    grants: frozenset[tuple[int, int]] = frozenset()  # group, grant


def step(state: State, call: Call, said: Said) -> State | None:
    """Each call, and when it may be answered so."""
    seats, grants = dict(state.seats), dict(state.grants)
    owner = next((who for who, seat in seats.items() if seat.id == call.seat), None)
    if call.what == "look":
        return state if (said.size, said.held) == (state.size, len(seats)) else None
    if call.what == "resize":
        fits = call.size >= len(seats)
        return _either(fits, state._replace(size=call.size), state, said.how)
    if call.what in {"end", "move"}:
        left = {who: seat for who, seat in seats.items() if who != owner or call.later}
        return _either(owner is not None, _seated(state, left), state, said.how)
    if call.what == "grant":
        fits = sum(who not in seats for who in call.members) <= state.size - len(seats)
        if said.how == "full" or not fits:
            return state if said.how == "full" and not fits else None
        if grants.setdefault(call.group, said.id) != said.id:
            return None
        given = _seated(state, _granted(seats, call.members, call.group))
        return given._replace(grants=frozenset(grants.items()))
    if call.what == "remove":
        group = next((group for group, grant in state.grants if grant == call.seat), None)
        kept = {who: _less(seat, group) for who, seat in seats.items()}
        left = {who: seat for who, seat in kept.items() if seat.sources}
        grants.pop(group or 0, None)
        gone = _seated(state, left)._replace(grants=frozenset(grants.items()))
        return _either(group is not None, gone, state, said.how)
    return _assign(state, seats, call, said)


def _assign(state: State, seats: dict[int, Seat], call: Call, said: Said) -> State | None:
    seat = seats.get(call.learner)
    if said.how == "held":
        return state if call.strict and seat is not None else None
    if said.how == "full":
        return state if seat is None and len(seats) >= state.size else None
    if seat is None:
        new = Seat(said.id, frozenset({DIRECT}))
        return _seated(state, {**seats, call.learner: new}) if len(seats) < state.size else None
    if call.strict or seat.id not in {0, said.id}:
        return None
    return _seated(state, {**seats, call.learner: Seat(said.id, seat.sources | {DIRECT})})


def _either(may: bool, after: State, state: State, how: str) -> State | None:
    """Done where it may be, refused where it may not."""
    return (after if may else state) if (how == "done") is may else None


def _granted(seats: Mapping[int, Seat], members: tuple[int, ...], group: int) -> dict[int, Seat]:
    """Who has no seat gets one of the grant's; a direct one is left alone."""
    new = Seat(0, frozenset())
    held = {who: seats.get(who, new) for who in members}
    given = {
        who: seat if DIRECT in seat.sources else seat._replace(sources=seat.sources | {group})
        for who, seat in held.items()
    }
    return {**seats, **given}


def _less(seat: Seat, group: int | None) -> Seat:
    return seat._replace(sources=seat.sources - {group})


def _seated(state: State, seats: Mapping[int, Seat]) -> State:
    return state._replace(seats=frozenset(seats.items()))
