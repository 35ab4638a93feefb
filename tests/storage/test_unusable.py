"""A database that can't be written for now means Unavailable, however the engine puts it."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.engine import make_url

from seatledger.domain.people_command import CreatePlatform
from seatledger.domain.refusal import Code, Refusal
from seatledger.storage.engine import Database, Unavailable
from seatledger.usecases.carry_out import carry_out
from tests.support.cast import NOON, OPERATOR
from tests.support.ledgers import PostgresLedgers, SqliteLedgers
from tests.support.world import World

WRITE = CreatePlatform(OPERATOR, key="zeta", org="ZETA", name="Zeta")


def refused(database: Database) -> Code:
    outcome = carry_out(database, [WRITE], NOON)[0]
    assert isinstance(outcome, Refusal), outcome
    return outcome.code


def test_a_read_only_postgresql_is_unavailable_for_writing_and_read_as_before(
    postgresql_ledgers: PostgresLedgers,
) -> None:
    url = postgresql_ledgers.empty()
    database = Database(url)
    World(database)
    name = make_url(url).database
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    database.close()  # what was connected before keeps its mode
    assert refused(database) is Code.UNAVAILABLE
    with pytest.raises(Unavailable), database.write() as unit:
        unit.new_ids(seats=1)
    with database.read() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM platforms").scalar() == 1
    database.close()
    postgresql_ledgers.drop(url)


def test_a_full_sqlite_file_is_unavailable_until_there_is_room(
    sqlite_ledgers: SqliteLedgers,
) -> None:
    database = Database(sqlite_ledgers.empty())
    World(database)
    with database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    fill = [CreatePlatform(OPERATOR, key=f"p{n}", org=f"P{n}", name="x" * 200) for n in range(200)]
    outcomes = [carry_out(database, [each], NOON)[0] for each in fill]
    codes = [each.code for each in outcomes if isinstance(each, Refusal)]
    assert set(codes) == {Code.UNAVAILABLE}
    with database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert not isinstance(carry_out(database, [WRITE], NOON)[0], Refusal)
    database.close()


def test_a_sqlite_file_that_another_locks_is_unavailable(
    sqlite_ledgers: SqliteLedgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seatledger.storage.sqlite.BUSY_TIMEOUT_SECONDS", 0.05)
    url = sqlite_ledgers.empty()
    database = Database(url)
    World(database)
    other = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refused(database) is Code.UNAVAILABLE
    other.execute("ROLLBACK")
    other.close()
    assert not isinstance(carry_out(database, [WRITE], NOON)[0], Refusal)
    database.close()
