"""One spelling of a path: the router reads `//` as `/`, so whatever stands before it must, too."""

import re
from urllib.parse import quote

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

_SLASHES = re.compile("/{2,}")


class PlainPaths:
    """ASGI middleware: every layer inside sees each slash once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and "//" in scope["path"]:
            path = _SLASHES.sub("/", scope["path"])
            scope["path"], scope["raw_path"] = path, quote(path).encode()
        await self._app(scope, receive, send)
