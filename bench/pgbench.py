"""pgbench, PostgreSQL's own load generator: one transaction a seat, prepared statements."""

import re
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.machine import cores
from bench.measurement import Reading
from bench.postgres import Postgres
from bench.processes import children_cpu_seconds
from bench.three_writes import writes
from seatledger.domain.pool import Pool

# Client c of n takes the learners first + c, first + c + n, …: nobody twice.
CHOOSE = r"""
\set turn :turn + 1
\set learner :first + :client_id + (:turn - 1) * :clients
\set place (:learner + :shift) % :pools
\set pool :pool_first + :place
\set item :item_first + :place
"""
MICROSECONDS = 2  # the column of a transaction's time in pgbench's log


def seats(
    postgres: Postgres,
    url: str,
    *,
    clients: int,
    seconds: int,
    pools: Sequence[Pool],
    variables: Mapping[str, object],
) -> Reading:
    """Seats a second, with the median latency in the details (`p50_ms`).

    `pools` were opened one after the other, and may begin anywhere among them. `variables` are
    those of the three writes, with the first of the learners (`first`) in place of one.
    """
    opened = min(pools, key=lambda pool: pool.id)
    places = {
        "pools": len(pools),
        "pool_first": opened.id,
        "item_first": opened.item.id,
        "shift": pools[0].id - opened.id,
    }
    script = CHOOSE + "BEGIN;\n" + ";\n".join(writes("currval('seats_id_seq')")) + ";\nEND;\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "seat.sql"
        file.write_text(script, encoding="utf-8")
        command = [
            *(str(postgres.pgbench), "--no-vacuum", "--protocol=prepared", f"--file={file}"),
            *(f"--client={clients}", f"--jobs={min(clients, cores())}", f"--time={seconds}"),
            *("--log", f"--log-prefix={folder}/times"),
        ]
        for name, value in {**variables, **places, "clients": clients, "turn": 0}.items():
            command.append(f"--define={name}={value}")
        before, own_before = postgres.cpu_seconds(), children_cpu_seconds()
        done = subprocess.run(
            [*command, url], capture_output=True, text=True, check=False, timeout=seconds + 60
        )
        if done.returncode != 0:
            raise RuntimeError(f"pgbench failed:\n{done.stderr[-2000:]}")
        times = _latencies(Path(folder))
    return Reading(
        value=_number(r"tps = ([0-9.]+)", done.stdout),
        unit="seats/s",
        requests=int(_number(r"actually processed: ([0-9]+)", done.stdout)),
        cpu_seconds={
            "pgbench": children_cpu_seconds() - own_before,
            "postgres": postgres.cpu_seconds() - before,
        },
        details={"p50_ms": statistics.median(times) / 1000},
    )


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found is not None, f"pgbench said something new:\n{text}"
    return float(found[1])


def _latencies(folder: Path) -> list[int]:
    """How long each transaction took, in microseconds."""
    return [
        int(line.split()[MICROSECONDS])
        for file in folder.glob("times*")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
