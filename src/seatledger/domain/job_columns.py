"""Which columns of a file say whom a row is about and what is asked, and what a row of it means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from seatledger.domain.job import JobKind, RowAsked
from seatledger.domain.refusal import Refusal, invalid

ID_MAX = 2**63 - 1
SHOWN_MAX = 40
# The headers by which a column is known, without regard to case, spaces and punctuation.
HEADERS = {
    "email": {"email", "mail", "emailaddress", "mailaddress", "learneremail", "useremail"},
    "name": {"name", "fullname", "displayname", "learnername"},
    "end": {"end", "ends", "enddate", "until", "validuntil", "expires", "expiry", "expirydate"},
    "seat": {"seat", "seatid"},
}
_KNOWN = {header: column for column, headers in HEADERS.items() for header in headers}
_USED = {
    JobKind.IMPORT: ("email", "name", "end"),
    JobKind.END: ("email", "seat"),
    JobKind.EXTEND: ("email", "seat", "end"),
}
_ID = re.compile(r"[1-9][0-9]{0,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the columns stand that a kind of job reads. `end` is for rows without one.

    A date without a time is the midnight it begins with; with `last_days` the one it ends with.
    """

    kind: JobKind
    places: Mapping[str, int]
    end: datetime | None = None
    last_days: bool = False

    @classmethod
    def find(
        cls, kind: JobKind, headers: Sequence[str], end: datetime | None = None
    ) -> "Columns | Refusal":
        """The columns, by their headers; a Refusal where they are unclear, or nobody is named."""
        places: dict[str, int] = {}
        for place, header in enumerate(headers):
            column = _KNOWN.get(re.sub(r"[\W_]", "", header.casefold()), "")
            if column not in _USED[kind]:
                continue
            if column in places:
                first = headers[places[column]].strip()
                return invalid("body", f"Two columns say {column}: {first}, {header.strip()}.")
            places[column] = place
        if not places.keys() & {"email", "seat"}:
            wanted = "email" if kind is JobKind.IMPORT else "email or seat"
            return invalid("body", f"No column is headed {wanted}.")
        return cls(kind, places, end)

    def asked(self, line: int, fields: Sequence[str], width: int) -> RowAsked:
        """What a row asks; `width` is how many columns the file has."""
        original = tuple(field.replace("\0", "\ufffd") for field in fields)
        said = {
            column: fields[place].strip() or None
            for column, place in self.places.items()
            if place < len(fields)
        }
        fault = _fault(fields, width)
        seat_id, end = said.get("seat"), said.get("end")
        read_end = self.end if end is None else read_end_of(end, last_day=self.last_days)
        if fault is None and seat_id is not None and not is_id(seat_id):
            fault = f"{shown(seat_id)} is not the id of a seat."
        if fault is None and isinstance(read_end, str):
            fault = read_end
        if fault is None and read_end is None and self.kind is JobKind.EXTEND:
            fault = "The row has no end."
        if fault is not None or isinstance(read_end, str):
            return RowAsked(line, original, unreadable=fault)
        return RowAsked(
            line,
            original,
            email=said.get("email"),
            name=said.get("name"),
            end=read_end,
            seat_id=None if seat_id is None else int(seat_id),
        )


def _fault(fields: Sequence[str], width: int) -> str | None:
    if len(fields) > width and any(field.strip() for field in fields[width:]):
        return f"The row has {len(fields)} fields, the header has {width}."
    if any("\0" in field for field in fields):
        return "No text has a NUL character."
    return None


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None and int(text) <= ID_MAX


def read_end_of(text: str, *, last_day: bool = False) -> datetime | str:
    """A date (its midnight in UTC, or as a `last_day` the next) or an instant with its offset.

    Else a sentence that says so.
    """
    try:
        end = datetime.fromisoformat(text)
        if _DATE.fullmatch(text):
            return end.replace(tzinfo=UTC) + timedelta(days=last_day)
        if end.tzinfo is not None:
            return end.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return (
        f"{shown(text)} is neither a date, as 2027-01-31, nor an instant, as 2027-01-31T18:00:00Z."
    )


def shown(text: str) -> str:
    """What a sentence quotes of a field, which may be of any length."""
    return repr(text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}…")
