"""Deciding what a pool may become."""

from dataclasses import replace
from typing import Any

from seatledger.domain.book import Book
from seatledger.domain.command import ShapePool, Unset
from seatledger.domain.event import Origin
from seatledger.domain.moves import wrong_rule
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.seating import lapse_due
from seatledger.domain.waiting import seat_waiters
from seatledger.domain.window import Window

SIZE_MAX = 2_147_483_647


def shape(book: Book, command: ShapePool, origin: Origin) -> Pool | Refusal:
    """Change what the command names, and keep the rest (ibl D8)."""
    assert command.pool_id is not None
    pool = book.pools[command.pool_id]
    shaped = _shaped(pool, command)
    if refusal := wrong_shape(shaped.size, shaped.window) or wrong_rule(shaped.moves):
        return refusal
    if shaped.size < pool.held:
        lapse_due(book, pool.id, origin)
        pool = book.pools[pool.id]
        shaped = _shaped(pool, command)
    if shaped.size < pool.held:
        return Refusal(
            Code.SIZE_BELOW_HELD,
            f"Pool {pool.id} has {pool.held} seats in use; its size can't be {shaped.size}.",
            field="size",
            details={"used": pool.held, "asked": shaped.size},
        )
    book.reshape(shaped, origin)
    seat_waiters(book, pool.id, origin)
    return book.pools[pool.id]


def wrong_shape(size: int, window: Window) -> Refusal | None:
    """What no pool may be."""
    if not 0 <= size <= SIZE_MAX:
        return invalid("size", f"The size of a pool is a whole number from 0 to {SIZE_MAX}.")
    if window.reversed:
        return Refusal(Code.WINDOW_REVERSED, "A pool may not end before it starts.", field="end")
    return None


def _shaped(pool: Pool, command: ShapePool) -> Pool:
    return replace(pool, window=_window(pool.window, command), **_given(command))


def _window(window: Window, command: ShapePool) -> Window:
    start = window.start if isinstance(command.start, Unset) else command.start
    end = window.end if isinstance(command.end, Unset) else command.end
    return Window(start, end)


def _given(command: ShapePool) -> dict[str, Any]:
    given = {
        "name": command.name,
        "size": command.size,
        "active": command.active,
        "source": command.source,
        "metadata": command.metadata,
        "enrolment_config": command.enrolment_config,
        "moves": command.moves,
    }
    return {name: value for name, value in given.items() if not isinstance(value, Unset)}
