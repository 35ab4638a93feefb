"""Where things are to be found: the paths that a `Location` names."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response

BASE = "/api/v1"


def located(*path: str) -> dict[str, str]:
    """The header that says where something is: each of `path` is a segment below the base."""
    return {"Location": "/".join([BASE, *(quote(segment, safe=":@+") for segment in path)])}


def made(row: Any, *path: str, headers: Mapping[str, str] | None = None) -> Response[Any]:
    """201 with what was made, and where it is."""
    return Response(row, status_code=201, headers={**(headers or {}), **located(*path)})
