"""Calls at the same time: nothing is given twice, by one process or by two."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from httpx import Response

from seatledger.usecases.verify import verify
from tests.dialects.sqlbi.world import World, serving


@pytest.fixture
def processes(world: World) -> Iterator[Sequence[World]]:
    """Two applications on one ledger, as two server processes are."""
    with serving(world.database, world.clock) as other:
        other.tokens = world.tokens
        yield world, other


def at_once(calls: Sequence[Callable[[], Response]]) -> list[Response]:
    """Start all calls at the same moment, each in a thread of its own."""
    barrier = Barrier(len(calls))

    def start(call: Callable[[], Response]) -> Response:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(start, calls))


def outcomes(answers: Sequence[Response]) -> list[str]:
    return sorted(
        "given" if each.status_code == 200 else str(each.json()["code"]) for each in answers
    )


def test_of_many_calls_for_the_last_license_exactly_one_succeeds(
    processes: Sequence[World],
) -> None:
    """Rule 29."""
    pool_id = processes[0].pool(size=1)
    answers = at_once(
        [
            lambda number=number: processes[number % 2].try_assign(  # type: ignore[misc]
                pool_id, f"learner{number}@acme.example"
            )
            for number in range(8)
        ]
    )
    assert outcomes(answers) == ["given", *["no_available_licenses"] * 7]
    assert processes[0].counts(pool_id) == (1, 1, 0)
    assert verify(processes[0].database).ok


def test_of_many_calls_for_one_student_exactly_one_succeeds(processes: Sequence[World]) -> None:
    """Rules 17, 29; O31: also from two pools of the course, and for an address never seen."""
    pools = [processes[0].pool(size=9), processes[0].pool(size=9)]
    answers = at_once(
        [
            lambda number=number: processes[number % 2].try_assign(  # type: ignore[misc]
                pools[number // 2 % 2], "mira@acme.example"
            )
            for number in range(8)
        ]
    )
    assert outcomes(answers) == [*["already_enrolled"] * 7, "given"]
    assert sum(processes[0].counts(pool_id)[1] for pool_id in pools) == 1
    assert verify(processes[0].database).ok


def test_recycling_at_the_same_time_keeps_the_counts(processes: Sequence[World]) -> None:
    """Rules 23, 26, 28, 29."""
    pool_id = processes[0].pool(size=2)
    for who in ("mira", "jon"):
        processes[0].assign(pool_id, who)
    answers = at_once(
        [
            lambda number=number: processes[number % 2].try_assign(  # type: ignore[misc]
                pool_id, f"learner{number}@acme.example", recycle=True
            )
            for number in range(6)
        ]
    )
    assert outcomes(answers) == ["given"] * 6
    assert processes[0].counts(pool_id) == (2, 2, 0)
    assert len(processes[0].license_ids()) == 2
    assert len(processes[0].license_ids(includeInactive=True)) == 8
    assert verify(processes[0].database).ok


def test_of_many_revokes_of_one_license_exactly_one_succeeds(processes: Sequence[World]) -> None:
    """Rules 29, 39; O6."""
    pool_id = processes[0].pool(size=3)
    for who in ("jon", "zoe"):
        processes[0].assign(pool_id, who)
    license_id = processes[0].assign(pool_id, "mira")["id"]
    answers = at_once(
        [
            lambda number=number: processes[number % 2].revoke(license_id)  # type: ignore[misc]
            for number in range(6)
        ]
    )
    assert outcomes(answers) == ["given", *["license_inactive"] * 5]
    assert processes[0].counts(pool_id) == (3, 2, 1)
    assert verify(processes[0].database).ok
