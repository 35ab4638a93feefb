"""What a run stands on: a PostgreSQL that all faults share, files for SQLite, and servers."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from types import TracebackType

from chaos.ledger import Ledger
from chaos.postgres import Cluster, cluster
from tests.support.server import Server, serving

ENGINES = ("sqlite", "postgresql")


class Stage:
    """What it starts lazily it stops when it is left. `sabotage` is what its servers do wrong."""

    def __init__(self, sabotage: str | None = None) -> None:
        self._sabotage = sabotage
        self._stack = ExitStack()
        self._numbers = count(1)

    @cached_property
    def postgres(self) -> Cluster:
        return self._stack.enter_context(cluster())

    @cached_property
    def folder(self) -> Path:
        return Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(prefix="seatledger-chaos-"))
        )

    def new_folder(self) -> Path:
        """One of its own, which PostgreSQL's user may reach."""
        self.folder.chmod(0o755)
        made = self.folder / f"folder{next(self._numbers)}"
        made.mkdir()
        return made

    def ledger(self, engine: str) -> Ledger:
        """A new ledger on an engine."""
        number = next(self._numbers)
        if engine == "sqlite":
            return Ledger(f"sqlite:///{self.folder / f'ledger{number}.db'}")
        return Ledger(self.postgres.database(f"ledger{number}"))

    @contextmanager
    def serving(self, ledger: Ledger, workers: int = 1, **settings: str) -> Iterator[Server]:
        """A server on a ledger, or one that breaks a promise."""
        module = "seatledger.cli.main"
        if self._sabotage is not None:
            module = "chaos.sabotage.serve"
            settings["CHAOS_SABOTAGE"] = self._sabotage
        log = self.folder / f"server{next(self._numbers)}.log"
        with serving(ledger.url, workers, module, log, **settings) as server:
            yield server

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
