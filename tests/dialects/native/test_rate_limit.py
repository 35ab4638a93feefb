"""How many native requests a platform may make in a minute, and what each answer says of it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from seatledger.domain.people_command import CreateToken
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from tests.dialects.native.conftest import Native
from tests.support.cast import OPERATOR
from tests.support.world import World

LIMIT = 3


@pytest.fixture
def limited(database: Database, database_url: str) -> Iterator[Native]:
    native = Native(database_url, World(database), native_rate_per_minute=LIMIT)
    with native.client:
        yield native


def told(answer: Any) -> tuple[int, int, int]:
    """Status, and what is left and when there is more, as the headers say."""
    assert answer.headers["ratelimit-policy"] == f'"default";q={LIMIT};w=60'
    said = re.fullmatch(r'"default";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
    assert said is not None, answer.headers["ratelimit"]
    return answer.status_code, int(said[1]), int(said[2])


def test_every_answer_says_what_is_left_and_waiting_as_long_as_told_is_enough(
    limited: Native,
) -> None:
    assert told(limited.ask("GET", "/pools")) == (200, 2, 60)
    limited.world.now += timedelta(seconds=20)
    assert told(limited.ask("GET", "/pools/77")) == (404, 1, 40)
    assert told(limited.ask("POST", "/seats", json={"no": 1})) == (400, 0, 40)
    limited.world.now += timedelta(seconds=10)
    refused = limited.ask("GET", "/nothing")
    assert told(refused) == (429, 0, 30)
    assert refused.headers["retry-after"] == "30"
    assert refused.json()["code"] == "rate_limited"
    assert refused.headers["content-type"] == "application/problem+json"
    limited.world.now += timedelta(seconds=30)
    assert told(limited.ask("GET", "/pools")) == (200, 0, 20)


def test_what_is_refused_changes_nothing(limited: Native) -> None:
    pool = limited.world.pool().id
    for _ in range(LIMIT):
        limited.ask("GET", "/pools")
    body = {"pool": str(pool), "email": "ada@acme.example"}
    limited.problem("rate_limited", "POST", "/seats", json=body)
    assert limited.world.holders(pool) == []


def test_a_platforms_tokens_share_the_limit_and_operators_have_none(limited: Native) -> None:
    second = limited.world.do(CreateToken(OPERATOR, name="2", platform_key="acme")).text
    assert told(limited.ask("GET", "/pools"))[1] == 2
    assert told(limited.ask("GET", "/pools", second))[1] == 1
    for _ in range(LIMIT + 1):
        answer = limited.ask("GET", "/pools", limited.operator)
        assert (answer.status_code, "ratelimit" in answer.headers) == (200, False)


def test_who_has_no_token_learns_nothing_of_limits(limited: Native) -> None:
    answer = limited.ask("GET", "/pools", "f" * 64)
    assert (answer.status_code, "ratelimit" in answer.headers) == (401, False)


def test_the_limits_of_two_interfaces_are_counted_apart(
    database: Database, database_url: str
) -> None:
    native = Native(
        database_url, World(database), native_rate_per_minute=LIMIT, sqlbi_rate_per_minute=2
    )
    headers = {"Authorization": f"Bearer {native.manager}"}
    with native.client:
        for left in (2, 1, 0):
            assert told(native.ask("GET", "/pools"))[1] == left
        statuses = [
            native.client.get("/api/licensing/v1/me", headers=headers).status_code for _ in range(3)
        ]
        assert statuses == [200, 200, 429]


def test_without_a_limit_no_header_is_sent_and_nothing_is_counted(native: Native) -> None:
    assert Settings().native_rate_per_minute == 0
    answer = native.ask("GET", "/pools")
    assert not {"ratelimit", "ratelimit-policy"} & set(answer.headers)
    with native.world.database.read() as unit:
        assert unit.connection.execute(text("SELECT count(*) FROM rates")).scalar_one() == 0
