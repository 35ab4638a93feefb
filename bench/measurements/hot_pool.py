"""Many claim seats of one pool at once: the case that row locks make slow."""

from collections.abc import Mapping

from bench.calls import ASSIGN
from bench.claims import by_http, by_pgbench, warm_up
from bench.measurement import Aim, Comparison, Measurement, all_in_turn
from bench.stage import Stage

CLIENTS = 64
PGBENCH_CLIENTS = 32


def run(stage: Stage) -> Mapping[str, Comparison]:
    with stage.site() as site, stage.serving(site) as server:
        ours = {
            name: by_http(stage, server, site, call, clients=CLIENTS)
            for name, call in ASSIGN.items()
        }
        theirs = by_pgbench(stage, site, clients=PGBENCH_CLIENTS)
        warm_up(site, *ours.values(), theirs)
        return all_in_turn(stage.sizes.rounds, ours, theirs)


MEASUREMENT = Measurement(
    key="hot_pool",
    what=f"{CLIENTS} clients assign seats of one pool by HTTP, seats a second",
    against=f"pgbench, {PGBENCH_CLIENTS} clients, one transaction a seat, the same three writes",
    aim=Aim(least=8.0),
    run=run,
)
