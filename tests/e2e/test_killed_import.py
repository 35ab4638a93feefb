"""Kill the server in the middle of a file of many rows: each row is done once, and told."""

import csv
import io
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx2

from tests.e2e.conftest import Ledger
from tests.support.server import Server, serving

ROWS = 10_000
KILLED_AFTER = (1_000, 5_000)  # rows, each time the server is killed
SECONDS_MAX = 100


class Office:
    """Who sends the file, and looks how far it is."""

    def __init__(self, server: Server, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._client = httpx2.Client(base_url=f"{server.url}/api/v1", headers=headers, timeout=60)

    def __enter__(self) -> "Office":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def send(self, pool_id: int, content: str) -> str:
        """The id of the job that the file makes."""
        sent = self._client.post(
            f"/pools/{pool_id}/seats:import", content=content, headers={"Content-Type": "text/csv"}
        )
        assert sent.status_code == 202, sent.text
        return str(sent.json()["id"])

    def watch(self, job_id: str) -> Iterator[dict[str, Any]]:
        """How the job is, again and again, until it is over."""
        deadline = time.monotonic() + SECONDS_MAX
        while time.monotonic() < deadline:
            job = self._client.get(f"/jobs/{job_id}").json()
            yield job
            if job["state"] not in {"queued", "running"}:
                return
            time.sleep(0.02)  # the server works on it, and shares this machine
        raise AssertionError("the job does not come to an end")

    def outcomes(self, job_id: str) -> list[str]:
        """What the result says of each row."""
        text = self._client.get(f"/jobs/{job_id}/result").text
        return [row["outcome"] for row in csv.DictReader(io.StringIO(text))]


def kill_and_restart(ledger: Ledger, workers: int) -> None:
    pool = ledger.pool(size=ROWS - 1_000)
    emails = [f"new{number}@acme.example" for number in range(ROWS)]
    with serving(ledger.url, workers) as server:
        with Office(server, ledger.token) as office:
            job_id = office.send(pool.id, "\n".join(["email", *emails]))
        for rows in KILLED_AFTER:
            with Office(server, ledger.token) as office:
                assert any(job["tried"] >= rows for job in office.watch(job_id))
            server.kill()
            ledger.world.check()
            server.start()
        with Office(server, ledger.token) as office:
            *_, done = office.watch(job_id)
            outcomes = office.outcomes(job_id)
    assert (done["state"], done["tried"]) == ("done", ROWS)
    assert outcomes == ["assigned"] * (ROWS - 1_000) + ["no_seat"] * 1_000
    assert done["counts"] == Counter(outcomes)
    assert ledger.world.look(pool.id).held == done["counts"]["assigned"]
    assert set(ledger.world.holders(pool.id)) == {each.partition("@")[0] for each in emails[:-1000]}
    ledger.world.check()


def test_each_row_of_a_killed_import_is_done_once(ledger: Ledger) -> None:
    kill_and_restart(ledger, workers=1)


def test_each_row_of_an_import_that_several_processes_work_on_is_done_once(
    postgresql_ledger: Ledger,
) -> None:
    kill_and_restart(postgresql_ledger, workers=2)
