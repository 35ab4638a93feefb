"""What a manager may not do: only who runs the deployment sells seats and makes platforms."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from seatledger.dialects.dialect import Refused
from seatledger.domain.refusal import Code, Refusal


def only_operators(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard, so that nothing is said of a body before. Raises Refused for managers."""
    if not connection.scope["state"]["actor"].is_operator:
        raise Refused(Refusal(Code.FORBIDDEN, "Only an operator may do this."))
