"""Deciding what a group's members get and lose."""

from collections.abc import Iterable
from dataclasses import dataclass

from seatledger.domain.book import Book
from seatledger.domain.event import Origin
from seatledger.domain.group import Grant, Group
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.domain.seating import lapse_due
from seatledger.domain.waiting import add_source, seat_waiters


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant with its group and its pool; members, and how many of them hold or await a seat.

    `created` is whether it was made just now.
    """

    grant: Grant
    group: Group
    pool: Pool
    member_count: int
    seated_count: int
    waiting_count: int = 0
    created: bool = False

    @property
    def fulfilled(self) -> bool:
        """Nobody can call a grant carried out while a member waits for a place (ibl W26)."""
        return self.grant.fulfilled and self.waiting_count == 0


def fits(book: Book, pool_id: int, members: Iterable[int], origin: Origin) -> Refusal | None:
    """Whether everybody in the group can be seated at once (ibl F6, W24)."""
    if refusal := book.pools[pool_id].closed_to_newcomers(book.now, must_have_started=False):
        return refusal
    lapse_due(book, pool_id, origin)
    seat_waiters(book, pool_id, origin)
    asked = sum(1 for member in members if _needs_place(book.standing(pool_id, member)))
    pool = book.pools[pool_id]
    if asked <= pool.free:
        return None
    return Refusal(
        Code.GROUP_DOES_NOT_FIT,
        f"The group does not fit into pool {pool.id}: "
        f"{pool.size} bought, {pool.held} in use, {asked} asked.",
        field="group_id",
        details={"bought": pool.size, "used": pool.held, "asked": asked},
    )


def seat_member(book: Book, grant: Grant, learner_id: int, origin: Origin) -> None:
    """Give one member what an active grant gives: a seat, or a place in the queue."""
    pool = book.pools[grant.pool_id]
    seat = book.standing(pool.id, learner_id)
    if not _needs_place(seat):
        assert seat is not None
        add_source(book, seat, grant.id, origin)
    elif pool.free == 0 or pool.closed_to_newcomers(book.now, must_have_started=False):
        book.wait(pool.id, grant.id, learner_id)
    elif seat is None:
        book.seat(
            pool.id,
            learner_id,
            origin,
            direct=False,
            grants=(grant.id,),
            redirect_to=grant.redirect_to,
        )
    else:
        add_source(book, book.resume(seat, origin), grant.id, origin)


def release_member(
    book: Book, grant: Grant, learner_id: int, origin: Origin, *, suspend: bool = False
) -> None:
    """Take back what the grant gave one member, unless another source holds it (ibl W27, W28).

    With `suspend` the seat and its source stay, without a place (ibl W31). In a pool that is not
    transferable a seat can't be taken back: it stays with the learner, as a direct one.
    """
    for wait in book.waiting(grant.pool_id):
        if wait.grant_id == grant.id and wait.learner_id == learner_id:
            book.stop_waiting(wait)
    seat = book.standing(grant.pool_id, learner_id)
    if seat is None or grant.id not in seat.grants:
        return
    others = tuple(source for source in seat.grants if source != grant.id)
    if seat.direct or others:
        if not suspend:
            book.change(seat, origin, grants=others)
    elif not book.pools[grant.pool_id].transferable:
        book.change(seat, origin, grants=(), direct=True)
    elif not suspend:
        book.end(seat, EndReason.REVOKED, origin)
    elif seat.live:
        book.suspend(seat, origin)


def _needs_place(seat: Seat | None) -> bool:
    """No seat at all, or one that only grants hold and that was suspended with them."""
    return seat is None or (seat.state is SeatState.SUSPENDED and not seat.direct)
