"""The disk is full where the database keeps its files, and then there is room again.

Where we may mount one, it is a small disk of its own, filled up. Where not, the files of a server
on SQLite may not grow any more, which any user can ask of the system, and PostgreSQL is left out.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

from chaos.hurt import Harm, suffer
from chaos.ledger import Ledger
from chaos.postgres import Cluster
from chaos.report import Report
from chaos.stage import Stage
from tests.support.server import Server

DISKS = {"sqlite": "24m", "postgresql": "150m"}
BLOCKS = (b"\0" * 65_536, b"\0" * 512)  # the smaller ones take the crumbs
REFILL_SECONDS = 0.01


def run(stage: Stage, engine: str, seconds: float) -> Report:
    report = Report(f"full disk {engine}")
    folder = stage.new_folder()
    with _mounted(folder, DISKS[engine]) as own:
        report.count("disks filled", own)
        if engine == "sqlite":
            _fill_under_sqlite(stage, report, folder, seconds, own=own)
        elif own:
            _fill_under_postgres(stage, report, folder, seconds)
    return report


def _fill_under_sqlite(
    stage: Stage, report: Report, folder: Path, seconds: float, *, own: bool
) -> None:
    ledger = Ledger(f"sqlite:///{folder / 'ledger.db'}")
    with stage.serving(ledger) as server:
        harm: Harm = lambda: _filled(folder) if own else _may_not_grow(server, folder)  # noqa: E731
        suffer(server, ledger, report, harm, seconds)


def _fill_under_postgres(stage: Stage, report: Report, folder: Path, seconds: float) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700)
    cluster = Cluster(data)
    try:
        ledger = Ledger(cluster.database("ledger"))
        with stage.serving(ledger, workers=2) as server:
            suffer(server, ledger, report, lambda: _filled(folder), seconds)
    finally:
        cluster.close()


@contextmanager
def _mounted(folder: Path, size: str) -> Iterator[bool]:
    """Whether the folder is a disk of its own."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    own = False
    if os.geteuid() == 0:
        own = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield own
    finally:
        if own:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    """Full, and kept full: a database that tidies up gets nothing of what it frees."""
    ballast, over = folder / "ballast", Event()
    filling = Thread(target=_keep_filling, args=(ballast, over))
    filling.start()
    try:
        yield
    finally:
        over.set()
        filling.join()
        ballast.unlink()


def _keep_filling(ballast: Path, over: Event) -> None:
    with ballast.open("wb", buffering=0) as file:
        for block in cycle(BLOCKS):
            with suppress(OSError):
                while not over.is_set() and file.write(block):
                    pass
            if over.wait(REFILL_SECONDS):
                return


@contextmanager
def _may_not_grow(server: Server, folder: Path) -> Iterator[None]:
    assert server.process is not None
    pid, limit = server.process.pid, resource.RLIMIT_FSIZE
    largest = max(file.stat().st_size for file in folder.iterdir())
    before = resource.prlimit(pid, limit)
    resource.prlimit(pid, limit, (largest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, limit, before)
