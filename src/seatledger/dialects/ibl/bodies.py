"""Reads a request body in any of the formats that are spoken here (ibl A9)."""

from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl import fields
from seatledger.domain.refusal import Code, Refusal, invalid

S = TypeVar("S", bound=msgspec.Struct)

JSON_TYPES = ("application/json", "application/scim+json")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MEDIA_TYPES = (*JSON_TYPES, *FORM_TYPES)


async def read_body(
    request: Request[Any, Any, Any], into: type[S], *, optional: bool = False
) -> tuple[S, dict[str, Any]]:
    """The body as a struct, and its fields that the struct has none for.

    Raises Refused: UNREADABLE for another format, INVALID for its content. An `optional` body may
    be empty, and then says nothing.
    """
    media_type = request.content_type[0].lower() or JSON_TYPES[0]
    if media_type in FORM_TYPES:
        return _read(await _form(request), into, text=True)
    if media_type not in JSON_TYPES:
        raise Refused(Refusal(Code.UNREADABLE, f"Bodies are read in: {', '.join(MEDIA_TYPES)}."))
    source = await request.body()
    if not source.strip() and optional:
        return _read({}, into)
    values = fields.parse(source)
    if not isinstance(values, dict):
        raise Refused(invalid("body", "The body must be a JSON object."))
    return _read(values, into)


def _read(values: dict[str, Any], into: type[S], *, text: bool = False) -> tuple[S, dict[str, Any]]:
    named = into.__struct_encode_fields__
    return fields.read(values, into, text=text), {
        name: value for name, value in values.items() if name not in named
    }


async def _form(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The fields of a form; those that were repeated as lists."""
    try:
        form = await request.form()
    except HTTPException:
        raise
    except Exception as error:
        raise Refused(invalid("body", "The form can't be read.")) from error
    values: dict[str, Any] = {}
    for name in dict.fromkeys(form):
        parts = form.getall(name)
        if any(isinstance(part, UploadFile) for part in parts):
            raise Refused(invalid(name, "A file is not read here."))
        values[name] = parts if len(parts) > 1 else parts[0]
    return values
