"""The hot question looks for the learner's few seats, however many the platform has."""

import pytest
import sqlalchemy

from seatledger.storage import access
from seatledger.storage.engine import Database
from seatledger.storage.sqlite import SPELLING
from seatledger.storage.statement import Statement


@pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)  # PostgreSQL plans by statistics
@pytest.mark.parametrize("statement", [access.OPENING, access.EXPLAINING], ids=["yes", "no"])
def test_sqlite_finds_seats_by_their_learner(database: Database, statement: Statement) -> None:
    plan = sqlalchemy.text(f"EXPLAIN QUERY PLAN {statement.sql(SPELLING)}")
    values = {name: "[]" if name == "asked" else "" for name in plan.compile().params}
    with database.read() as unit:
        steps = [row.detail for row in unit.connection.execute(plan, values)]
    seats = [step for step in steps if step.split()[1] == "s"]
    assert seats
    assert all("ix_seats_learner_id (learner_id=?" in step for step in seats), steps
