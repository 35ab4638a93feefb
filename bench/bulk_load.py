"""Seats for many new learners: by the ledger in a process of its own, and by COPY of its rows."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from bench.measurement import Reading
from bench.processes import own_cpu_seconds
from bench.site import Site
from bench.stage import ROOT, Stage
from seatledger.domain.pool import Pool

SECONDS_MAX = 900


def give(site: Site, pool: Pool, *, first: int, seats: int) -> dict[str, Any]:
    """Give `seats` new learners, numbered from `first`, a seat each; what `bulk_process` says."""
    command = [sys.executable, "-m", "bench.bulk_process", site.url, str(pool.id)]
    done = subprocess.run(
        [*command, str(first), str(seats)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_MAX,
    )
    if done.returncode != 0:
        raise RuntimeError(f"giving many seats failed:\n{done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def given(stage: Stage, site: Site, pool: Pool) -> Reading:
    """Seats a second by the ledger."""
    seats = stage.sizes.bulk
    before = stage.postgres.cpu_seconds()
    said = give(site, pool, first=1, seats=seats)
    spent = {
        "process": said["cpu_seconds"],
        "postgres": stage.postgres.cpu_seconds() - before,
    }
    assert site.held([pool.id]) == seats
    return Reading(seats / said["seconds"], "seats/s", seats, spent)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a ledger wrote for a pool's seats, table by table, as COPY takes it."""

    pool_id: int
    tables: dict[str, bytes]

    @classmethod
    def of(cls, site: Site, pool: Pool) -> "Rows":
        wanted = {
            "learners": "SELECT * FROM learners WHERE id IN (SELECT learner_id FROM seats)",
            "seats": "SELECT * FROM seats",
            "events": "SELECT * FROM events WHERE kind = 'seat_assigned'",
        }
        with _connected(site) as connection:
            return cls(pool.id, {name: _out(connection, sql) for name, sql in wanted.items()})


def copied(stage: Stage, site: Site, rows: Rows) -> Reading:
    """Seats a second by COPY into empty tables, one transaction, the pool's counter with it."""
    seats = stage.sizes.bulk
    before, own_before = stage.postgres.cpu_seconds(), own_cpu_seconds()
    with _connected(site) as connection:
        started = time.perf_counter()
        for name, content in rows.tables.items():
            with connection.cursor().copy(
                SQL("COPY {} FROM STDIN").format(Identifier(name))
            ) as copy:
                copy.write(content)
        connection.execute("UPDATE pools SET held = held + %s WHERE id = %s", [seats, rows.pool_id])
        connection.commit()
        seconds = time.perf_counter() - started
    spent = {
        "copy": own_cpu_seconds() - own_before,
        "postgres": stage.postgres.cpu_seconds() - before,
    }
    assert site.held([rows.pool_id]) == seats
    return Reading(seats / seconds, "seats/s", seats, spent)


def _out(connection: "psycopg.Connection[Any]", query: str) -> bytes:
    with connection.cursor().copy(f"COPY ({query} ORDER BY id) TO STDOUT".encode()) as copy:
        return b"".join(bytes(block) for block in copy)


def _connected(site: Site) -> "psycopg.Connection[Any]":
    url = make_url(site.url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))
