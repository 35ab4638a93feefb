"""The access check among a hundred times as many seats."""

from collections.abc import Callable, Mapping

from bench.access import demand_access, item_keys
from bench.calls import ACCESS
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
        demand_access(server_of_large, large)
        many = latency(_checks(stage, server_of_large, large))
        few = latency(_checks(stage, server_of_small, small))
        warm_up(large, many, few)
        return {"native": in_turn(stage.sizes.rounds, many, few)}


def _checks(stage: Stage, server: Server, site: Site) -> Callable[[], Reading]:
    return lambda: stage.load(
        server,
        site,
        ACCESS,
        item_keys(),
        clients=1,
        database_cpu=stage.postgres.cpu_seconds,
        repeat=True,
    )


MEASUREMENT = Measurement(
    key="check_growth",
    what="one client checks access with 1,000,000 seats in the platform, median latency",
    against="the same with 10,000 seats",
    aim=Aim(most=1.1),
    run=run,
)
