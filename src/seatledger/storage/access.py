"""The hot question: which seat, if any, opens an item to a person now. One query for many.

Why none does is asked by a query of its own, for those alone whom nothing opens the item.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Text

from seatledger.domain.access import Sought, Way
from seatledger.domain.instant import text
from seatledger.domain.seat import EndReason, SeatState
from seatledger.domain.window import Window
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.types import Document, Instant
from seatledger.storage.unit import Unit

Asked = Mapping[str, Any]
_ASKED = {
    "n": "integer",
    "platform_key": "text",
    "learner_id": "bigint",
    "email_key": "text",
    "username": "text",
    "item_kind": "text",
    "item_key": "text",
}
# The names are tried one after the other, and only as far as one is given.
_LEARNER_ID = """
    COALESCE(
        asked.learner_id,
        (SELECT x.id FROM learners x WHERE x.email_key = asked.email_key),
        (SELECT x.id FROM learners x WHERE x.username = asked.username)
    )
"""
# A seat opens its own item, and a program's seat the courses of the program too.
_OPENERS = """
    SELECT n, platform_id, learner_id, item_id, CAST(NULL AS TEXT) AS program FROM w
    UNION ALL
    SELECT w.n, w.platform_id, w.learner_id, parts.item_id, whole.kind || ':' || whole.key
    FROM w
    JOIN item_parts parts ON parts.part_id = w.item_id
    JOIN items whole ON whole.id = parts.item_id
