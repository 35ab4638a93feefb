"""Reads what callers send: ids, pages, flags and bodies. What can't be read is refused by name."""

import re
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.sqlbi.times import read_day
from seatledger.domain.refusal import Refusal, invalid
from seatledger.usecases.questions import Page

PAGE_SIZE = 10
PAGE_SIZE_MAX = 100
NAME_LENGTH_MAX = 255
ID_MAX = 2**63 - 1
B = TypeVar("B", bound=Struct)


def read_id(text: str, unknown: Refusal) -> int:
    """The id in a path or a query. What is no id is `unknown`, which is raised as Refused (O3)."""
    if re.fullmatch(r"[1-9][0-9]{0,18}", text) is None or int(text) > ID_MAX:
        raise Refused(unknown)
    return int(text)


def read_page(page: str | None, page_size: str | None) -> Page:
    """The page asked for (rule 50; O15, O16), in ascending order of id (O19). Raises Refused."""
    number = 1 if page is None else _whole(page)
    size = PAGE_SIZE if page_size is None else _whole(page_size)
    if number is None or number < 1:
        raise Refused(invalid("page", "The page is a whole number from 1."))
    if size is None or not 1 <= size <= PAGE_SIZE_MAX:
        sentence = f"The page size is a whole number from 1 to {PAGE_SIZE_MAX}."
        raise Refused(invalid("pageSize", sentence))
    return Page(number, size)


def _whole(text: str) -> int | None:
    # Nobody has a list of more than eighteen digits, and Python refuses to read very long ones.
    return int(text[:18]) if re.fullmatch(r"[0-9]+", text) else None


def read_include_inactive(text: str | None) -> bool:
    """`true` or `false` in any case, `1` or `0` (O20). Raises Refused."""
    meaning = {None: False, "true": True, "1": True, "false": False, "0": False}
    known = meaning.get(None if text is None else text.lower())
    if known is None:
        raise Refused(invalid("includeInactive", "includeInactive is true or false."))
    return known


class Assignment(Struct, rename="camel"):
    """The body of an assignment as it comes; null counts as left out, but for the address (O11)."""

    email: str | UnsetType = UNSET
    name: str | None = None
    end_date: str | None = None
    recycle: bool | None = None


class Change(Struct, rename="camel"):
    """The body of a change as it comes."""

    end_date: str | UnsetType = UNSET


class NewLicense(Struct):
    """An assignment that was read. `end` is the first instant of its day."""

    email: str
    name: str | None
    end: datetime | None
    recycle: bool


def read_assignment(body: bytes) -> NewLicense:
    """The body of POST /pool/{id}/license (2.7). Raises Refused."""
    asked = _decode(body, Assignment)
    if isinstance(asked.email, UnsetType):
        raise Refused(invalid("email", "An address is needed: email."))
    name = (asked.name or "").strip()
    if len(name) > NAME_LENGTH_MAX or "\x00" in name:
        sentence = f"A name has at most {NAME_LENGTH_MAX} characters, and no NUL."
        raise Refused(invalid("name", sentence))
    end = None if asked.end_date is None else _day(asked.end_date)
    return NewLicense(asked.email, name or None, end, asked.recycle is True)


def read_change(body: bytes) -> datetime:
    """The new end in the body of PATCH /license/{id} (2.10). Raises Refused."""
    asked = _decode(body, Change)
    if isinstance(asked.end_date, UnsetType):
        raise Refused(invalid("endDate", "A new end is needed: endDate."))
    return _day(asked.end_date)


def _day(text: str) -> datetime:
    day = read_day(text)
    if day is None:
        raise Refused(invalid("endDate", "endDate is a day of the calendar: YYYY-MM-DD."))
    return day


def _decode(body: bytes, shape: type[B]) -> B:
    """Unknown fields are ignored; one of a wrong type is named (O13)."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at ")
        named = re.search(r"\$\.(\w+)", place)
        raise Refused(invalid(named.group(1) if named else "body", f"{sentence}.")) from None
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or nested beyond all reason
        raise Refused(invalid("body", "The body is not valid JSON.")) from None
