"""Reads what people fill in, and keeps beside each field what is wrong with it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException

from seatledger.console.language import _
from seatledger.domain.refusal import Refusal

TEXT_LENGTH_MAX = 500
COUNT_MAX = 2_147_483_647
YEAR_MIN, YEAR_MAX = 2000, 9998  # what is outside is a slip, and the last day of all has no end
ONE_DAY = timedelta(days=1)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.\d{6}\+00:00")  # in refusals


@dataclass(slots=True)
class Form:
    """What was filled in, by field, and what is wrong, by field; "" is wrong with all of it."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, UploadFile] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors

    def get(self, name: str) -> str:
        """What to show in a field: what was filled in, whatever it was."""
        return self.values.get(name, "")

    def wrong(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, _INSTANT.sub(r"\1 at \2 UTC", sentence))

    def show_anew(self, values: dict[str, str]) -> None:
        """Show what these fields are now, of something that somebody else changed meanwhile."""
        self.values |= values
        self.wrong("", _("It was changed since you looked at it. This is how it is now."))

    def refuse(self, refusal: Refusal, **names: str) -> None:
        """Show a refusal beside its field, which may be called otherwise here."""
        name = names.get(refusal.field or "", refusal.field or "")
        self.wrong(name if name in self.values or name in self.files else "", refusal.sentence)

    def text(self, name: str, *, needed: bool = False, most: int = TEXT_LENGTH_MAX) -> str:
        said = self.get(name).strip()
        if needed and not said:
            self.wrong(name, _("Fill this in."))
        if len(said) > most:
            self.wrong(name, _("At most %(most)s characters.", most=most))
        return said

    def count(self, name: str) -> int:
        """A whole number, 0 or more."""
        said = self.text(name, needed=True).replace(",", "")
        if not said:
            return 0
        if not (said.isascii() and said.isdigit()) or int(said[:11]) > COUNT_MAX:
            self.wrong(name, _("This is a whole number, as 25."))
            return 0
        return int(said)

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was filled in."""
        said = self.text(name)
        if not said:
            return None
        try:
            day = date.fromisoformat(said)
        except ValueError:
            self.wrong(name, _("This is a day, as 2027-01-31."))
            return None
        if YEAR_MIN <= day.year <= YEAR_MAX:
            return day
        self.wrong(
            name, _("The year is from %(first)s to %(last)s.", first=YEAR_MIN, last=YEAR_MAX)
        )
        return None

    def checked(self, name: str) -> bool:
        return name in self.values


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """What a page sent. No text of it has a NUL character, which databases don't take.

    Raises ClientException where it is spelled in a way that no browser does.
    """
    try:
        sent = await request.form()
    except (LookupError, UnicodeError) as error:
        raise ClientException from error
    form = Form()
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            form.files[name] = value
        else:
            text = str(value).replace("\0", "\ufffd")
            form.values[name] = text
            form.many.setdefault(name, []).append(text)
    return form


def end_of(last_day: date) -> datetime:
    """The instant at which a last day is over, in UTC."""
    return datetime.combine(last_day + ONE_DAY, time(), UTC)


def start_of(first_day: date) -> datetime:
    return datetime.combine(first_day, time(), UTC)


def last_day(end: datetime | None) -> str:
    """The last day before an end, as a field of dates shows it."""
    return "" if end is None else day_before(end).isoformat()


def day_before(end: datetime) -> date:
    """The last day, in UTC, that an end leaves: of midnight, the day before."""
    return (end.astimezone(UTC) - timedelta(microseconds=1)).date()


def first_day(start: datetime) -> str:
    return start.astimezone(UTC).date().isoformat()
