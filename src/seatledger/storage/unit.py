"""A unit of work: the statements of one transaction. `engine.Database` opens and commits it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec
from sqlalchemy import Executable, Select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from seatledger.storage.meaning import meaning
from seatledger.storage.statement import Spelling, Statement

Rows = Sequence[Any]  # each has its columns as attributes


class Result(Protocol):
    """What came of a statement."""

    @property
    def rowcount(self) -> int: ...

    def fetchall(self) -> Rows: ...


class Wire(Protocol):
    """How statements of the write path get to an engine, on one connection."""

    @property
    def spelling(self) -> Spelling: ...

    def execute(self, statement: Statement, parameters: Mapping[str, Any]) -> Result:
        """Run a statement. Raises SQLAlchemy's errors."""

    def new_ids(self, counts: Mapping[str, int]) -> dict[str, list[int]]:
        """So many ids of each table, ascending, that no row has nor will be given by another."""


Writes = Mapping[str, tuple[Statement, Sequence[Any]]]  # by parameter: what writes which rows


class Unit:
    """Runs statements on one connection. Parameters that a statement reads as rows are lists.

    `history` is what there is to tell of the transaction: it is numbered and written at its end.
    """

    def __init__(self, connection: Connection, wire: Wire) -> None:
        self.connection = connection
        self.history: list[dict[str, Any]] = []
        self._wire = wire
        self._postponed: Writes = {}

    def rows(self, statement: Statement, **parameters: Any) -> Rows:
        """The rows a statement answers with."""
        self._catch_up()
        return self._wire.execute(statement, _bind(statement, parameters)).fetchall()

    def run(self, statement: Statement, **parameters: Any) -> int:
        """Run a statement for its effect; answers how many rows it touched."""
        self._catch_up()
        return self._wire.execute(statement, _bind(statement, parameters)).rowcount

    def select(self, query: Executable) -> Rows:
        """The rows of a query built by hand: lists with filters, and writes that answer."""
        self._catch_up()
        return self.connection.execute(query).fetchall()

    def execute(self, change: Executable) -> int:
        """Run a change built by hand; answers how many rows it touched."""
        self._catch_up()
        return self.connection.execute(change).rowcount

    def postpone(self, writes: Writes) -> None:
        """Write rows once something follows; where nothing does, together with the history.

        The writes must not touch the same rows, nor see each other's work.
        """
        self._catch_up()
        self._postponed = writes

    def postpone_too(self, writes: Writes) -> None:
        """Write rows together with what is postponed already; the same is asked of them."""
        self._postponed = {**self._postponed, **writes}

    def finish(self, last: Writes) -> None:
        """Write what was postponed and the last there is, in one round trip where that goes."""
        writes = {name: each for name, each in {**self._postponed, **last}.items() if each[1]}
        self._postponed = {}
        if not writes:
            return
        statements = [statement for statement, _ in writes.values()]
        for together in self._wire.spelling.together(statements):
            self.run(together, **{name: writes[name][1] for name in together.rows})

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the transaction that is undone by itself where it raises.

        Raises Conflict, Unavailable … in place of the driver's errors, as the whole does.
        """
        self._catch_up()
        told = len(self.history)
        try:
            with self.connection.begin_nested():
                yield
                self._catch_up()
        except BaseException as error:
            del self.history[told:]
            self._postponed = {}
            if isinstance(error, DBAPIError):
                raise meaning(error, committing=False) from error
            raise

    def _catch_up(self) -> None:
        if self._postponed:
            self.finish({})

    def count(self, query: Select[Any]) -> int:
        self._catch_up()
        return int(self.connection.execute(query).scalar_one())

    def new_ids(self, **counts: int) -> dict[str, list[int]]:
        """So many fresh ids of each table, ascending."""
        return self._wire.new_ids(counts)


def _bind(statement: Statement, parameters: dict[str, Any]) -> dict[str, Any]:
    if not statement.rows:
        return parameters
    return {
        name: msgspec.json.encode(value).decode() if name in statement.rows else value
        for name, value in parameters.items()
    }
