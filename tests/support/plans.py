"""How a database would go about what it was asked, before it has statistics of anything."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import psycopg
import sqlalchemy

from seatledger.storage.engine import Database
from seatledger.storage.unit import Unit

Asked = list[tuple[str, Any]]


def plans_of(database: Database, work: Callable[[Unit], object]) -> list[str]:
    """The steps of all statements that some work makes of a transaction."""
    return _of_sqlite(database, work) if database.is_sqlite else _of_postgresql(database, work)


def _of_sqlite(database: Database, work: Callable[[Unit], object]) -> list[str]:
    asked: Asked = []

    def note(_connection: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        asked.append((sql, values))

    with database.write() as unit:
        sqlalchemy.event.listen(database.writer, "before_cursor_execute", note)
        work(unit)
        sqlalchemy.event.remove(database.writer, "before_cursor_execute", note)
        return [
            str(row[-1])
            for sql, values in asked
            for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]


def _of_postgresql(database: Database, work: Callable[[Unit], object]) -> list[str]:
    asked: Asked = []
    honest = psycopg.Cursor.execute

    def noting(self: Any, query: Any, values: Any = None, **options: Any) -> Any:
        asked.append((query.decode() if isinstance(query, bytes) else str(query), values))
        return honest(self, query, values, **options)

    with database.write() as unit:
        with mock.patch.object(psycopg.Cursor, "execute", noting):
            work(unit)
        driver: Any = unit.connection.connection.driver_connection
        with driver.cursor() as cursor:
            return [
                str(row[0])
                for sql, values in asked
                for row in cursor.execute(f"EXPLAIN {sql}", values).fetchall()
            ]
