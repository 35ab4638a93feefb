"""The harness itself: what a test gets is a whole ledger, empty, and its own."""

from sqlalchemy import inspect, text

from seatledger.storage.engine import Database
from seatledger.storage.tables import metadata
from tests.support.ledgers import Ledgers
from tests.support.world import World


def tables_of(url: str) -> set[str]:
    database = Database(url)
    try:
        return set(inspect(database.writer).get_table_names())
    finally:
        database.close()


def test_an_empty_ledger_has_every_table_of_the_schema(database_url: str) -> None:
    assert tables_of(database_url) >= set(metadata.tables)


def test_a_bare_database_has_no_table(bare_database_url: str) -> None:
    assert tables_of(bare_database_url) == set()


def test_what_a_test_leaves_behind_the_next_does_not_find(ledgers: Ledgers) -> None:
    for _ in range(3):
        url = ledgers.empty()
        database = Database(url)
        world = World(database)
        world.assign(world.pool().id, "ada", "bob")
        assert world.holders(1) == ["ada", "bob"]
        ledgers.drop(url)  # with its connections still open
        database.close()


def test_a_ledger_that_was_changed_is_not_used_again(ledgers: Ledgers) -> None:
    url = ledgers.empty()
    database = Database(url)
    with database.writer.connect() as connection, connection.begin():
        connection.execute(text("DROP INDEX uq_seats_standing"))
    database.close()
    ledgers.drop(url)
    url = ledgers.empty()
    database = Database(url)
    indexes = {each["name"] for each in inspect(database.writer).get_indexes("seats")}
    assert "uq_seats_standing" in indexes
    database.close()
    ledgers.drop(url)


def test_two_empty_ledgers_do_not_share_rows(ledgers: Ledgers) -> None:
    urls = ledgers.empty(), ledgers.empty()
    first, second = (Database(url) for url in urls)
    with first.writer.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE only_here (id integer)"))
    assert inspect(first.writer).has_table("only_here")
    assert not inspect(second.writer).has_table("only_here")
    for database, url in zip((first, second), urls, strict=True):
        database.close()
        ledgers.drop(url)
