"""A page of a list among a hundred times as many seats."""

from collections.abc import Callable, Mapping

from bench.calls import LIST, Call
from bench.claims import warm_up
from bench.crowd import crowded
from bench.measurement import Aim, Comparison, Measurement, Reading, in_turn
from bench.measurements.single import latency
from bench.server import Server
from bench.site import Site
from bench.stage import Stage


def run(stage: Stage) -> Mapping[str, Comparison]:
    large, small = crowded(stage, stage.sizes.many), crowded(stage, stage.sizes.few)
    with stage.serving(large) as server_of_large, stage.serving(small) as server_of_small:
        found = {}
        for name, call in LIST.items():
            many = latency(_pages(stage, server_of_large, large, call))
            few = latency(_pages(stage, server_of_small, small, call))
            warm_up(large, many, few)
            found[name] = in_turn(stage.sizes.rounds, many, few)
        return found


def _pages(stage: Stage, server: Server, site: Site, call: Call) -> Callable[[], Reading]:
    pools = site.pool_ids()
    return lambda: stage.load(
        server,
        site,
        call,
        pools,
        clients=1,
        database_cpu=stage.postgres.cpu_seconds,
        repeat=True,
    )


MEASUREMENT = Measurement(
    key="list",
    what="a page of 100 seats by HTTP with 1,000,000 seats in the platform, median latency",
    against="the same page with 10,000 seats",
    aim=Aim(most=1.2),
    run=run,
)
