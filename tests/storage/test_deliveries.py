"""What is due is found by index, also before the database has statistics of what waits."""

import sqlalchemy

from seatledger.storage import postgresql, sqlite
from seatledger.storage.due_deliveries import HEADS
from seatledger.storage.engine import Database


def test_what_waits_before_a_delivery_is_looked_up_by_its_order(database: Database) -> None:
    explain, spelling = (
        ("EXPLAIN QUERY PLAN", sqlite.SPELLING)
        if database.is_sqlite
        else ("EXPLAIN", postgresql.SPELLING)
    )
    values = {"open": '[{"subscription_id": 1}]', "now": "2026-11-27T00:00:00Z", "most": 8}
    plan = sqlalchemy.text(f"{explain} {HEADS.sql(spelling)}")
    with database.read() as unit:
        steps = [str(row[-1]) for row in unit.connection.execute(plan, values)]
    [at] = [number for number, step in enumerate(steps) if "ix_deliveries_order" in step]
    told = " ".join(steps[at : at + 2])
    assert "subscription_id" in told, steps
    assert "order_key" in told, steps
