"""`python -m bench.bulk_process URL POOL FIRST SEATS`: gives new learners seats, chunk by chunk.

Says what it took as JSON: seconds, CPU seconds, and bytes of memory before (idle, connected) and
at the peak. The learners are made as they are needed, so that memory is the ledger's own.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import text

from bench.calls import DOMAIN
from bench.processes import memory_now, memory_peak, own_cpu_seconds
from seatledger.domain.command import AssignSeat
from seatledger.domain.seating import Seated
from seatledger.storage.engine import Database
from seatledger.usecases.carry_out import carry_out
from seatledger.usecases.keep_tokens import SHELL

CHUNK = 1_000


def main() -> None:
    url, (pool_id, first, seats) = sys.argv[1], map(int, sys.argv[2:5])
    database = Database(url)
    with database.write() as unit:
        unit.connection.execute(text("SELECT 1"))
    idle = memory_now()
    spent, started = own_cpu_seconds(), time.perf_counter()
    for chunk in _chunks(pool_id, first, seats):
        outcomes = carry_out(database, chunk, datetime.now(UTC))
        assert all(isinstance(outcome, Seated) for outcome in outcomes), outcomes[0]
    said = {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": own_cpu_seconds() - spent,
        "idle_bytes": idle,
        "peak_bytes": memory_peak(),
    }
    database.close()
    json.dump(said, sys.stdout)


def _chunks(pool_id: int, first: int, seats: int) -> Iterator[list[AssignSeat]]:
    for start in range(first, first + seats, CHUNK):
        numbers = range(start, min(start + CHUNK, first + seats))
        yield [
            AssignSeat(SHELL, pool_id=pool_id, email=f"new{n}@{DOMAIN}", name=f"New Learner {n}")
            for n in numbers
        ]


if __name__ == "__main__":
    main()
