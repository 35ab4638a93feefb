"""Instants and dates as the licensing API spells them, in UTC (O37)."""

import re
from datetime import UTC, date, datetime

# The vendor's `end` is always a timestamp; what never ends is shown with the last day there is.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def shown(instant: datetime) -> str:
    """`2026-02-03T08:15:42+00:00`: a numeric offset and no fraction, which is cut off."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def shown_end(end: datetime | None) -> str:
    return shown(NEVER if end is None else end)


def read_day(text: str) -> datetime | None:
    """The start of a day written `YYYY-MM-DD` (rule 20); None for anything else (O11)."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
