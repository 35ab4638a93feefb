"""200 claim a pool of 50 by HTTP, in both vendors' words, from one process and from several."""

from collections import Counter

from tests.e2e.claims import claims
from tests.e2e.conftest import Ledger
from tests.support.server import serving


def claim_all(ledger: Ledger, workers: int) -> None:
    pool = ledger.pool(size=50)
    with serving(ledger.url, workers) as server:
        answers = claims(server.url, ledger, pool.id, range(200))
        assert server.stop() == 0
    assert Counter(answer.status_code for answer in answers) == {200: 50, 400: 150}
    found = ledger.world.look(pool.id)
    assert (found.held, found.free) == (50, 0)
    seated = {number for number, answer in enumerate(answers) if answer.status_code == 200}
    assert set(ledger.world.holders(pool.id)) == {f"claim{number}" for number in seated}
    ledger.world.check()


def test_exactly_fifty_get_a_seat(ledger: Ledger) -> None:
    claim_all(ledger, workers=1)


def test_exactly_fifty_get_a_seat_from_four_processes(postgresql_ledger: Ledger) -> None:
    claim_all(postgresql_ledger, workers=4)


def test_asking_again_after_all_are_gone_changes_nothing(ledger: Ledger) -> None:
    pool = ledger.pool(size=3)
    with serving(ledger.url) as server:
        first = claims(server.url, ledger, pool.id, range(3))
        again = claims(server.url, ledger, pool.id, range(3))
    assert [answer.status_code for answer in first] == [200, 200, 200]
    assert [answer.status_code for answer in again] == [200, 400, 200]
    assert [again[number].json()["id"] for number in (0, 2)] == [
        first[number].json()["id"] for number in (0, 2)
    ]
    ledger.world.check()
