"""The database turns read-only, as a standby does that was not promoted yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from chaos.hurt import suffer
from chaos.report import Report
from chaos.stage import Stage


def run(stage: Stage, seconds: float) -> Report:
    report = Report("read-only")
    ledger = stage.ledger("postgresql")

    @contextmanager
    def harm() -> Iterator[None]:
        _set(stage, "ALTER SYSTEM SET default_transaction_read_only = on")
        try:
            yield
        finally:
            _set(stage, "ALTER SYSTEM RESET default_transaction_read_only")

    with stage.serving(ledger, workers=2) as server:
        suffer(server, ledger, report, harm, seconds)
    return report


def _set(stage: Stage, change: str) -> None:
    with stage.postgres.admin() as admin:
        admin.execute("SET default_transaction_read_only = off")
        admin.execute(change.encode())
        admin.execute("SELECT pg_reload_conf()")
