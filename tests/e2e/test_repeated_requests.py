"""Requests with a key, asked again because nobody knows what came of them: done once each."""

import asyncio
import socket
import time
from collections import Counter
from typing import Any

import httpx2
import pytest
import sqlalchemy

from seatledger.storage.tables import events, repeats
from tests.e2e.conftest import Ledger
from tests.support.server import Server, serving

ASKERS = 20


def asked(ledger: Ledger, pool_id: int, who: str, key: str) -> dict[str, Any]:
    return {
        "json": {"pool": str(pool_id), "email": f"{who}@acme.example"},
        "headers": {"Authorization": f"Bearer {ledger.token}", "Idempotency-Key": key},
    }


async def all_at_once(url: str, ledger: Ledger, pool_id: int, key: str) -> list[httpx2.Response]:
    async with httpx2.AsyncClient(base_url=url, timeout=30) as client:
        request = asked(ledger, pool_id, "ada", key)
        return list(
            await asyncio.gather(*(client.post("/api/v1/seats", **request) for _ in range(ASKERS)))
        )


def seated(ledger: Ledger) -> list[str]:
    """Who was given a seat, once for each time."""
    query = sqlalchemy.select(events.c.subject_id).where(events.c.kind == "seat_assigned")
    with ledger.world.database.read() as unit:
        return [row.subject_id for row in unit.select(query)]


def ask_until_told(url: str, ledger: Ledger, pool_id: int, who: str, key: str) -> httpx2.Response:
    """As a client does: where the request is being carried out, come again a little later."""
    deadline = time.monotonic() + 30
    while True:
        answer = httpx2.post(f"{url}/api/v1/seats", **asked(ledger, pool_id, who, key), timeout=30)
        if answer.status_code != 409:
            return answer
        assert answer.headers["retry-after"] == "1"
        assert time.monotonic() < deadline
        time.sleep(0.05)


def twenty_at_once(ledger: Ledger, workers: int) -> None:
    pool = ledger.pool(size=50)
    with serving(ledger.url, workers) as server:
        for turn in range(3):
            answers = asyncio.run(all_at_once(server.url, ledger, pool.id, f"key{turn}"))
            told = Counter(answer.status_code for answer in answers)
            assert set(told) <= {201, 200, 409}, told
            bodies = {answer.text for answer in answers if answer.status_code != 409}
            assert len(bodies) == 1
            fresh = [
                answer
                for answer in answers
                if answer.status_code != 409 and "idempotent-replayed" not in answer.headers
            ]
            assert len(fresh) == 1
            assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
                "idempotency_key_in_use"
            }
            again = ask_until_told(server.url, ledger, pool.id, "ada", f"key{turn}")
            assert {again.text} == bodies
    assert len(seated(ledger)) == 1
    ledger.world.check()


def test_twenty_at_once_are_one(ledger: Ledger) -> None:
    twenty_at_once(ledger, workers=1)


def test_twenty_at_once_are_one_in_several_processes(postgresql_ledger: Ledger) -> None:
    twenty_at_once(postgresql_ledger, workers=3)


@pytest.mark.parametrize("_turn", range(2))
def test_who_never_heard_the_answer_asks_again_after_the_crash(ledger: Ledger, _turn: int) -> None:
    """The server is killed with answers on their way: what it did is told, the rest is done."""
    pool = ledger.pool(size=100)
    people = [f"p{number}" for number in range(40)]
    with serving(ledger.url) as server:
        lines = [_ask_and_hang(server, ledger, pool.id, who) for who in people]
        _wait_for_some(ledger)
        server.kill()
        for line in lines:
            line.close()
        done = len(seated(ledger))
        assert done > 0
        server.start()
        answers = [ask_until_told(server.url, ledger, pool.id, who, who) for who in people]
    assert {answer.status_code for answer in answers} == {201}
    replays = [answer for answer in answers if "idempotent-replayed" in answer.headers]
    assert len(replays) == done
    assert {answer.json()["learner"]["email"] for answer in answers} == {
        f"{who}@acme.example" for who in people
    }
    assert len(seated(ledger)) == len(people) == ledger.world.look(pool.id).held
    ledger.world.check()


def _ask_and_hang(server: Server, ledger: Ledger, pool_id: int, who: str) -> socket.socket:
    """Send a request and never read what comes."""
    body = f'{{"pool":"{pool_id}","email":"{who}@acme.example"}}'.encode()
    request = asked(ledger, pool_id, who, who)
    content = httpx2.Request("POST", f"{server.url}/api/v1/seats", **request).content
    line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    head = (
        "POST /api/v1/seats HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {ledger.token}\r\nIdempotency-Key: {who}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    assert body == content
    line.sendall(head.encode() + content)
    return line


def _wait_for_some(ledger: Ledger) -> None:
    deadline = time.monotonic() + 20
    while True:
        with ledger.world.database.read() as unit:
            if unit.count(sqlalchemy.select(sqlalchemy.func.count()).select_from(repeats)):
                return
        assert time.monotonic() < deadline
        time.sleep(0.001)
