"""Kill the server in the middle of claims: what it acknowledged is there when it is back."""

import asyncio

import httpx2

from tests.e2e.claims import Both
from tests.e2e.conftest import Ledger
from tests.support.server import Server, serving

CLAIMERS = 16
ACKNOWLEDGED_BEFORE_KILL = 300


async def claim_until_killed(server: Server, ledger: Ledger, pool_id: int) -> set[int]:
    """Claim with many clients; kill the server after some answers; who was told "yes"."""
    acknowledged: set[int] = set()
    numbers = iter(range(1_000_000))

    async def keep_claiming(both: Both) -> None:
        while True:
            number = next(numbers)
            try:
                answer = await both.claim(pool_id, number)
            except httpx2.TransportError:
                return
            assert answer.status_code == 200, answer.text
            acknowledged.add(number)
            if len(acknowledged) == ACKNOWLEDGED_BEFORE_KILL:
                server.kill()

    async with Both(server.url, ledger) as both:
        await asyncio.gather(*(keep_claiming(both) for _ in range(CLAIMERS)))
    return acknowledged


def kill_and_restart(ledger: Ledger, workers: int) -> None:
    pool = ledger.pool(size=100_000)
    with serving(ledger.url, workers) as server:
        acknowledged = asyncio.run(claim_until_killed(server, ledger, pool.id))
        assert len(acknowledged) >= ACKNOWLEDGED_BEFORE_KILL
        server.start()
        ledger.world.check()
        holders = list(ledger.world.holders(pool.id))
        assert {f"claim{number}" for number in acknowledged} <= set(holders)
        assert len(holders) == len(set(holders)) == ledger.world.look(pool.id).held
        again = asyncio.run(_claim(server, ledger, pool.id, min(acknowledged)))
        assert again.status_code == (400 if min(acknowledged) % 2 else 200)
    ledger.world.check()


async def _claim(server: Server, ledger: Ledger, pool_id: int, number: int) -> httpx2.Response:
    async with Both(server.url, ledger) as both:
        return await both.claim(pool_id, number)


def test_no_acknowledged_seat_is_lost(ledger: Ledger) -> None:
    kill_and_restart(ledger, workers=1)


def test_no_acknowledged_seat_is_lost_by_several_processes(postgresql_ledger: Ledger) -> None:
    kill_and_restart(postgresql_ledger, workers=2)
