"""The hot question: which seat, if any, opens an item to a person now. One query for many."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Integer

from seatledger.domain.instant import text
from seatledger.storage.statement import Statement
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit

# A seat opens its own item, and a program's seat the courses of the program too.
OPENING = Statement(
    """
    WITH w AS (
        SELECT asked.n, f.id AS platform_id, l.id AS learner_id, i.id AS item_id
        FROM {asked}
        JOIN platforms f ON f.key = asked.platform_key
        JOIN learners l ON l.email_key = asked.email_key
        JOIN items i ON i.kind = asked.item_kind AND i.key = asked.item_key
    ), openers AS (
        SELECT n, platform_id, learner_id, item_id FROM w
        UNION ALL
        SELECT w.n, w.platform_id, w.learner_id, parts.item_id
        FROM w JOIN item_parts parts ON parts.part_id = w.item_id
    )
    SELECT o.n, s.id AS seat_id, s.ends_at, p.ends_at AS pool_ends_at
    FROM openers o
    JOIN seats s ON s.learner_id = o.learner_id AND s.item_id = o.item_id
    JOIN pools p ON p.id = s.pool_id
    WHERE s.platform_id = o.platform_id AND s.state = 'live' AND p.active
      AND (s.ends_at IS NULL OR s.ends_at > :now)
      AND p.starts_at <= :now AND (p.ends_at IS NULL OR p.ends_at > :now)
    ORDER BY s.id
    """,
    rows={
        "asked": {
            "n": "integer",
            "platform_key": "text",
            "email_key": "text",
            "item_kind": "text",
            "item_key": "text",
        }
    },
    returns={
        "n": Integer,
        "seat_id": BigInteger,
        "ends_at": Instant,
        "pool_ends_at": Instant,
    },
)


def opening(
    unit: Unit, asked: Sequence[Mapping[str, str]], now: datetime
) -> dict[int, list[tuple[int, datetime | None, datetime | None]]]:
    """For each question by its position: the seats in force, with their and their pools' ends."""
    numbered = [{**each, "n": number} for number, each in enumerate(asked)]
    found: dict[int, list[tuple[int, datetime | None, datetime | None]]] = {}
    for row in unit.rows(OPENING, asked=numbered, now=text(now)):
        found.setdefault(row.n, []).append((row.seat_id, row.ends_at, row.pool_ends_at))
    return found
