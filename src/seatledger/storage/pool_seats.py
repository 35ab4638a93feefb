"""Which seats of one pool are meant, by their ids or by the addresses of their holders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, Text

from seatledger.domain.learner import email_key
from seatledger.domain.seat import SeatState
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit

_COLUMNS: Columns = {"id": BigInteger, "state": Text, "ends_at": Instant}

BY_ID = Statement(
    """
    SELECT s.id, s.state, s.ends_at FROM {wanted} JOIN seats s ON s.id = wanted.id
    WHERE s.pool_id = :pool_id
    """,
    rows={"wanted": {"id": "bigint"}},
    returns=_COLUMNS,
)

# No index has the expression `pool_id + 0`: else SQLite reads the whole pool for each learner.
BY_EMAIL = Statement(
    """
    SELECT wanted.email_key, s.id, s.state, s.ends_at
    FROM pools p, {wanted}
    JOIN learners l ON l.email_key = wanted.email_key
    JOIN seats s ON s.learner_id = l.id
    WHERE p.id = :pool_id AND s.item_id = p.item_id AND s.pool_id + 0 = p.id
    ORDER BY s.id
    """,
    rows={"wanted": {"email_key": "text"}},
    returns={"email_key": Text, **_COLUMNS},
)


@dataclass(frozen=True, slots=True)
class Meant:
    """A seat as it was when it was looked up; `end` is its own."""

    id: int
    state: SeatState
    end: datetime | None


def by_id(unit: Unit, pool_id: int, ids: Collection[int]) -> dict[int, Meant]:
    """Seats of the pool by id."""
    if not ids:
        return {}
    wanted = [{"id": seat_id} for seat_id in sorted(ids)]
    return {row.id: _meant(row) for row in unit.rows(BY_ID, wanted=wanted, pool_id=pool_id)}


def by_email(unit: Unit, pool_id: int, emails: Collection[str]) -> dict[str, Meant]:
    """By the key of each address the seat of its learner: the standing one, else the last."""
    if not emails:
        return {}
    wanted = [{"email_key": key} for key in sorted(set(map(email_key, emails)))]
    found: dict[str, Meant] = {}
    for row in unit.rows(BY_EMAIL, wanted=wanted, pool_id=pool_id):
        before = found.get(row.email_key)
        if before is None or before.state is SeatState.ENDED:
            found[row.email_key] = _meant(row)
    return found


def _meant(row: Row[Any]) -> Meant:
    return Meant(row.id, SeatState(row.state), row.ends_at)
