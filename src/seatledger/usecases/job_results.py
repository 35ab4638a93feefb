"""The file of a job with what came of each row, so that a spreadsheet can open it unharmed."""

import csv
import io
from collections.abc import Iterable, Sequence

from seatledger.domain.job import JobRow

TOLD = ("outcome", "code", "reason", "seat")
# A spreadsheet takes a cell that begins so for a formula, and would carry out what a file says.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def header_line(columns: Sequence[str]) -> str:
    """The names of the columns: the file's own, and then ours."""
    return _written([[*map(harmless, columns), *TOLD]])


def result_lines(columns: Sequence[str], rows: Iterable[JobRow]) -> str:
    """Rows as they were, each as wide as the header, and what came of them; nothing if not tried.

    What a row has beyond the header is left out: it belongs to no column.
    """
    width = len(columns)
    return _written([*_original(row, width), *_told(row)] for row in rows)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _original(row: JobRow, width: int) -> list[str]:
    fields = row.asked.original[:width]
    return [*map(harmless, fields), *[""] * (width - len(fields))]


def _told(row: JobRow) -> list[str]:
    if row.told is None:
        return [""] * len(TOLD)
    seat = "" if row.told.seat_id is None else str(row.told.seat_id)
    return [row.told.outcome, row.told.code or "", harmless(row.told.reason or ""), seat]


def _written(lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue()
