"""Connects to other systems within a time that nothing can stretch."""

import socket
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

RESOLVE_SECONDS = 5.0


def look_up(name: str) -> Sequence[str]:
    """The addresses that the system knows of a name, within some seconds: it sets no limit."""
    found: SimpleQueue[Sequence[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            told = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            found.put([str(address[0]) for *_, address in told])
        except (OSError, UnicodeError) as error:
            found.put(OSError(str(error)))

    Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = found.get(timeout=RESOLVE_SECONDS)
    except Empty:
        raise TimeoutError("no address was found in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def connect(addresses: Sequence[str], port: int, until: float) -> socket.socket:
    """Connect to the first address that answers, each tried for its share of the time that is left.

    `until` is of `time.monotonic`. Raises TimeoutError, or the OSError of the last address.
    """
    failure = OSError("no address")
    for number, address in enumerate(addresses):
        share = left(until) / (len(addresses) - number)
        try:
            return socket.create_connection((address, port), share)
        except OSError as error:
            failure = error
    raise failure


def left(until: float) -> float:
    """The seconds until then. Raises TimeoutError where there are none."""
    seconds = until - monotonic()
    if seconds <= 0:
        raise TimeoutError("timed out")
    return seconds
