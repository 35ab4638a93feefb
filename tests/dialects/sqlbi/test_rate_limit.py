"""How many requests a license manager may make in a minute."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from seatledger.domain.people_command import CreateToken
from seatledger.ops.settings import Settings
from seatledger.storage.engine import Database
from seatledger.usecases.keep_tokens import SHELL
from tests.dialects.sqlbi.world import Clock, World, refused, serving

LIMIT = 5


@pytest.fixture
def world(database: Database, clock: Clock) -> Iterator[World]:
    with serving(database, clock, per_minute=LIMIT) as served:
        served.platform("acme", "acme.example")
        yield served


def statuses(world: World, count: int, by: str = "acme") -> list[int]:
    return [world.ask("GET", "/v1/me", by=by).status_code for _ in range(count)]


def test_the_vendor_s_limit_is_the_default() -> None:
    assert Settings().sqlbi_rate_per_minute == 25


def test_past_the_limit_requests_are_refused_until_a_minute_is_over(world: World) -> None:
    """O30."""
    assert statuses(world, LIMIT + 2) == [200] * LIMIT + [429] * 2
    answer = world.ask("GET", "/v1/me")
    assert refused(answer) == (429, "rate_limited")
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"
    world.clock.forward(seconds=59.9)
    answer = world.ask("GET", "/v1/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    world.clock.forward(seconds=0.1)
    assert statuses(world, LIMIT + 1) == [200] * LIMIT + [429]


def test_no_sixty_seconds_see_more_than_the_limit(world: World) -> None:
    """O30: the window slides; there is no moment at which it starts afresh."""
    answered: list[float] = []
    for second in range(0, 200, 5):
        answered += [second for status in statuses(world, 2) if status == 200]
        world.clock.forward(seconds=5)
    for start in answered:
        assert sum(start <= at < start + 60 for at in answered) <= LIMIT
    assert len(answered) >= 3 * LIMIT


def test_waiting_as_long_as_told_is_enough(world: World) -> None:
    """O30."""
    waits = 0
    for _ in range(40):
        answer = world.ask("GET", "/v1/me")
        if answer.status_code == 429:
            waits += 1
            world.clock.forward(seconds=int(answer.headers["Retry-After"]))
            assert statuses(world, 1) == [200]
        world.clock.forward(seconds=3.7)
    assert waits > 3


def test_refused_calls_count_but_not_those_over_the_limit(world: World) -> None:
    """O30."""
    for method, path in (("GET", "/v1/pool/999"), ("GET", "/v1/nothing"), ("PUT", "/v1/me")):
        assert world.ask(method, path).status_code in {404, 405}
    assert statuses(world, 4) == [200, 200, 429, 429]
    world.clock.forward(seconds=60)
    assert statuses(world, LIMIT) == [200] * LIMIT


def test_the_limit_comes_after_the_token_and_before_everything_else(world: World) -> None:
    """O35."""
    statuses(world, LIMIT)
    for method, path in (("GET", "/v1/pool/x"), ("GET", "/v1/nothing"), ("PUT", "/v1/me")):
        assert refused(world.ask(method, path)) == (429, "rate_limited")
        assert world.ask(method, path, by=None).status_code == 401


def test_a_request_over_the_limit_changes_nothing(world: World) -> None:
    pool_id = world.pool()
    statuses(world, LIMIT)
    assert refused(world.try_assign(pool_id, "mira@acme.example")) == (429, "rate_limited")
    world.clock.forward(seconds=60)
    assert world.counts(pool_id) == (2, 0, 2)


def test_the_tokens_of_a_manager_share_a_limit_and_managers_do_not(world: World) -> None:
    """O30: counted for each license manager."""
    second = world.carry_out(CreateToken(SHELL, name="second", platform_key="acme"))
    world.tokens["second"] = second.text
    world.platform("zeta")
    assert statuses(world, 3) + statuses(world, 3, by="second") == [200] * 5 + [429]
    assert statuses(world, LIMIT + 1, by="zeta") == [200] * LIMIT + [429]


def test_operators_have_no_limit(world: World) -> None:
    world.tokens["root"] = world.carry_out(CreateToken(SHELL, name="root", operator=True)).text
    paths = [world.ask("GET", "/v1/pools", by="root").status_code for _ in range(LIMIT + 3)]
    assert paths == [200] * (LIMIT + 3)


def test_processes_share_the_limit(world: World) -> None:
    """O30: two applications on one ledger, asked at the same time."""
    with serving(world.database, world.clock, per_minute=LIMIT) as other:
        other.tokens = world.tokens
        turns = [world, other] * LIMIT
        with ThreadPoolExecutor(len(turns)) as threads:
            answered = list(threads.map(lambda each: statuses(each, 1)[0], turns))
    assert sorted(answered) == [200] * LIMIT + [429] * LIMIT


def test_without_a_limit_nothing_is_counted(database: Database, clock: Clock) -> None:
    with serving(database, clock, per_minute=0) as world:
        world.platform("acme")
        assert statuses(world, 30) == [200] * 30
        with world.database.read() as unit:
            assert unit.connection.execute(text("SELECT count(*) FROM rates")).scalar_one() == 0
