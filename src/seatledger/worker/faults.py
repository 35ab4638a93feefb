"""What the worker says of what nobody planned, and how it goes on with the rest."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import structlog

from seatledger.storage.engine import Conflict, Unavailable, Uncertain

A = TypeVar("A")
B = TypeVar("B")


def report_fault(where: str, error: Exception) -> None:
    """Log what nobody planned, for whoever runs the deployment."""
    structlog.get_logger().error("broken", where=where, exc_info=error)


def apart(where: str, work: Callable[[Sequence[A]], list[B]], things: Sequence[A]) -> list[B]:
    """What comes of all at once; where that goes wrong, of each by itself, but for the wrong."""
    try:
        return work(things)
    except (Unavailable, Uncertain, Conflict):
        raise
    except Exception as error:  # noqa: BLE001 - it is tried one by one
        if len(things) == 1:
            report_fault(where, error)
            return []
    return [one for each in things for one in apart(where, work, [each])]
