"""Seats given by HTTP and by pgbench, as several measurements take them, each to its own pools."""

from collections.abc import Callable

from bench import pgbench
from bench.calls import Call
from bench.measurement import Reading
from bench.server import Server
from bench.site import Site
from bench.stage import Stage
from seatledger.domain.pool import Pool


def by_http(
    stage: Stage, server: Server, site: Site, call: Call, *, clients: int, pools: int = 1
) -> Callable[[], Reading]:
    """Assignments a second. Every seat that was answered must be there, and no other."""
    rotation = Rotation(site, pools)
    cpu = None if site.url.startswith("sqlite") else stage.postgres.cpu_seconds

    def measure() -> Reading:
        chosen = rotation.next()
        ids = [pool.id for pool in chosen]
        before = site.held(ids)
        reading = stage.load(server, site, call, ids, clients=clients, database_cpu=cpu)
        assert site.held(ids) - before == reading.requests, "what was answered is what was written"
        return reading

    return measure


def by_pgbench(stage: Stage, site: Site, *, clients: int, pools: int = 1) -> Callable[[], Reading]:
    """Transactions a second, each of them one seat."""
    rotation = Rotation(site, pools)

    def measure() -> Reading:
        chosen = rotation.next()
        ids = [pool.id for pool in chosen]
        before = site.held(ids)
        reading = pgbench.seats(
            stage.postgres,
            site.url,
            clients=clients,
            seconds=stage.sizes.seconds,
            pools=chosen,
            variables=site.variables(now=stage.now()),
        )
        assert site.held(ids) - before == reading.requests
        return reading

    return measure


class Rotation:
    """The pools of one measurement after the other, such that nobody meets a pool twice.

    One pool is a new one each time. Several stay the same, but each time begin one further on:
    learner n, who gets a seat of pool n (counted round and round), gets one of the next.
    """

    def __init__(self, site: Site, pools: int) -> None:
        self._site = site
        self._pools = site.open_pools(pools) if pools > 1 else []

    def next(self) -> list[Pool]:
        if not self._pools:
            return self._site.open_pools()
        self._pools = [*self._pools[1:], self._pools[0]]
        return self._pools


def warm_up(site: Site, *measures: Callable[[], Reading]) -> None:
    """Measure once for nothing: connections, caches and statistics are there afterwards."""
    for measure in measures:
        measure()
    site.settle()
