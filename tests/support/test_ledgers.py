"""The harness itself: what a test gets is a whole ledger, empty, and its own."""

from sqlalchemy import inspect, text

from seatledger.storage.engine import Database
from seatledger.storage.tables import metadata
from tests.support.ledgers import Ledgers


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
