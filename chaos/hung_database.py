"""The database stands still: it neither answers nor breaks its connections, for a while.

PostgreSQL's processes are stopped. SQLite's file is locked by somebody else who does not let go.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from chaos.hurt import Harm, suffer
from chaos.ledger import Ledger
from chaos.report import Report
from chaos.stage import Stage

CLIENTS = 300  # who all wait for it


def run(stage: Stage, engine: str, seconds: float, patience: int) -> Report:
    """`patience` is how many seconds the server lets its callers wait."""
    report = Report(f"hung {engine}")
    ledger = stage.ledger(engine)
    harm: Harm = stage.postgres.frozen if engine == "postgresql" else lambda: _locked(ledger)
    workers = 2 if engine == "postgresql" else 1
    settings = {"SEATLEDGER_PATIENCE_SECONDS": str(patience)}
    with stage.serving(ledger, workers, **settings) as server:
        suffer(server, ledger, report, harm, seconds, CLIENTS, patience)
    return report


@contextmanager
def _locked(ledger: Ledger) -> Iterator[None]:
    file = str(make_url(ledger.url).database)
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
