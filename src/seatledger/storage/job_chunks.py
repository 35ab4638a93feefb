"""Rows of a job's file, in chunks: what is asked in one column, what came of it in another.

A row in a table for each row of a file would be written twice and read once; this way a chunk costs
two statements, and hardly any of the time that its seats take.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, insert, select, update

from seatledger.domain.job import Job, JobRow, Outcome, RowAsked, RowTold, count
from seatledger.domain.job_command import Chunk
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.job_tables import job_chunks as table
from seatledger.storage.json_text import json_text
from seatledger.storage.unit import Unit

ADDED_AT_ONCE = 100
READ_AT_ONCE = 4
_asked = msgspec.json.Decoder(list[RowAsked])
_told = msgspec.json.Decoder(list[RowTold])


def packed(rows: Sequence[RowAsked]) -> Chunk:
    """Rows as a chunk keeps them."""
    return Chunk(len(rows), msgspec.json.encode(rows).decode())


def add(unit: Unit, job: Job, chunks: Sequence[Chunk]) -> None:
    """The rows of a new job, in order."""
    first = 1
    values = []
    for chunk in chunks:
        values.append(
            {
                "platform_id": job.platform_id,
                "job_id": job.id,
                "first": first,
                "size": chunk.size,
                "rows": chunk.rows,
            }
        )
        first += chunk.size
    for start in range(0, len(values), ADDED_AT_ONCE):
        unit.execute(insert(table).values(values[start : start + ADDED_AT_ONCE]))


def asked(unit: Unit, job: Job, first: int) -> list[RowAsked]:
    """The rows of the chunk that begins with row `first`."""
    query = select(table.c.rows).where(table.c.job_id == job.id, table.c.first == first)
    return _asked.decode(unit.select(query)[0].rows)


def tell(unit: Unit, job: Job, first: int, told: Sequence[RowTold]) -> None:
    """Write what came of the rows of a chunk, each in its place."""
    chunk = (table.c.job_id == job.id) & (table.c.first == first) & table.c.told.is_(None)
    values = {"told": msgspec.json.encode(told).decode(), "counts": count(told)}
    written = unit.execute(update(table).where(chunk).values(values))
    assert written == 1, "each row is told once"


def follow(
    unit: Unit, job: Job, stretch: Stretch, outcome: Outcome | None = None
) -> Followed[JobRow]:
    """The next rows, by number: all, or those of one outcome."""
    kept: list[JobRow] = []
    for row in stream(unit, job, stretch.after, outcome):
        kept.append(row)
        if len(kept) > stretch.limit:
            break
    rows = kept[: stretch.limit]
    return Followed(rows, rows[-1].number if rows else stretch.after, len(kept) > stretch.limit)


def stream(
    unit: Unit, job: Job, after: int = 0, outcome: Outcome | None = None
) -> Iterator[JobRow]:
    """All rows behind the one numbered `after`, a few chunks in memory at a time."""
    last = after
    while chunks := _chunks(unit, job, last, outcome):
        for chunk in chunks:
            rows = _rows(chunk)
            for row in rows[max(0, after - chunk.first + 1) :]:
                if outcome is None or (row.told is not None and row.told.outcome is outcome):
                    yield row
            last = chunk.first + chunk.size - 1


def _chunks(unit: Unit, job: Job, last: int, outcome: Outcome | None) -> Sequence[Row[Any]]:
    """The next few chunks with a row behind `last`, where any is of the outcome."""
    query = select(table).where(table.c.job_id == job.id, table.c.first + table.c.size > last + 1)
    if outcome is not None:
        query = query.where(json_text(table.c.counts, outcome.value).is_not(None))
    return unit.select(query.order_by(table.c.first).limit(READ_AT_ONCE))


def unpacked(chunk: Row[Any]) -> tuple[list[RowAsked], list[RowTold] | None]:
    """What a chunk asks, and what came of it if it was tried."""
    told = None if chunk.told is None else _told.decode(chunk.told)
    return _asked.decode(chunk.rows), told


def rewrite(
    unit: Unit, chunk: Row[Any], asked: Sequence[RowAsked], told: Sequence[RowTold] | None
) -> None:
    """Put other rows in place of a chunk's, as many as before."""
    values = {"rows": msgspec.json.encode(asked).decode()}
    if told is not None:
        values["told"] = msgspec.json.encode(told).decode()
    own = (table.c.job_id == chunk.job_id) & (table.c.first == chunk.first)
    unit.execute(update(table).where(own).values(values))


def _rows(chunk: Row[Any]) -> list[JobRow]:
    asked, known = unpacked(chunk)
    told = [None] * len(asked) if known is None else known
    numbers = range(chunk.first, chunk.first + chunk.size)
    return [JobRow(*row) for row in zip(numbers, asked, told, strict=True)]
