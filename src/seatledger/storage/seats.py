"""Rows of seats, as the write path loads, adds and changes them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Row, Text, select

from seatledger.domain.instant import text
from seatledger.domain.seat import EndReason, Seat, SeatState
from seatledger.storage.statement import Columns, First, Statement
from seatledger.storage.tables import seats
from seatledger.storage.types import Document, Instant
from seatledger.storage.unit import Unit

COLUMNS: Columns = {
    "id": BigInteger,
    "platform_id": BigInteger,
    "pool_id": BigInteger,
    "item_id": BigInteger,
    "learner_id": BigInteger,
    "state": Text,
    "reason": Text,
    "starts_at": Instant,
    "ends_at": Instant,
    "direct": Boolean,
    "grants": Document,
    "fulfilled": Boolean,
    "redirect_to": Text,
    "metadata": Document,
    "created_at": Instant,
    "modified_at": Instant,
    "moved_from": BigInteger,
    "moved_to": BigInteger,
}
_ROWS = {
    "id": "bigint",
    "platform_id": "bigint",
    "pool_id": "bigint",
    "item_id": "bigint",
    "learner_id": "bigint",
    "state": "text",
    "reason": "text",
    "starts_at": "timestamptz",
    "ends_at": "timestamptz",
    "direct": "boolean",
    "grants": "jsonb",
    "fulfilled": "boolean",
    "redirect_to": "text",
    "metadata": "jsonb",
    "created_at": "timestamptz",
    "modified_at": "timestamptz",
    "moved_from": "bigint",
    "moved_to": "bigint",
}
_NAMES = ", ".join(COLUMNS)
_OWN = ", ".join(f"s.{name}" for name in COLUMNS)

STANDING = Statement(
    f"""
    SELECT {_OWN}, p.ends_at AS pool_ends_at
    FROM {{wanted}}
    JOIN seats s ON s.learner_id = wanted.learner_id AND s.item_id = wanted.item_id
    JOIN pools p ON p.id = s.pool_id
    WHERE s.platform_id = wanted.platform_id AND s.state <> 'ended'
    """,
    rows={"wanted": {"platform_id": "bigint", "learner_id": "bigint", "item_id": "bigint"}},
    returns={**COLUMNS, "pool_ends_at": Instant},
)

# Seats that may make way where a pool is short of places: those whose end has come …
DUE = Statement(
    f"SELECT {_OWN} FROM {{wanted}} {{first}}",
    rows={"wanted": {"pool_id": "bigint"}},
    first=First(
        "seats",
        alias="s",
        where="seats.pool_id = wanted.pool_id AND seats.state = 'live'"
        " AND seats.ends_at IS NOT NULL AND seats.ends_at <= :now",
        order="seats.ends_at",
    ),
    returns=COLUMNS,
)

# … and those held longest, for newcomers that may recycle (SQLBI rules 23, 27).
OLDEST = Statement(
    f"SELECT {_OWN} FROM {{wanted}} {{first}}",
    rows={"wanted": {"pool_id": "bigint"}},
    first=First(
        "seats",
        alias="s",
        where="seats.pool_id = wanted.pool_id AND seats.state = 'live'",
        order="seats.starts_at, seats.id",
    ),
    returns=COLUMNS,
)

BY_ID = Statement(
    f"SELECT {_OWN} FROM seats s WHERE s.id IN (SELECT id FROM {{wanted}})",
    rows={"wanted": {"id": "bigint"}},
    returns=COLUMNS,
)

ADD = Statement(
    f"INSERT INTO seats ({_NAMES}) SELECT {_NAMES} FROM {{new_seats}}",
    rows={"new_seats": _ROWS},
)

CHANGE = Statement(
    """
    UPDATE seats SET
        state = changed_seats.state, reason = changed_seats.reason,
        ends_at = changed_seats.ends_at, direct = changed_seats.direct,
        grants = changed_seats.grants, fulfilled = changed_seats.fulfilled,
        redirect_to = changed_seats.redirect_to, metadata = changed_seats.metadata,
        modified_at = changed_seats.modified_at, moved_to = changed_seats.moved_to
    FROM {changed_seats} WHERE seats.id = changed_seats.id
    """,
    rows={"changed_seats": _ROWS},
)


def standing(
    unit: Unit, wanted: Iterable[tuple[int, int, int]]
) -> tuple[list[Seat], dict[int, datetime | None]]:
    """Seats not ended, by (platform, learner, item), and the ends of all the pools they are in."""
    asked = [
        {"platform_id": platform_id, "learner_id": learner_id, "item_id": item_id}
        for platform_id, learner_id, item_id in sorted(set(wanted))
    ]
    rows = unit.rows(STANDING, wanted=asked) if asked else []
    return [build(row) for row in rows], {row.pool_id: row.pool_ends_at for row in rows}


def due(unit: Unit, short: Mapping[int, int], now: datetime) -> list[Seat]:
    """Live seats whose own end has come: for each pool at least as many as asked, if there are."""
    return _first(unit, DUE, short, now=text(now))


def oldest(unit: Unit, short: Mapping[int, int]) -> list[Seat]:
    """The live seats held longest: for each pool at least as many as asked, if there are."""
    return _first(unit, OLDEST, short)


def _first(unit: Unit, statement: Statement, short: Mapping[int, int], **named: str) -> list[Seat]:
    wanted = [{"pool_id": pool_id} for pool_id, count in sorted(short.items()) if count]
    if not wanted:
        return []
    rows = unit.rows(statement, wanted=wanted, most=max(short.values()), **named)
    return [build(row) for row in rows]


def by_id(unit: Unit, ids: Iterable[int]) -> dict[int, Seat]:
    asked = [{"id": seat_id} for seat_id in sorted(set(ids))]
    return {row.id: build(row) for row in unit.rows(BY_ID, wanted=asked)} if asked else {}


def standing_of_learner(unit: Unit, platform_id: int, learner_id: int) -> list[Seat]:
    """All that a learner holds on a platform, whatever the item."""
    query = select(seats).where(
        seats.c.platform_id == platform_id,
        seats.c.learner_id == learner_id,
        seats.c.state != SeatState.ENDED,
    )
    return [build(row) for row in unit.select(query)]


def stream_of_pool(unit: Unit, pool_id: int, page: int = 5_000) -> Iterator[Seat]:
    """All seats a pool ever had, by id, a page in memory at a time."""
    last = 0
    while True:
        query = select(seats).where(seats.c.pool_id == pool_id, seats.c.id > last)
        found = unit.select(query.order_by(seats.c.id).limit(page))
        yield from map(build, found)
        if len(found) < page:
            return
        last = found[-1].id


def overdue(unit: Unit, now: datetime, limit: int) -> list[Seat]:
    """Live seats of any pool whose own end has come, the longest overdue first."""
    query = select(seats).where(seats.c.state == "live", seats.c.ends_at <= now)
    return [build(row) for row in unit.select(query.order_by(seats.c.ends_at).limit(limit))]


def write_row(seat: Seat) -> dict[str, Any]:
    """A seat as ADD and CHANGE take it."""
    return {
        "id": seat.id,
        "platform_id": seat.platform_id,
        "pool_id": seat.pool_id,
        "item_id": seat.item_id,
        "learner_id": seat.learner_id,
        "state": seat.state,
        "reason": seat.reason,
        "starts_at": text(seat.start),
        "ends_at": text(seat.end),
        "direct": seat.direct,
        "grants": seat.grants,
        "fulfilled": seat.fulfilled,
        "redirect_to": seat.redirect_to,
        "metadata": seat.metadata,
        "created_at": text(seat.created),
        "modified_at": text(seat.modified),
        "moved_from": seat.moved_from,
        "moved_to": seat.moved_to,
    }


def build(row: Row[Any]) -> Seat:
    return Seat(
        id=row.id,
        platform_id=row.platform_id,
        pool_id=row.pool_id,
        item_id=row.item_id,
        learner_id=row.learner_id,
        state=SeatState(row.state),
        reason=None if row.reason is None else EndReason(row.reason),
        start=row.starts_at,
        end=row.ends_at,
        direct=row.direct,
        grants=tuple(row.grants),
        fulfilled=row.fulfilled,
        redirect_to=row.redirect_to,
        metadata=row.metadata,
        created=row.created_at,
        modified=row.modified_at,
        moved_from=row.moved_from,
        moved_to=row.moved_to,
    )
