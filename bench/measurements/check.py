"""The access check, as fast as a route that does nothing?"""

from collections.abc import Callable, Mapping

from bench.access import demand_access, item_keys
from bench.calls import ACCESS, NO_OP, Call
from bench.claims import warm_up
from bench.crowd import crowded
from bench.measurement import Aim, Comparison, Measurement, Reading, all_in_turn
from bench.stage import Stage

CLIENTS = 64


def run(stage: Stage) -> Mapping[str, Comparison]:
    site = crowded(stage, stage.sizes.few)
    with stage.serving(site) as server:
        demand_access(server, site)

        def answers(call: Call) -> Callable[[], Reading]:
            return lambda: stage.load(
                server,
                site,
                call,
                item_keys(),
                clients=CLIENTS,
                database_cpu=stage.postgres.cpu_seconds,
                repeat=True,
            )

        ours, theirs = {"native": answers(ACCESS)}, answers(NO_OP)
        warm_up(site, *ours.values(), theirs)
        return all_in_turn(stage.sizes.rounds, ours, theirs)


MEASUREMENT = Measurement(
    key="check",
    what=f"{CLIENTS} clients check access by (platform, e-mail, item) by HTTP, answers a second",
    against="a route of the same server that does nothing (/healthz)",
    aim=Aim(least=0.7),
    run=run,
)
