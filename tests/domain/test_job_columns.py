"""What the columns of a file mean, and its rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest

from seatledger.domain.job import JobKind, RowAsked
from seatledger.domain.job_columns import Columns
from seatledger.domain.refusal import Code, Refusal

END = datetime(2027, 1, 31, tzinfo=UTC)


def find(kind: JobKind, *headers: str, end: datetime | None = None) -> Columns:
    found = Columns.find(kind, headers, end)
    assert isinstance(found, Columns), found
    return found


@pytest.mark.parametrize(
    "header",
    ["email", "E-MAIL", "  e-mail ", "Mail", "Email address", "E-mail_Address", "learner email"],
)
def test_the_address_is_known_by_many_headers(header: str) -> None:
    assert find(JobKind.IMPORT, "id", header).places == {"email": 1}


def test_the_columns_may_stand_in_any_order_among_others() -> None:
    found = find(JobKind.IMPORT, "Department", "Valid until", "Full name", "Mail", "Seat")
    assert found.places == {"end": 1, "name": 2, "email": 3}


@pytest.mark.parametrize(
    ("kind", "headers", "sentence"),
    [
        (JobKind.IMPORT, ["name"], "No column is headed email."),
        (JobKind.IMPORT, ["seat"], "No column is headed email."),
        (JobKind.END, ["name"], "No column is headed email or seat."),
        (JobKind.IMPORT, ["Mail", "E-Mail"], "Two columns say email: Mail, E-Mail."),
    ],
)
def test_columns_that_are_missing_or_unclear_are_refused(
    kind: JobKind, headers: Sequence[str], sentence: str
) -> None:
    refusal = Columns.find(kind, headers)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field, refusal.sentence) == (Code.INVALID, "body", sentence)


def test_a_row_is_read_without_the_spaces_around_its_fields_and_kept_with_them() -> None:
    asked = find(JobKind.IMPORT, "mail", "name", "end").asked(2, [" a@x.example ", "", " "], 3)
    assert asked == RowAsked(2, (" a@x.example ", "", " "), email="a@x.example")


def test_a_short_row_lacks_what_stands_behind_and_a_long_one_is_unreadable() -> None:
    columns = find(JobKind.IMPORT, "mail", "name")
    assert columns.asked(2, ["a@x.example"], 2).unreadable is None
    assert columns.asked(2, ["a@x.example", "A", "", " "], 2).unreadable is None
    long = columns.asked(2, ["a@x.example", "Lovelace", "Ada"], 2)
    assert long.unreadable == "The row has 3 fields, the header has 2."
    assert long.original == ("a@x.example", "Lovelace", "Ada")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2027-01-31", END),
        ("2027-01-31T01:00:00+01:00", END),
        ("2027-01-31 00:00:00Z", END),
        ("", None),
    ],
)
def test_an_end_is_a_date_or_an_instant(text: str, end: datetime | None) -> None:
    assert find(JobKind.IMPORT, "mail", "end").asked(2, ["a", text], 2).end == end


@pytest.mark.parametrize("text", ["31.1.2027", "2027-01-31T00:00:00", "20270131", "9" * 99, "x"])
def test_an_end_that_is_neither_is_unreadable(text: str) -> None:
    asked = find(JobKind.IMPORT, "mail", "end").asked(2, ["a", text], 2)
    assert asked.unreadable is not None
    assert "is neither a date" in asked.unreadable
    assert len(asked.unreadable) < 150


def test_rows_without_an_end_get_the_one_for_all() -> None:
    columns = find(JobKind.EXTEND, "mail", "end", end=END)
    assert columns.asked(2, ["a"], 2).end == END
    other = columns.asked(2, ["a", "2028-01-01T00:00:00Z"], 2).end
    assert other == datetime(2028, 1, 1, tzinfo=timezone(timedelta(0)))
    assert find(JobKind.EXTEND, "mail").asked(2, ["a"], 1).unreadable == "The row has no end."


@pytest.mark.parametrize(
    ("text", "seat_id"),
    [("12 ", 12), ("0", None), ("-1", None), ("x", None), ("1.5", None), ("9" * 19, None)],
)
def test_a_seat_is_named_by_its_id(text: str, seat_id: int | None) -> None:
    asked = find(JobKind.END, "seat").asked(2, [text], 1)
    assert (asked.seat_id, asked.unreadable is None) == (seat_id, seat_id is not None)


def test_a_nul_makes_a_row_unreadable_and_is_kept_as_a_mark() -> None:
    asked = find(JobKind.IMPORT, "mail").asked(2, ["a\0"], 1)
    assert (asked.original, asked.unreadable) == (("a\ufffd",), "No text has a NUL character.")
