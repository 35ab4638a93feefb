"""The service as its users run it: `seatledger serve`, with its defaults and its log."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import cpu_seconds

START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60
STARTED = "Application startup complete"  # one line of a worker's log
# One platform asks as fast as it can, which SQLBI's rule of 25 a minute would forbid.
SETTINGS = {"SEATLEDGER_SQLBI_RATE_PER_MINUTE": "0"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, which answers on a port of this machine."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pid)

    def get(self, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        """The status and the body of a single GET."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - http, to loopback
                return int(answer.status), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


@contextmanager
def serving(database_url: str, workers: int, log: Path) -> Iterator[Server]:
    """Serve a ledger with so many processes, each of which is up when the block begins."""
    port = _free_port()
    arguments = ["serve", "--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, **SETTINGS, "SEATLEDGER_DATABASE_URL": database_url}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "seatledger.cli.main", *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=out,
        )
    try:
        _wait_for(process, workers, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: "subprocess.Popen[bytes]", workers: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while (said := log.read_text(encoding="utf-8")).count(STARTED) < workers:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not start:\n{said[-2000:]}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
