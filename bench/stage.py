"""What measurements stand on: the sizes of a run, the PostgreSQL they share, sites and servers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.calls import Call
from bench.machine import cores
from bench.measurement import Reading
from bench.postgres import Postgres, lasting_folder
from bench.server import Server, serving
from bench.site import Site, make

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. A quick run shows that everything works, and judges nothing."""

    rounds: int = 3
    seconds: int = 4
    learners: int = 200_000
    pools: int = 1_000
    bulk: int = 100_000
    few: int = 10_000
    many: int = 1_000_000


QUICK = Sizes(rounds=1, seconds=1, learners=20_000, pools=20, bulk=2_000, few=1_000, many=4_000)


class Stage:
    """Of one run. What it starts lazily, it stops when it is left."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.loads: list[Reading] = []  # all that the load generator did
        self.crowds: dict[int, Site] = {}  # of `crowd.crowded`
        self._stack = ExitStack()
        self._numbers = count(1)

    @cached_property
    def folder(self) -> Path:
        made = tempfile.TemporaryDirectory(prefix="seatledger-bench-", dir=lasting_folder())
        return Path(self._stack.enter_context(made))

    @cached_property
    def postgres(self) -> Postgres:
        return self._stack.enter_context(Postgres())

    @contextmanager
    def site(self, learners: int | None = None) -> Iterator[Site]:
        """A new ledger on PostgreSQL, for as long as the block runs."""
        made = self.lasting_site(learners)
        try:
            yield made
        finally:
            self.postgres.drop(made.url)

    def lasting_site(self, learners: int | None = None) -> Site:
        """A new ledger on PostgreSQL, until the end of the run."""
        return make(self.postgres.database(), self.sizes.learners if learners is None else learners)

    def site_on_sqlite(self) -> Site:
        """A new ledger in a file."""
        file = self.folder / f"ledger{next(self._numbers)}.db"
        return make(f"sqlite:///{file}", self.sizes.learners)

    @contextmanager
    def serving(self, site: Site, workers: int | None = None) -> Iterator[Server]:
        """`seatledger serve` on a site, with a worker for each core where nothing else is said."""
        log = self.folder / f"server{next(self._numbers)}.log"
        with serving(site.url, cores() if workers is None else workers, log) as server:
            yield server

    def load(
        self,
        server: Server,
        site: Site,
        call: Call,
        each: Sequence[object] = (),
        *,
        clients: int,
        database_cpu: Callable[[], float] | None = None,
        repeat: bool = False,
    ) -> Reading:
        """Requests a second by the load generator, until the time is over.

        There is one request for each learner, or with `repeat` those again and again. Raises
        RuntimeError where anything but 200 was answered.
        """
        plan = {
            "host": HOST,
            "port": server.port,
            "clients": clients,
            "seconds": self.sizes.seconds,
            "template": call.template(site.token),
            "each": [str(value) for value in each],
            "first": 0,
            "count": site.learners,
            "repeat": repeat,
        }
        programs = {"server": server.cpu_seconds}
        if database_cpu is not None:
            programs["postgres"] = database_cpu
        before = {name: measure() for name, measure in programs.items()}
        said = _fire(plan)
        spent = {name: measure() - before[name] for name, measure in programs.items()}
        reading = Reading(
            value=said["requests"] / said["seconds"],
            unit="requests/s",
            requests=said["requests"],
            cpu_seconds={**spent, "load": said["cpu_seconds"]},
            details={
                **{name: said[name] for name in ("p50_ms", "p95_ms", "p99_ms")},
                "load_core_share": said["cpu_seconds"] / said["seconds"],
            },
        )
        self.loads.append(reading)
        return reading

    def now(self) -> datetime:
        return datetime.now(UTC)

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def _fire(plan: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(plan),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=plan["seconds"] + 120,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the load generator failed:\n{done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    if set(said["statuses"]) != {"200"}:
        raise RuntimeError(f"answers {said['statuses']}, such as these: {said['samples']}")
    return said
