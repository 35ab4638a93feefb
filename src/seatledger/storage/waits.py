"""Rows of the queue: granted members for whom no place was free."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Row, delete, select

from seatledger.domain.book import Book
from seatledger.domain.group import Wait
from seatledger.storage.statement import Statement
from seatledger.storage.tables import grants
from seatledger.storage.tables import waits as table
from seatledger.storage.unit import Unit

OF_POOLS = Statement(
    """
    SELECT id, pool_id, grant_id, learner_id FROM waits
    WHERE pool_id IN (SELECT id FROM {wanted}) ORDER BY id
    """,
    rows={"wanted": {"id": "bigint"}},
    returns=dict.fromkeys(("id", "pool_id", "grant_id", "learner_id"), BigInteger),
)

ADD = Statement(
    """
    INSERT INTO waits (platform_id, pool_id, grant_id, learner_id)
    SELECT platform_id, pool_id, grant_id, learner_id FROM {new_waits}
    """,
    rows={
        "new_waits": {
            "platform_id": "bigint",
            "pool_id": "bigint",
            "grant_id": "bigint",
            "learner_id": "bigint",
        }
    },
)


def of_pools(unit: Unit, ids: Iterable[int]) -> list[Wait]:
    """Who waits for a place in these pools, in order of joining."""
    wanted = [{"id": pool_id} for pool_id in sorted(set(ids))]
    rows = unit.rows(OF_POOLS, wanted=wanted) if wanted else []
    return [_build(row) for row in rows]


def of_group(unit: Unit, group_id: int, learner_ids: Iterable[int]) -> list[Wait]:
    """Which of these members wait for a place in a pool the group is given, in order of joining."""
    given = select(grants.c.id).where(grants.c.group_id == group_id)
    theirs = table.c.learner_id.in_(list(learner_ids))
    query = select(table).where(table.c.grant_id.in_(given), theirs).order_by(table.c.id)
    return [_build(row) for row in unit.select(query)]


def write(unit: Unit, book: Book) -> None:
    """Write who joined the queue and who left it."""
    if book.ended_waits:
        unit.execute(delete(table).where(table.c.id.in_([wait.id for wait in book.ended_waits])))
    if book.new_waits:
        new = [
            {
                "platform_id": book.pools[pool_id].platform_id,
                "pool_id": pool_id,
                "grant_id": grant_id,
                "learner_id": learner_id,
            }
            for pool_id, grant_id, learner_id in book.new_waits
        ]
        unit.run(ADD, new_waits=new)


def _build(row: Row[Any]) -> Wait:
    return Wait(row.id, row.pool_id, row.grant_id, row.learner_id)
