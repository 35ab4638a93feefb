"""The hot pool on SQLite: one file, one process, the same durability on both sides."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import make_url

from bench.calls import ASSIGN
from bench.claims import by_http, warm_up
from bench.measurement import Aim, Comparison, Measurement, Reading, all_in_turn
from bench.processes import own_cpu_seconds
from bench.site import Site
from bench.stage import Stage
from bench.three_writes import writes

CLIENTS = 64


def run(stage: Stage) -> Mapping[str, Comparison]:
    site = stage.site_on_sqlite()
    with stage.serving(site, workers=1) as server:
        ours = {
            name: by_http(stage, server, site, call, clients=CLIENTS)
            for name, call in ASSIGN.items()
        }
        theirs = _loop(stage, site)
        warm_up(site, *ours.values(), theirs)
        return all_in_turn(stage.sizes.rounds, ours, theirs)


def _loop(stage: Stage, site: Site) -> Callable[[], Reading]:
    """One transaction a seat, one after the other."""

    def measure() -> Reading:
        pool = site.open_pools()[0]
        values = site.variables(now=stage.now()) | {"pool": pool.id, "item": pool.item.id}
        with _connected(site) as connection:
            spent, started = own_cpu_seconds(), time.perf_counter()
            seats = _seat_until(connection, values, started + stage.sizes.seconds, site.learners)
            seconds = time.perf_counter() - started
            spent = own_cpu_seconds() - spent
        assert site.held([pool.id]) == seats
        return Reading(seats / seconds, "seats/s", seats, {"loop": spent})

    return measure


def _seat_until(
    connection: sqlite3.Connection, values: dict[str, Any], stop_at: float, most: int
) -> int:
    statements = writes("last_insert_rowid()")
    for seats in range(most):
        if time.perf_counter() >= stop_at:
            return seats
        values["learner"] = values["first"] + seats
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement, values)
        connection.execute("COMMIT")
    return most


@contextmanager
def _connected(site: Site) -> Iterator[sqlite3.Connection]:
    """As durable as the ledger's own connection."""
    connection = sqlite3.connect(str(make_url(site.url).database), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    try:
        yield connection
    finally:
        connection.close()


MEASUREMENT = Measurement(
    key="sqlite_hot",
    what=f"{CLIENTS} clients assign seats of one pool on SQLite by HTTP, seats a second",
    against="sqlite3 in a loop, one BEGIN IMMEDIATE transaction a seat, the same three writes",
    aim=Aim(least=3.0),
    run=run,
)
