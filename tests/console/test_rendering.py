"""Times as pages spell them."""

from datetime import UTC, datetime

import pytest

from seatledger.console.rendering import day, iso


@pytest.mark.parametrize(
    ("instant", "spelled", "shown"),
    [
        (datetime(2026, 11, 24, 14, 53, tzinfo=UTC), "2026-11-24T14:53:00Z", "24 Nov 2026"),
        (datetime(26, 11, 1, 0, 0, 0, 7, UTC), "0026-11-01T00:00:00Z", "1 Nov 0026"),
    ],
)
def test_a_year_has_four_digits(instant: datetime, spelled: str, shown: str) -> None:
    assert (iso(instant), day(instant)) == (spelled, shown)
