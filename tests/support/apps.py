"""Applications for tests: their routes are built once and used again, since building takes long."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from litestar import Litestar

from seatledger import app


class Routed:
    """Applications of this process that nobody uses at the moment, by the size of bodies."""

    def __init__(self) -> None:
        self._build = app.routed
        self._free: dict[int, list[Litestar]] = defaultdict(list)
        self._lent: list[tuple[int, Litestar]] = []

    def take(self, body_bytes_max: int) -> Litestar:
        """One that nobody else has until the test is over."""
        free = self._free[body_bytes_max]
        made = free.pop() if free else self._build(body_bytes_max)
        self._lent.append((body_bytes_max, made))
        return made

    @contextmanager
    def lending(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Lend instead of building, as long as the block runs; then all come back."""
        monkeypatch.setattr(app, "routed", self.take)
        yield
        for body_bytes_max, made in self._lent:
            self._free[body_bytes_max].append(made)
        self._lent.clear()
