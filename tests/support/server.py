"""The service as its users run it: `seatledger serve` in processes of its own, on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

START_SECONDS_MAX = 60


@dataclass
class Server:
    """One `seatledger serve`, with its workers in a process group of their own."""

    database_url: str
    workers: int = 1
    port: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    module: str = "seatledger.cli.main"
    log: Path | None = None  # where its log goes, if not where ours goes
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it is ready."""
        self.port = self.port or free_port()
        log = None if self.log is None else self.log.open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", self.module, "serve"),
                *("--port", str(self.port), "--workers", str(self.workers)),
            ],
            env=os.environ
            | {
                "SEATLEDGER_DATABASE_URL": self.database_url,
                "SEATLEDGER_SQLBI_RATE_PER_MINUTE": "0",
                "SEATLEDGER_LOG_LEVEL": "warning",
            }
            | self.settings,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
        if log is not None:
            log.close()
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self._ready():
            assert self.process.poll() is None, "the server stopped while starting"
            assert time.monotonic() < deadline, "the server did not become ready"
            time.sleep(0.05)

    def stop(self) -> int:
        """Ask it to stop, as an operator does; answers its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=30)

    def kill(self) -> None:
        """Kill it with all its workers, at whatever they are doing."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    def _ready(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def serving(
    database_url: str,
    workers: int = 1,
    module: str = Server.module,
    log: Path | None = None,
    **settings: str,
) -> Iterator[Server]:
    """A server, as long as the block runs; `module` is a command line like the project's own."""
    server = Server(database_url, workers, settings=settings, module=module, log=log)
    server.start()
    try:
        yield server
    finally:
        assert server.process is not None
        if server.process.poll() is None:
            server.kill()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
