"""The two engines, and the only place that knows which one runs.

Each has a pool of connections for writing and one for reading; reads run without a transaction of
their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from seatledger.storage import events
from seatledger.storage.meaning import Conflict, Unavailable, Uncertain, meaning
from seatledger.storage.postgresql import PostgresEngine
from seatledger.storage.sqlite import SqliteEngine
from seatledger.storage.unit import Unit

__all__ = ["Conflict", "Database", "Unavailable", "Uncertain"]

URL_FORMS = "The database URL must be sqlite:///path/to/file or postgresql://user@host/name."


class Database:
    """One ledger's rows. `url` is `sqlite:///path` or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self.url = _driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        engine = SqliteEngine(self.url) if self.is_sqlite else PostgresEngine(self.url)
        self.spelling, self.wire = engine.spelling, engine.wire
        self.writer, self._readers = engine.writer, engine.readers

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """One transaction: commits when the block ends well, rolls back otherwise.

        Raises Conflict, Unavailable or Uncertain in place of the driver's errors of those meanings.
        """
        committing = False
        try:
            with self.writer.connect() as connection, connection.begin() as transaction:
                unit = Unit(connection, self.wire(connection))
                yield unit
                events.settle(unit)
                committing = True
                transaction.commit()
        except (DBAPIError, PoolTimeout) as error:
            raise meaning(error, committing=committing) from error

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Queries only. Raises Unavailable where the database is."""
        try:
            with self._readers.connect() as connection:
                yield Unit(connection, self.wire(connection))
        except (DBAPIError, PoolTimeout) as error:
            raise meaning(error, committing=False) from error

    @contextmanager
    def snapshot(self) -> Iterator[Unit]:
        """Queries that all see the ledger as it is at the first of them. Raises Unavailable."""
        with self.read() as unit:
            unit.connection.exec_driver_sql(self.spelling.begin_snapshot)
            try:
                yield unit
            finally:
                unit.connection.exec_driver_sql("ROLLBACK")

    @property
    def is_there(self) -> bool:
        """Whether reading can find anything: not while SQLite would have to make the file first."""
        return not self.is_sqlite or Path(str(self.url.database)).exists()

    def close(self) -> None:
        self._readers.dispose()
        self.writer.dispose()


def _driver_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(URL_FORMS) from None
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError(URL_FORMS)
    file = Path(str(parsed.database)).expanduser()
    return parsed.set(drivername="sqlite+pysqlite", database=str(file))
