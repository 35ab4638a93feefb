"""Processes that deliver; each is started anew where it is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from chaos.ledger import Ledger


class Workers:
    """So many of `chaos.fast_worker`, on one ledger."""

    def __init__(self, ledger: Ledger, number: int, settings: dict[str, str]) -> None:
        self._command = [sys.executable, "-m", "chaos.fast_worker", str(time.time())]
        self._environment = {**os.environ, "SEATLEDGER_DATABASE_URL": ledger.url, **settings}
        self._running = [self._start() for _ in range(number)]

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, env=self._environment, start_new_session=True)

    def kill_one(self, random: Random) -> None:
        chosen = random.randrange(len(self._running))
        _kill(self._running[chosen])
        self._running[chosen] = self._start()

    def kill_all(self) -> None:
        for each in self._running:
            _kill(each)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


@contextmanager
def working(ledger: Ledger, engine: str, **settings: str) -> Iterator[Workers]:
    """Workers, as long as the block runs: two where the engine knows several writers."""
    workers = Workers(ledger, 2 if engine == "postgresql" else 1, settings)
    try:
        yield workers
    finally:
        workers.kill_all()
