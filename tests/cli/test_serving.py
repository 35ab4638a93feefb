"""`seatledger serve` from start to stop, in processes of its own, over real HTTP."""

import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import httpx2
import pytest

from seatledger.storage import pools as pool_rows
from seatledger.storage.engine import Database
from tests.support.ledgers import PostgresLedgers
from tests.support.program import Program, start

TIMEOUT_SECONDS = 60
SWEEPS = 2  # commands of the first sweep: what has lapsed, and what is too old to remember


@dataclass(frozen=True, slots=True)
class Demo:
    """A ledger with the demo in it, and the token of the demo's manager."""

    url: str
    token: str


@pytest.fixture
def demo(bare_database_url: str) -> Demo:
    made = Program(bare_database_url).answer("init", "--demo")
    return Demo(bare_database_url, made["manager_token"])


@dataclass(slots=True)
class Served:
    """A server that runs: its process, where it listens, and a client of the demo's manager."""

    process: "subprocess.Popen[str]"
    said: dict[str, Any]
    client: httpx2.Client
    log: IO[str]

    def stop(self) -> str:
        """Tell it to stop and see that it does so well; answers with its log."""
        self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate(timeout=TIMEOUT_SECONDS)
        assert (out, self.process.returncode) == ("", 0)
        return self.read_log()

    def read_log(self) -> str:
        self.log.seek(0)
        return self.log.read()


@contextmanager
def serving(demo: Demo, *arguments: str) -> Iterator[Served]:
    """A server on a free port; it listens as soon as it has said where."""
    with tempfile.TemporaryFile("w+") as log:
        process = start(demo.url, "serve", "--port", "0", "--json", *arguments, log=log)
        try:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            headers = {"Authorization": f"Bearer {demo.token}"}
            with httpx2.Client(
                base_url=said["url"], headers=headers, timeout=TIMEOUT_SECONDS
            ) as client:
                yield Served(process, said, client, log)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def test_it_serves_until_it_is_told_to_stop(demo: Demo) -> None:
    with serving(demo) as served:
        assert served.client.get("/readyz").json() == {"status": "ok"}
        assert served.client.get("/api/licensing/v1/me").status_code == 200
        assert httpx2.get(f"{served.said['url']}/api/licensing/v1/me").status_code == 401
        assert served.client.get(served.said["docs"]).status_code == 200
        served.stop()


def test_its_log_has_one_line_a_request_and_no_secrets(demo: Demo) -> None:
    with serving(demo) as served:
        served.client.get("/api/licensing/v1/students?email=ada.moreno@acme.example")
        log = served.stop()
    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if "students" in json.dumps(line)]
    assert [line["event"] for line in requests] == ["request"]
    assert requests[0]["status"] == 200
    assert demo.token not in log
    assert "acme.example" not in log


def test_people_are_told_on_one_line_where_it_listens(demo: Demo) -> None:
    process = start(demo.url, "serve", "--port", "0")
    assert process.stdout is not None
    line = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (out, process.returncode) == ("", 0)
    found = re.fullmatch(
        r"Seatledger listens on (http://127\.0\.0\.1:\d+); its interfaces: (\S+)\n", line
    )
    assert found is not None
    assert found[2] == f"{found[1]}/schema"


def test_what_was_asked_before_it_is_told_to_stop_is_answered(demo: Demo) -> None:
    pool_id = Program(demo.url).answer("pool", "list")[1]["pool_id"]
    path = f"/api/licensing/v1/pool/{pool_id}/license"
    database = Database(demo.url)
    with serving(demo) as served, ThreadPoolExecutor(2) as others:
        while writes_asked(served.client) < SWEEPS:
            pass
        with database.write() as unit:
            pool_rows.lock(unit, [pool_id])
            answer = others.submit(
                served.client.post, path, json={"email": "new@acme.example", "name": "New"}
            )
            while not writes_asked(served.client) > SWEEPS:
                assert not answer.done()
            log = others.submit(served.stop)
            while connects(served.said["url"]):
                assert not answer.done()
        assert answer.result().status_code == 200
        assert "Traceback" not in log.result()
    database.close()
    seats = Program(demo.url).answer("seat", "list", "--pool", pool_id)
    assert "new@acme.example" in {seat["email"] for seat in seats}


def writes_asked(client: httpx2.Client) -> int:
    """How many commands the server has taken on: what its lane has begun, and what waits there."""
    counted = client.get("/metrics").text
    names = ("seatledger_batch_commands_sum", "seatledger_queue_commands")
    found = (re.search(rf'^{name}{{lane="writes"}} (\d+)', counted, re.MULTILINE) for name in names)
    return sum(int(each[1]) for each in found if each is not None)


def connects(url: str) -> bool:
    try:
        httpx2.get(f"{url}/healthz")
    except httpx2.TransportError:
        return False
    return True


def test_several_workers_serve_one_postgresql_ledger(postgresql_ledgers: PostgresLedgers) -> None:
    url = postgresql_ledgers.bare()
    made = Program(url).answer("init", "--demo")
    with serving(Demo(url, made["manager_token"]), "--workers", "2") as served:
        assert served.client.get("/readyz").json() == {"status": "ok"}
        assert served.client.get("/api/licensing/v1/me").status_code == 200
        log = served.stop()
    started = [line for line in log.splitlines() if "Started server process" in line]
    assert len(started) == 2
    postgresql_ledgers.drop(url)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_reaches_all_processes_and_is_no_failure(
    postgresql_ledgers: PostgresLedgers, workers: str
) -> None:
    url = postgresql_ledgers.bare()
    made = Program(url).answer("init", "--demo")
    with serving(Demo(url, made["manager_token"]), "--workers", workers) as served:
        assert served.client.get("/readyz").json() == {"status": "ok"}
        os.killpg(served.process.pid, signal.SIGINT)
        assert served.process.wait(timeout=TIMEOUT_SECONDS) == 0
        assert "Traceback" not in served.read_log()
    postgresql_ledgers.drop(url)
