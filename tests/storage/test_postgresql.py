"""What goes to psycopg directly: ids in stock, statements, and what a lost connection means."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Lock

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError

from seatledger.domain.command import AssignSeat
from seatledger.storage import learners
from seatledger.storage.engine import Conflict, Database, Unavailable, Uncertain
from seatledger.storage.postgresql import IDS_AT_ONCE, Stock
from seatledger.storage.statement import Statement
from tests.support.cast import OPERATOR
from tests.support.ledgers import PostgresLedgers
from tests.support.statements import noted
from tests.support.world import World

ECHO = Statement(
    "SELECT id, word || '%' AS word, 7::text AS seven FROM {people} WHERE word LIKE :like",
    rows={"people": {"id": "bigint", "word": "text"}},
)
SIMPLE = Statement("SELECT 1 AS one")


@pytest.fixture
def database(postgresql_ledgers: PostgresLedgers) -> Iterator[Database]:
    url = postgresql_ledgers.empty()
    opened = Database(url)
    yield opened
    opened.close()
    postgresql_ledgers.drop(url)


class Sequence:
    """Counts as a sequence of the database does, for all who draw from it."""

    def __init__(self) -> None:
        self._next = count(1)
        self._lock = Lock()
        self.drawn: list[int] = []

    def draw(self, wanted: int) -> list[int]:
        with self._lock:
            self.drawn.append(wanted)
            return [next(self._next) for _ in range(wanted)]


def end_connections(database: Database) -> None:
    """As an administrator would: all connections but the one that says so."""
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


def test_ids_are_drawn_many_at_once_and_given_in_order() -> None:
    stock, sequence = Stock(), Sequence()
    given = [stock.take("seats", wanted, sequence.draw) for wanted in (1, 0, 250, 10, 1000)]
    assert sequence.drawn == [IDS_AT_ONCE, IDS_AT_ONCE, 1000 - 251]
    assert [each for part in given for each in part] == list(range(1, 1262))


def test_each_table_has_a_stock_of_its_own() -> None:
    stock, seats, learners = Stock(), Sequence(), Sequence()
    assert stock.take("seats", 2, seats.draw) == stock.take("learners", 2, learners.draw) == [1, 2]


def test_no_id_is_given_twice_by_threads_that_take_at_once() -> None:
    stock, sequence = Stock(), Sequence()
    with ThreadPoolExecutor(8) as threads:
        taken = threads.map(lambda n: stock.take("seats", n % 40, sequence.draw), range(2000))
        parts = list(taken)
    given = [each for part in parts for each in part]
    assert len(given) == len(set(given)) == sum(n % 40 for n in range(2000))
    assert all(part == sorted(part) for part in parts)


def test_two_ledgers_do_not_share_a_stock(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    with database.write() as mine, other.write() as theirs:
        ids = [mine.new_ids(seats=3)["seats"], theirs.new_ids(seats=3)["seats"]]
    assert set(ids[0]) & set(ids[1]) == set()
    other.close()


def test_a_statement_may_have_percent_signs_casts_and_parameters(database: Database) -> None:
    people = [{"id": 5, "word": "a%"}, {"id": 6, "word": "b"}]
    with database.read() as unit:
        (row,) = unit.rows(ECHO, people=people, like="a%")
    assert (row.id, row.word, row.seven) == (5, "a%%", "7")


def test_what_a_constraint_refuses_is_a_conflict(database: Database) -> None:
    with pytest.raises(Conflict) as raised, database.write() as unit:
        unit.run(learners.ADD, new_learners=[{"id": 1}])
    assert isinstance(raised.value.__cause__, IntegrityError)


def write_while_connections_end(database: Database, *, afterwards: bool) -> None:
    with database.write() as unit:
        unit.rows(SIMPLE)
        end_connections(database)
        if afterwards:
            unit.rows(SIMPLE)


def test_a_connection_lost_before_the_commit_is_unavailable_and_the_next_works(
    database: Database,
) -> None:
    with pytest.raises(Unavailable):
        write_while_connections_end(database, afterwards=True)
    with database.write() as unit:
        assert unit.rows(SIMPLE)[0].one == 1


def test_a_connection_lost_at_the_commit_leaves_it_uncertain(database: Database) -> None:
    with pytest.raises(Uncertain):
        write_while_connections_end(database, afterwards=False)


def test_who_finds_a_connection_lost_leaves_no_other_lost_one_for_the_next(
    database: Database,
) -> None:
    def read_on_two_connections() -> list[int]:
        with database.read() as first, database.read() as second:
            return [unit.rows(SIMPLE)[0].one for unit in (first, second)]

    assert read_on_two_connections() == [1, 1]
    end_connections(database)
    with pytest.raises(Unavailable):
        read_on_two_connections()
    assert read_on_two_connections() == [1, 1]


def test_ids_of_a_transaction_that_is_undone_are_not_given_again(database: Database) -> None:
    class Undone(Exception):
        pass

    given: list[int] = []

    def take_and_undo() -> None:
        with database.write() as unit:
            given.extend(unit.new_ids(learners=2)["learners"])
            raise Undone

    for _ in range(2):
        with pytest.raises(Undone):
            take_and_undo()
    assert len(set(given)) == 4


def test_a_server_that_was_away_is_asked_for_ids_anew(database: Database) -> None:
    """A crash may undo what was drawn in a transaction that never ended: nobody may use it."""
    with database.write() as unit:
        before = unit.new_ids(seats=1)["seats"][0]
    end_connections(database)
    with pytest.raises(Unavailable), database.write() as unit:
        unit.rows(SIMPLE)
    with database.write() as unit:
        assert unit.new_ids(seats=1)["seats"][0] >= before + IDS_AT_ONCE


def test_assigning_to_somebody_known_takes_four_statements(database: Database) -> None:
    """Who it is, locked; the pool, locked; what they hold; and all that is written."""
    world = World(database)
    world.assign(world.pool(item_key="elsewhere").id, "a")
    ask = AssignSeat(OPERATOR, pool_id=world.pool().id, email="a@acme.example", one_per_item=True)
    with noted(database) as statements:
        world.do(ask)
    assert len(statements) == 4, statements
