"""The promises about a pool, checked against its rows: what I1, I2, I3 and I5 say of them.

And about the history of a platform: that no event is missing from it (I6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seatledger.domain.history import Fault, Folded
from seatledger.domain.pool import Pool
from seatledger.domain.seat import EndReason, Seat, SeatState, takes_place


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the events of a platform (0: of none) are numbered.

    `counted` is the last number given; they are `gapless` where each from 1 on is there once.
    """

    platform_id: int
    counted: int
    events: int
    gapless: bool


def audit_numbering(numbering: Numbering) -> list[Fault]:
    """What is wrong with the numbers of a platform's events."""
    where = f"platform {numbering.platform_id}" if numbering.platform_id else "no platform"
    if numbering.counted != numbering.events:
        said = f"Of {where} {numbering.counted} events are counted, and there are "
        return [Fault("I6", None, f"{said}{numbering.events}.")]
    if not numbering.gapless:
        return [Fault("I6", None, f"The numbers of the events of {where} have a gap.")]
    return []


def audit(pool: Pool, seats: Iterable[Seat], folded: Folded) -> tuple[int, list[Fault]]:
    """How many seats the pool has, and the promises that its rows or its history break."""
    faults = list(folded.faults)
    if not 0 <= pool.held <= pool.size:
        faults.append(Fault("I1", None, f"{pool.held} of {pool.size} places are taken."))
    if folded.pool is None:
        faults.append(Fault("I6", None, "Nothing tells of its opening."))
    elif differing := _differing(pool.facts(), folded.pool):
        faults.append(Fault("I5", None, f"History says otherwise of: {', '.join(differing)}."))
    count, taken, ended, standing = 0, 0, 0, set[int]()
    moved, received = 0, 0
    for seat in seats:
        count += 1
        taken += takes_place(seat.state, seat.reason, transferable=pool.transferable)
        moved += seat.reason is EndReason.PASSED_ON
        received += seat.moved_from is not None
        faults += _audit_seat(seat, folded)
        if seat.state is SeatState.ENDED:
            ended += 1
        else:
            if seat.learner_id in standing:
                faults.append(Fault("I3", seat.id, "A second standing seat of its learner."))
            standing.add(seat.learner_id)
        folded.seats.pop(seat.id, None)
    if taken != pool.held:
        faults.append(Fault("I2", None, f"{pool.held} places are counted, {taken} are taken."))
    if (count, ended) != (pool.given, pool.ended):
        said = f"{pool.given} seats are counted, {pool.ended} of them ended"
        faults.append(Fault("I2", None, f"{said}; there are {count}, {ended} of them ended."))
    if not pool.moved == moved == received:
        said = f"{pool.moved} moves are counted; {moved} seats were passed on, {received} received."
        faults.append(Fault("I2", None, said))
    faults += [
        Fault("I5", seat_id, "History tells of it, and there is no such row.")
        for seat_id in folded.seats
    ]
    return count, faults


def _audit_seat(seat: Seat, folded: Folded) -> list[Fault]:
    told = folded.seats.get(seat.id)
    if told is None:
        return [Fault("I6", seat.id, "No event tells of it.")]
    if differing := _differing(seat.facts(), told):
        return [Fault("I5", seat.id, f"History says otherwise of: {', '.join(differing)}.")]
    return []


def _differing(row: dict[str, Any], told: dict[str, Any]) -> list[str]:
    return sorted(name for name in row.keys() | told.keys() if row.get(name) != told.get(name))
