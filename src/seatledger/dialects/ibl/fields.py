"""Reads named values into a struct; what can't be read is refused by the name of its field.

Values come as JSON or as text (queries and forms). Unknown fields are ignored (ibl W54).
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, NoReturn, TypeVar

import msgspec
from msgspec import Meta, UnsetType, inspect

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.storable import INTEGER_MAX, INTEGER_MIN, storable
from seatledger.domain.command import UNSET
from seatledger.domain.refusal import invalid

S = TypeVar("S", bound=msgspec.Struct)

Id = Annotated[int, Meta(ge=INTEGER_MIN, le=INTEGER_MAX)]
Word = Annotated[str, Meta(min_length=1)]
Instant = Annotated[datetime, Meta(extra_json_schema={"format": "date-time"})]
Email = Annotated[str, Meta(min_length=1, extra_json_schema={"format": "email"})]
Document = dict[str, Any]

Prepare = Callable[[str, Any, bool], Any]

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def read(values: Mapping[str, Any], into: type[S], *, text: bool = False) -> S:
    """The struct that the values make. Raises Refused with INVALID, naming the field.

    With `text` each value is text, or a list of texts where a field was repeated.
    """
    preparations = _preparations(into)
    prepared = {
        name: preparations[name](name, value, text)
        for name, value in values.items()
        if name in preparations
    }
    try:
        return msgspec.convert(prepared, into, strict=not text)
    except msgspec.ValidationError as error:
        _refuse(str(error))


def parse(source: str | bytes, name: str = "body") -> Any:
    """What JSON says. Raises Refused with INVALID where it is none."""
    try:
        return msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused(invalid(name, "This is not valid JSON.")) from None


def instant(name: str, value: object) -> datetime:
    """An ISO 8601 instant; without an offset it is UTC (ibl A12, W53)."""
    try:
        said = datetime.fromisoformat(value.strip() if isinstance(value, str) else "")
        return (said if said.tzinfo is not None else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(invalid(name, "This is not an ISO 8601 date and time.")) from None


def flag(name: str, value: str) -> bool:
    """A flag in text: true, false, 1 or 0, in any case (ibl W51)."""
    said = _FLAGS.get(value.lower())
    if said is None:
        raise Refused(invalid(name, "This is neither true, false, 1 nor 0."))
    return said


def none(value: Any) -> Any:
    """A field that was left out as None."""
    return None if isinstance(value, UnsetType) else value


def unset(value: Any) -> Any:
    """A field that was left out as commands mark it, so that None stays a value of its own."""
    return UNSET if isinstance(value, UnsetType) else value


@cache
def _preparations(of: type[msgspec.Struct]) -> dict[str, Prepare]:
    """How a value is made ready for each field of a struct."""
    info = inspect.type_info(of)
    assert isinstance(info, inspect.StructType)
    return {field.encode_name: _preparation(field.type) for field in info.fields}


def _preparation(kind: inspect.Type) -> Prepare:
    kinds = {type(each) for each in _alternatives(kind)}
    if inspect.DateTimeType in kinds:
        return _nullable_instant if inspect.NoneType in kinds else _instant
    if kinds & {inspect.DictType, inspect.AnyType}:
        return _document
    if kinds & {inspect.BoolType, inspect.IntType}:
        return _flag if inspect.BoolType in kinds else _whole
    return _list if inspect.ListType in kinds else _plain


def _alternatives(kind: inspect.Type) -> list[inspect.Type]:
    if isinstance(kind, inspect.Metadata):
        return _alternatives(kind.type)
    if isinstance(kind, inspect.UnionType):
        return [part for each in kind.types for part in _alternatives(each)]
    return [kind]


def _plain(name: str, value: Any, text: bool) -> Any:
    return storable(name, _last(value) if text else value)


def _whole(name: str, value: Any, text: bool) -> Any:
    if not text:
        return value
    if re.fullmatch(r"[+-]?[0-9]{1,40}", _last(value)) is None:
        raise Refused(invalid(name, "This is not a whole number."))
    return int(_last(value))


def _flag(name: str, value: Any, text: bool) -> Any:
    """In text a flag is true, false, 1 or 0, in any case (ibl W51); in JSON true or false."""
    return flag(name, _last(value)) if text else value


def _instant(name: str, value: Any, text: bool) -> datetime | None:
    value = _last(value) if text else value
    return None if value is None else instant(name, value)


def _nullable_instant(name: str, value: Any, text: bool) -> datetime | None:
    """A form has no null: it leaves the field blank."""
    return None if text and _last(value) == "" else _instant(name, value, text)


def _document(name: str, value: Any, text: bool) -> Any:
    """A form gives an object as JSON in one field."""
    return storable(name, parse(_last(value), name) if text else value)


def _list(name: str, value: Any, text: bool) -> Any:
    """A form gives a list as JSON in one field, or repeats the field."""
    if text and isinstance(value, str):
        value = parse(value, name) if value.lstrip().startswith("[") else [value]
    return storable(name, value)


def _last(value: Any) -> Any:
    """Of a repeated field the last one counts."""
    return value[-1] if isinstance(value, list) else value


def _refuse(message: str) -> NoReturn:
    """msgspec says what it wanted and, after ` - at `, where: `$.field`, `$.list[0].field`."""
    sentence, _, place = message.partition(" - at ")
    path = place.strip("`").removeprefix("$").removeprefix(".")
    name = path.partition(".")[0].partition("[")[0]
    if sentence.startswith("Object missing required field ") and not name:
        raise Refused(invalid(sentence.split("`")[1], "This field is required."))
    raise Refused(invalid(name or "body", f"{sentence.rstrip('.')}."))
