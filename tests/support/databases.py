"""Databases for tests, opened again: one that was in use knows how its statements are spelled."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from seatledger import app
from seatledger.storage.engine import Database


class Opened:
    """Databases of this process that nobody uses at the moment, by URL."""

    def __init__(self) -> None:
        self._free: dict[str, list[Database]] = defaultdict(list)
        self._lent: list[tuple[str, Database]] = []

    def take(self, url: str) -> Database:
        """One that nobody else has until the test is over."""
        free = self._free[url]
        opened = free.pop() if free else Database(url)
        self._lent.append((url, opened))
        return opened

    @contextmanager
    def lending(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Lend to applications, too, as long as the block runs."""
        monkeypatch.setattr(app, "Database", self.take)
        yield
        self.close()

    def close(self) -> None:
        """Close all that are lent, so that their ledgers can be dropped."""
        for url, opened in self._lent:
            opened.close()
            self._free[url].append(opened)
        self._lent.clear()
