"""Deciding whether a seat may pass from one learner to another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from seatledger.domain.book import Book
from seatledger.domain.ending import lapse
from seatledger.domain.event import Origin
from seatledger.domain.learner import Learner
from seatledger.domain.moves import Moves
from seatledger.domain.moving_command import MoveSeat
from seatledger.domain.pool import Pool
from seatledger.domain.progress import Progress
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat
from seatledger.domain.seating import Seated, make_way, seated_already, wrong_domain
from seatledger.domain.waiting import seat_waiters


@dataclass(frozen=True, slots=True)
class Moved:
    """The seat that was passed on, and the one that the other learner got in its place."""

    left: Seated
    given: Seated


def move(
    book: Book,
    command: MoveSeat,
    seat: Seat,
    learner: Learner,
    progress: Progress,
    origin: Origin,
) -> Seat | Refusal:
    """Give the seat's place to the learner, or say why not; `progress` is its holder's so far.

    The place changes hands in one step: nobody who waits for one gets in between.
    """
    make_way(book, seat.pool_id, origin)  # the other may be one of those who wait
    pool, seat = book.pools[seat.pool_id], book.seats[seat.id]
    refusal = (
        pool.closed_to_newcomers(book.now, must_have_started=False)
        or _over(seat, book.now)
        or _forbidden(pool, seat, progress, book.now)
        or wrong_domain(pool, command, learner)
        or seated_already(book, pool, command, learner)
    )
    if refusal is not None:
        return refusal
    standing = book.standing(pool.id, learner.id)
    if standing is not None and standing.lapsed(book.now):
        lapse(book, standing, origin)
    elif standing is not None:  # suspended: the new seat takes its place, as in assigning
        book.end(standing, EndReason.REVOKED, origin)
    given = book.pass_on(seat, learner, origin, end=seat.end if command.keep_end else None)
    seat_waiters(book, pool.id, origin)  # the new holder, for one, waits no longer
    return given


def _over(seat: Seat, now: datetime) -> Refusal | None:
    if seat.live and not seat.lapsed(now):
        return None
    return Refusal(Code.SEAT_ENDED, f"Seat {seat.id} is not in use: it has no place to pass on.")


def _forbidden(pool: Pool, seat: Seat, progress: Progress, now: datetime) -> Refusal | None:
    """The first limit of the pool's rule that stands in the way."""
    rule = pool.move_rule
    if rule.allowed is Moves.NEVER:
        return _not_allowed(f"Seats of pool {pool.id} never pass to another learner.", "never")
    begun = max(seat.start, pool.window.start)
    if rule.days_after_start is not None and now >= begun + timedelta(days=rule.days_after_start):
        days = (now - begun).days
        return _not_allowed(
            f"Seats of pool {pool.id} pass on within {rule.days_after_start} days of their start; "
            f"seat {seat.id} started {days} days ago.",
            "days_after_start",
            allowed=rule.days_after_start,
            passed=days,
        )
    if rule.progress_max is not None and progress.come > rule.progress_max:
        return _not_allowed(
            f"Seats of pool {pool.id} pass on up to a progress of {rule.progress_max:g} %; "
            f"the learner of seat {seat.id} has come to {progress.come:g} %.",
            "progress_max",
            allowed=rule.progress_max,
            reached=progress.come,
        )
    if rule.per_pool_max is not None and pool.moved >= rule.per_pool_max:
        return _not_allowed(
            f"Pool {pool.id} allows {rule.per_pool_max} moves, and {pool.moved} were made.",
            "per_pool_max",
            allowed=rule.per_pool_max,
            made=pool.moved,
        )
    return None


def _not_allowed(sentence: str, rule: str, **numbers: Any) -> Refusal:
    return Refusal(Code.MOVE_NOT_ALLOWED, sentence, details={"rule": rule, **numbers})
