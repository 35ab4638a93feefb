"""All connections to the database are taken: the server's are cut, and it gets no new ones."""

from collections.abc import Iterator
from contextlib import contextmanager

from chaos.hurt import suffer
from chaos.postgres import OWNER
from chaos.report import Report
from chaos.stage import Stage

CUT = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{OWNER}'"  # noqa: S608


def run(stage: Stage, seconds: float) -> Report:
    report = Report("no connections")
    ledger = stage.ledger("postgresql")

    @contextmanager
    def harm() -> Iterator[None]:
        _limit(stage, 0)
        try:
            yield
        finally:
            _limit(stage, -1)

    with stage.serving(ledger, workers=2) as server:
        suffer(server, ledger, report, harm, seconds)
    return report


def _limit(stage: Stage, connections: int) -> None:
    with stage.postgres.admin() as admin:
        admin.execute(f"ALTER ROLE {OWNER} CONNECTION LIMIT {connections}".encode())
        admin.execute(CUT.encode())
