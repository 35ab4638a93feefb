"""The few files that browsers keep: our style and script, and htmx from the package that has it.

Each file's address has a digest of what is in it, so that it may be kept for ever.
"""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from seatledger.console.paths import STATIC

_OWN = Path(__file__).parent / "static"
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_FILES = {
    "console.css": ((_OWN / "console.css").read_bytes, "text/css; charset=utf-8"),
    "console.js": ((_OWN / "console.js").read_bytes, "text/javascript; charset=utf-8"),
    "icon.svg": ((_OWN / "icon.svg").read_bytes, "image/svg+xml"),
    "htmx.js": (
        files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes,
        "text/javascript; charset=utf-8",
    ),
}


@cache
def content(name: str) -> bytes:
    return _FILES[name][0]()


@cache
def address(name: str) -> str:
    """Where a browser gets the file as it is now."""
    return f"{STATIC}/{hashlib.sha256(content(name)).hexdigest()[:16]}/{name}"


@get(f"{STATIC}/{{version:str}}/{{name:str}}", sync_to_thread=False, include_in_schema=False)
def asset(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    if name not in _FILES or address(name) != f"{STATIC}/{version}/{name}":
        raise NotFoundException
    return Response(content(name), media_type=_FILES[name][1], headers=_KEPT)
