"""Instants are aware datetimes in UTC; in history and in storage they have one spelling."""

from datetime import UTC, datetime
from typing import overload


@overload
def text(instant: datetime) -> str: ...
@overload
def text(instant: None) -> None: ...
def text(instant: datetime | None) -> str | None:
    """`2026-11-24T14:53:00.000000+00:00`: of fixed width, so that text sorts as time does."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def read(spelling: str) -> datetime:
    """The instant that `text` spelled."""
    return datetime.fromisoformat(spelling)
