"""What a database is asked, statement by statement, whatever way the statements take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg
import sqlalchemy

from seatledger.storage.engine import Database


@contextmanager
def noted(database: Database) -> Iterator[list[str]]:
    """The statements that its writing connections are given while the block runs.

    Not among them is what fills the stock of ids, which happens now and then.
    """
    statements: list[str] = []
    if database.is_sqlite:

        def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
            statements.append(sql)

        sqlalchemy.event.listen(database.writer, "before_cursor_execute", note)
        yield statements
        sqlalchemy.event.remove(database.writer, "before_cursor_execute", note)
        return

    honest = psycopg.Cursor.execute

    def noting(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        sql = query.decode() if isinstance(query, bytes) else str(query)
        if "nextval" not in sql:
            statements.append(sql)
        return honest(self, query, *arguments, **options)

    with mock.patch.object(psycopg.Cursor, "execute", noting):
        yield statements
