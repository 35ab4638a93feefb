"""The migrations make exactly the tables, forwards and back, and the tables hold the promises."""

from typing import Any

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from seatledger.storage import schema
from seatledger.storage.engine import Conflict, Database
from seatledger.storage.tables import events, metadata, pools, seats
from tests.support.cast import NOON
from tests.support.world import World


def differences(database: Database) -> list[Any]:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def test_migrations_equal_the_tables(database: Database) -> None:
    assert differences(database) == []


def test_migrations_go_up_down_and_up_again(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    assert not schema.is_current(database)
    schema.upgrade(database)
    schema.upgrade(database)
    assert schema.is_current(database)
    schema.downgrade(database, "base")
    assert not schema.is_current(database)
    with database.writer.connect() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == ["alembic_version"]
    schema.upgrade(database)
    assert differences(database) == []
    database.close()


def _seat(pool_id: int, learner_id: int, seat_id: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": seat_id,
        "platform_id": 1,
        "pool_id": pool_id,
        "item_id": 1,
        "learner_id": learner_id,
        "state": "live",
        "starts_at": NOON,
        "direct": True,
        "grants": [],
        "fulfilled": False,
        "metadata": {},
        "created_at": NOON,
        "modified_at": NOON,
    } | changes


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("I1 held ≤ size", sqlalchemy.update(pools).values(held=3)),
        ("I1 0 ≤ held", sqlalchemy.update(pools).values(held=-1)),
        ("size ≥ held", sqlalchemy.update(pools).values(size=0)),
        ("I2 0 ≤ ended", sqlalchemy.update(pools).values(ended=-1)),
        ("I2 ended ≤ given", sqlalchemy.update(pools).values(ended=2)),
        ("I2 0 ≤ moved", sqlalchemy.update(pools).values(moved=-1)),
        ("I2 moved ≤ ended", sqlalchemy.update(pools).values(moved=1)),
        ("windows go forwards", sqlalchemy.update(pools).values(ends_at=NOON.replace(year=2000))),
        ("I3 one standing seat", sqlalchemy.insert(seats).values(_seat(1, 1, 900))),
        (
            "I3 suspended seats stand too",
            sqlalchemy.insert(seats).values(_seat(1, 1, 900, state="suspended")),
        ),
        ("states are known", sqlalchemy.update(seats).values(state="vanished")),
        ("I4 an ended seat has its reason", sqlalchemy.update(seats).values(state="ended")),
        ("only what was passed on has a successor", sqlalchemy.update(seats).values(moved_to=9)),
        (
            "what was passed on has a successor",
            sqlalchemy.update(seats).values(state="ended", reason="passed_on"),
        ),
        ("a seat's pool exists", sqlalchemy.insert(seats).values(_seat(77, 1, 900))),
        ("a seat's learner exists", sqlalchemy.insert(seats).values(_seat(1, 77, 900))),
        (
            "I8 a seat is of its pool's platform",
            sqlalchemy.insert(seats).values(
                _seat(1, 1, 900, platform_id=2, state="ended", reason="revoked")
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_database_itself_refuses_what_must_never_be(
    database: Database, promise: str, change: Any
) -> None:
    world = World(database)
    pool = world.pool(size=2)
    world.assign(pool.id, "a")
    with pytest.raises(Conflict) as raised, database.write() as unit:
        unit.execute(change)
    assert isinstance(raised.value.__cause__, IntegrityError)
    world.check()


def test_what_happens_to_a_pool_is_told_of_its_platform(database: Database) -> None:
    world = World(database)
    world.pool()
    with pytest.raises(Conflict), database.write() as unit:
        unit.execute(sqlalchemy.update(events).values(platform_id=2))
    world.check()


def test_an_ended_seat_may_stand_beside_a_new_one(database: Database) -> None:
    world = World(database)
    pool = world.pool()
    world.assign(pool.id, "a")
    past = _seat(pool.id, 1, 900, state="ended", reason="revoked")
    with database.write() as unit:
        unit.execute(sqlalchemy.insert(seats).values(past))
        assert unit.count(sqlalchemy.select(sqlalchemy.func.count()).select_from(seats)) == 2
