"""Many assign seats of many pools at once: the case in which row locks do no harm."""

from collections.abc import Mapping

from bench.calls import ASSIGN
from bench.claims import by_http, by_pgbench, warm_up
from bench.measurement import Aim, Comparison, Measurement, all_in_turn
from bench.stage import Stage

CLIENTS = 64
PGBENCH_CLIENTS = 32


def run(stage: Stage) -> Mapping[str, Comparison]:
    pools = stage.sizes.pools
    with stage.site() as site, stage.serving(site) as server:
        ours = {
            name: by_http(stage, server, site, call, clients=CLIENTS, pools=pools)
            for name, call in ASSIGN.items()
        }
        theirs = by_pgbench(stage, site, clients=PGBENCH_CLIENTS, pools=pools)
        warm_up(site, *ours.values(), theirs)
        return all_in_turn(stage.sizes.rounds, ours, theirs)


MEASUREMENT = Measurement(
    key="spread",
    what=f"{CLIENTS} clients assign seats of 1,000 pools by HTTP, seats a second",
    against=f"pgbench, {PGBENCH_CLIENTS} clients, the same writes, 1,000 pools",
    aim=Aim(least=1.0),
    run=run,
)
