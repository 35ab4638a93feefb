"""SIGKILL to the server at random moments while it works off a file of many rows."""

import csv
import io
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import httpx2

from chaos.ledger import Ledger
from chaos.report import Report
from chaos.stage import Stage
from tests.support.server import Server

WITHOUT_SEAT = 100  # rows for which the pool has no seat
MOMENT = (0.05, 2.0)  # seconds after the server is there again
SECONDS_MAX = 1_800  # until all rows are done
OVER = {"done", "failed", "cancelled"}


def run(stage: Stage, engine: str, rows: int, kills: int, seed: int) -> Report:
    """A file of so many rows, and at most so many kills until it is done."""
    report = Report(f"killed import {engine}")
    random = Random(seed)
    ledger = stage.ledger(engine)
    pool = ledger.pool(rows - WITHOUT_SEAT).id
    emails = [f"new{number}@acme.example" for number in range(rows)]
    with stage.serving(ledger, workers=2 if engine == "postgresql" else 1) as server:
        with _office(server, ledger) as office:
            sent = office.post(
                f"/pools/{pool}/seats:import",
                content="\n".join(["email", *emails]),
                headers={"Content-Type": "text/csv"},
            )
            path = f"/jobs/{sent.json()['id']}"
        while (
            report.figures.get("kills", 0) < kills and not _look(server, ledger, path)["finished"]
        ):
            time.sleep(random.uniform(*MOMENT))
            server.kill()
            report.count("kills")
            server.start()
        report.count("rows", _finished(server, ledger, path)["tried"])
        with _office(server, ledger) as office:
            result = office.get(f"{path}/result").text
    _judge(ledger, pool, emails, list(csv.DictReader(io.StringIO(result))), report)
    return report


def _judge(
    ledger: Ledger, pool: int, emails: list[str], rows: list[dict[str, str]], report: Report
) -> None:
    told = [row["email"] for row in rows]
    report.expect(told == emails, f"{len(told)} rows are told of {len(emails)}")
    outcomes = Counter(row["outcome"] for row in rows)
    expected = {"assigned": len(emails) - WITHOUT_SEAT, "no_seat": WITHOUT_SEAT}
    report.expect(outcomes == expected, f"outcomes: {dict(outcomes)}")
    seats = {seated.learner.email: str(seated.seat.id) for seated in ledger.seats(pool)}
    assigned = {row["email"]: row["seat"] for row in rows if row["outcome"] == "assigned"}
    report.expect(seats == assigned, f"{len(seats)} seats, {len(assigned)} rows that got one")
    verified = ledger.verify()
    report.expect(verified.ok, f"verify: {verified.offenders}")


def _finished(server: Server, ledger: Ledger, path: str) -> dict[str, Any]:
    deadline = time.monotonic() + SECONDS_MAX
    while (job := _look(server, ledger, path))["state"] not in OVER:
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    return job


def _look(server: Server, ledger: Ledger, path: str) -> dict[str, Any]:
    with _office(server, ledger) as office:
        job: dict[str, Any] = office.get(path).json()
        return job


@contextmanager
def _office(server: Server, ledger: Ledger) -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {ledger.token}"}
    with httpx2.Client(base_url=f"{server.url}/api/v1", headers=headers, timeout=60) as client:
        yield client
