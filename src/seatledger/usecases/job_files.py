"""Reads what is sent to a job, a CSV file or JSON rows, into chunks of rows as they are stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec

from seatledger.domain.job import JobKind, RowAsked
from seatledger.domain.job_columns import Columns
from seatledger.domain.job_command import Chunk
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.domain.sheet import Line, read_lines, read_text
from seatledger.storage.job_chunks import packed

CHUNK_ROWS = 500
ROWS_MAX = 1_000_000
COLUMNS_MAX = 200


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as CreateJob takes it."""

    columns: tuple[str, ...]
    chunks: tuple[Chunk, ...]

    @property
    def total(self) -> int:
        return sum(chunk.size for chunk in self.chunks)


def pack_csv(
    data: bytes, kind: JobKind, end: datetime | None = None, *, last_days: bool = False
) -> Packed | Refusal:
    """The rows of a CSV file, whose first line names the columns.

    `end` is for rows without one; with `last_days`, a date alone is the last day. A Refusal where
    a part of the file can't be read at all; a row that can be read and means nothing is for the
    job to tell.
    """
    text = read_text(data)
    if isinstance(text, Refusal):
        return text
    lines = read_lines(text)
    header = next(lines, None)
    if header is None:
        return invalid("body", "The file is empty.")
    if isinstance(header, Refusal):
        return header
    return _packed(kind, header.fields, lines, end, last_days=last_days)


def pack_rows(
    rows: Sequence[msgspec.Raw], kind: JobKind, end: datetime | None = None
) -> Packed | Refusal:
    """Rows that are JSON objects; each name that one of them has is a column."""
    names: dict[str, None] = {}
    for number, row in enumerate(rows, start=1):
        try:
            names.update(dict.fromkeys(_members(row)))
        except msgspec.ValidationError:
            return invalid("rows", f"Row {number} is not an object.")
        if len(names) > COLUMNS_MAX:
            break
    if not rows:
        return invalid("rows", "There are no rows.")
    return _packed(kind, list(names), _lines(rows, names), end)


def pack(rows: Iterable[RowAsked]) -> tuple[Chunk, ...]:
    """Rows in chunks."""
    waiting = iter(rows)
    return tuple(map(packed, iter(lambda: list(islice(waiting, CHUNK_ROWS)), [])))


class _Unreadable(Exception):
    """Ends the reading of a file in the middle."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def _packed(
    kind: JobKind,
    headers: Sequence[str],
    lines: Iterable[Line | Refusal],
    end: datetime | None,
    *,
    last_days: bool = False,
) -> Packed | Refusal:
    if len(headers) > COLUMNS_MAX:
        return invalid("body", f"There are more than {COLUMNS_MAX} columns.")
    columns = Columns.find(kind, headers, end)
    if isinstance(columns, Refusal):
        return columns
    try:
        chunks = pack(_asked(replace(columns, last_days=last_days), lines, len(headers)))
    except _Unreadable as error:
        return error.refusal
    if not chunks:
        return invalid("body", "The file has no rows below its header.")
    named = (header.strip().replace("\0", "\ufffd") for header in headers)
    return Packed(tuple(named), chunks)


def _asked(columns: Columns, lines: Iterable[Line | Refusal], width: int) -> Iterator[RowAsked]:
    for number, line in enumerate(lines, start=1):
        if isinstance(line, Refusal):
            raise _Unreadable(line)
        if number > ROWS_MAX:
            raise _Unreadable(Refusal(Code.TOO_LARGE, f"A job has at most {ROWS_MAX:,} rows."))
        yield columns.asked(line.number, line.fields, width)


def _lines(rows: Sequence[msgspec.Raw], names: Iterable[str]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        said = _members(row)
        yield Line(number, [_text(said.get(name)) for name in names])


def _members(row: msgspec.Raw) -> dict[str, Any]:
    return msgspec.json.decode(row, type=dict[str, Any])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
