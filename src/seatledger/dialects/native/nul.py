"""Refuses the one character that no database keeps in a text, wherever in a request it stands."""

from typing import Any
from urllib.parse import parse_qsl

from litestar import Request

from seatledger.dialects.dialect import Refused
from seatledger.domain.refusal import invalid


async def refuse_nul(request: Request[Any, Any, Any]) -> None:
    """To run before each handler. Raises Refused, naming the parameter or else the body."""
    refuse_nul_around_body(request)
    if request.method not in {"GET", "DELETE"}:
        body = await request.body()
        if b"\\u0000" in body or b"\0" in body:
            raise Refused(invalid("body", "No text has a NUL character."))


def refuse_nul_around_body(request: Request[Any, Any, Any]) -> None:
    """The same, where each row of a body is told by itself (and UTF-16 is full of zeros)."""
    query = request.scope["query_string"].decode("latin-1")
    for name, value in parse_qsl(query) if "%00" in query else []:
        if "\0" in name + value:
            raise Refused(invalid(name, "No text has a NUL character."))
    if "\0" in request.scope["path"]:
        raise Refused(invalid("path", "No text has a NUL character."))
