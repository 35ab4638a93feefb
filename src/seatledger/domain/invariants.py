"""The promises about a pool, checked against its rows: what I1, I2, I3 and I5 say of them."""

from collections.abc import Iterable
from typing import Any

from seatledger.domain.history import Fault, Folded
from seatledger.domain.pool import Pool
from seatledger.domain.seat import Seat, SeatState


def audit(pool: Pool, seats: Iterable[Seat], folded: Folded) -> tuple[int, list[Fault]]:
    """How many seats the pool has, and the promises that its rows or its history break."""
    faults = list(folded.faults)
    if not 0 <= pool.held <= pool.size:
        faults.append(Fault("I1", None, f"{pool.held} of {pool.size} places are taken."))
    if folded.pool is None:
        faults.append(Fault("I6", None, "Nothing tells of its opening."))
    elif differing := _differing(pool.facts(), folded.pool):
        faults.append(Fault("I5", None, f"History says otherwise of: {', '.join(differing)}."))
    count, taken, standing = 0, 0, set[int]()
    for seat in seats:
        count += 1
        taken += _takes_place(pool, seat)
        faults += _audit_seat(seat, folded)
        if seat.state is not SeatState.ENDED:
            if seat.learner_id in standing:
                faults.append(Fault("I3", seat.id, "A second standing seat of its learner."))
            standing.add(seat.learner_id)
        folded.seats.pop(seat.id, None)
    if taken != pool.held:
        faults.append(Fault("I2", None, f"{pool.held} places are counted, {taken} are taken."))
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


def _takes_place(pool: Pool, seat: Seat) -> bool:
    return seat.live or (seat.state is SeatState.ENDED and not pool.transferable)


def _differing(row: dict[str, Any], told: dict[str, Any]) -> list[str]:
    return sorted(name for name in row.keys() | told.keys() if row.get(name) != told.get(name))