"""
_OPEN: Columns = {
    "n": Integer,
    "learner_id": BigInteger,
    "seat_id": BigInteger,
    "pool_id": BigInteger,
    "ends_at": Instant,
    "direct": Boolean,
    "grants": Document,
    "program": Text,
    "pool_starts_at": Instant,
    "pool_ends_at": Instant,
}
_CLOSED: Columns = {
    **_OPEN,
    "state": Text,
    "reason": Text,
    "pool_active": Boolean,
    "learner_known": Integer,
    "item_known": Integer,
}

# No index has the expressions `platform_id + 0` and `state || ''`: else SQLite reads all seats of
# the platform, or all that are live, not the learner's few. So OPENING has no order, either.
OPENING = Statement(
    f"""
    WITH w AS (
        SELECT asked.n, f.id AS platform_id, l.id AS learner_id, i.id AS item_id
        FROM {{asked}}
        JOIN platforms f ON f.key = asked.platform_key
        JOIN learners l ON l.id = {_LEARNER_ID}
        JOIN items i ON i.kind = asked.item_kind AND i.key = asked.item_key
    ), openers AS ({_OPENERS})
    SELECT o.n, o.learner_id, s.id AS seat_id, s.pool_id, s.ends_at, s.direct, s.grants, o.program,
           p.starts_at AS pool_starts_at, p.ends_at AS pool_ends_at
    FROM openers o
    JOIN seats s ON s.learner_id = o.learner_id AND s.item_id = o.item_id
    JOIN pools p ON p.id = s.pool_id
    WHERE s.platform_id + 0 = o.platform_id AND s.state || '' = 'live' AND p.active
      AND (s.ends_at IS NULL OR s.ends_at > :now)
      AND p.starts_at <= :now AND (p.ends_at IS NULL OR p.ends_at > :now)
    """,
    rows={"asked": _ASKED},
    returns=_OPEN,
)

# A platform knows its members, those of its groups, who holds or held a seat of it, and whom it
# invited; it knows the items that it owns, or has a pool of. What it does not know is not told of.
EXPLAINING = Statement(
    f"""
    WITH w AS (
        SELECT asked.n, f.id AS platform_id, {_LEARNER_ID} AS learner_id,
               i.id AS item_id, i.platform_id AS owner_id
        FROM {{asked}}
        JOIN platforms f ON f.key = asked.platform_key
        LEFT JOIN items i ON i.kind = asked.item_kind AND i.key = asked.item_key
    ), openers AS ({_OPENERS}), ways AS (
        SELECT o.n, s.id AS seat_id, s.pool_id, s.state, s.reason, s.ends_at, s.direct, s.grants,
               o.program
        FROM openers o
        JOIN seats s ON s.learner_id = o.learner_id AND s.item_id = o.item_id
        WHERE s.platform_id + 0 = o.platform_id
        UNION ALL
        SELECT o.n, NULL, x.pool_id, NULL, NULL, NULL, FALSE, NULL, o.program
        FROM openers o
        JOIN pools q ON q.item_id = o.item_id AND q.platform_id = o.platform_id
        JOIN grants g ON g.pool_id = q.id AND NOT g.removed
        JOIN waits x ON x.grant_id = g.id AND x.learner_id = o.learner_id
    )
    SELECT w.n, w.learner_id, ways.seat_id, ways.pool_id, ways.state, ways.reason, ways.ends_at,
           ways.direct, ways.grants, ways.program,
           p.starts_at AS pool_starts_at, p.ends_at AS pool_ends_at, p.active AS pool_active,
           CASE WHEN EXISTS (
               SELECT 1 FROM members m
               WHERE m.platform_id = w.platform_id AND m.learner_id = w.learner_id
           ) OR EXISTS (
               SELECT 1 FROM seats s
               WHERE s.learner_id = w.learner_id AND s.platform_id + 0 = w.platform_id
           ) OR EXISTS (
               SELECT 1 FROM group_members gm
               WHERE gm.learner_id = w.learner_id AND gm.platform_id = w.platform_id
           ) OR EXISTS (
               SELECT 1 FROM invitations v
               WHERE v.learner_id = w.learner_id AND v.platform_id + 0 = w.platform_id
           ) THEN 1 ELSE 0 END AS learner_known,
           CASE WHEN w.owner_id = w.platform_id OR EXISTS (
               SELECT 1 FROM openers o JOIN pools q ON q.item_id = o.item_id
               WHERE o.n = w.n AND q.platform_id = w.platform_id
           ) THEN 1 ELSE 0 END AS item_known
    FROM w
    LEFT JOIN ways ON ways.n = w.n
    LEFT JOIN pools p ON p.id = ways.pool_id
    ORDER BY w.n, ways.pool_id, ways.seat_id
    """,
    rows={"asked": _ASKED},
    returns=_CLOSED,
)


def opening(unit: Unit, asked: Sequence[Asked], now: datetime) -> dict[int, tuple[int, list[Way]]]:
    """For each question (by its `n`) that a seat answers with yes: whose, and the open ways."""
    found: dict[int, tuple[int, list[Way]]] = {}
    rows = unit.rows(OPENING, asked=asked, now=text(now)) if asked else []
    for row in sorted(rows, key=attrgetter("seat_id")):
        found.setdefault(row.n, (row.learner_id, []))[1].append(_way(row))
    return found


def explaining(unit: Unit, asked: Sequence[Asked]) -> dict[int, Sought]:
    """All there is about questions, by their `n`; of unknown platforms there is nothing."""
    found: dict[int, Sought] = {}
    ways: dict[int, list[Way]] = {}
    for row in unit.rows(EXPLAINING, asked=asked) if asked else []:
        mine = ways.setdefault(row.n, [])
        if row.pool_id is not None:
            mine.append(_any_way(row))
        learner_id = row.learner_id if row.learner_known else None
        found[row.n] = Sought(learner_id, bool(row.item_known), mine)
    return found


def _way(row: Any) -> Way:
    """A row of a live seat in an active pool."""
    return Way(
        pool_id=row.pool_id,
        window=Window(row.pool_starts_at, row.pool_ends_at),
        seat_id=row.seat_id,
        end=row.ends_at,
        direct=row.direct,
        grants=tuple(row.grants or ()),
        program=row.program,
    )


def _any_way(row: Any) -> Way:
    """A row of any seat; or of a place in line, which has no state."""
    return replace(
        _way(row),
        pool_active=row.pool_active,
        state=SeatState.LIVE if row.state is None else SeatState(row.state),
        end_reason=None if row.reason is None else EndReason(row.reason),
    )
