"""The log of a test, read line by line."""

import io
import json
from typing import Any

import pytest

from seatledger.ops import log


class Lines:
    """What was logged so far."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def read(self) -> list[dict[str, Any]]:
        """Each line as JSON."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def stream() -> io.StringIO:
    """Where a test's log goes."""
    return io.StringIO()


@pytest.fixture
def lines(stream: io.StringIO) -> Lines:
    """A JSON log at level `info`."""
    log.configure("json", "info", stream)
    return Lines(stream)
