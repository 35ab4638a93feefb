"""Every operation the application serves, as its router knows them: none can be forgotten.

The console's pages are no operations: `tests/console/test_door.py` looks at all of them.
"""

import re
from dataclasses import dataclass
from typing import Any, cast

from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp

from seatledger.app import DIALECTS

CONSOLE = ("/console", "/l/")
UNWRITTEN = {"HEAD", "OPTIONS"}  # answered by the framework for every path


@dataclass(frozen=True, order=True)
class Operation:
    """`path` as OpenAPI spells it; `documented` is whether the document should list it."""

    path: str
    method: str
    dialect: str
    documented: bool

    @property
    def example(self) -> str:
        """A path that the router leads to it, with 1 for each variable."""
        return re.sub(r"\{\w+\}", "1", self.path)


def litestar_of(app: ASGIApp) -> Litestar:
    """The router inside the layers that `create_app` wraps around it."""
    while not isinstance(app, Litestar):
        app = cast("Any", app)._app
    return app


def operations(app: ASGIApp) -> list[Operation]:
    found = []
    for route in litestar_of(app).routes:
        if not isinstance(route, HTTPRoute) or route.path_format.startswith(CONSOLE):
            continue
        for handler in route.route_handlers:
            for method in set(handler.http_methods) - UNWRITTEN:
                path = re.sub(r":\w+\}", "}", route.path_format)
                found.append(
                    Operation(
                        path,
                        str(method),
                        _dialect(path),
                        bool(handler.resolve_include_in_schema()),
                    )
                )
    return sorted(found)


def _dialect(path: str) -> str:
    """The dialect that the gate finds for a path, or nothing."""
    spoken = [each.name for each in DIALECTS if path.startswith(tuple(each.prefixes))]
    return spoken[0] if spoken else ""
