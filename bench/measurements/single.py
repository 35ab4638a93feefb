"""One caller at a time: what a seat costs when there is nothing to share a transaction with."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.calls import ASSIGN
from bench.claims import by_http, by_pgbench, warm_up
from bench.measurement import Aim, Comparison, Measurement, Reading, all_in_turn
from bench.stage import Stage


def run(stage: Stage) -> Mapping[str, Comparison]:
    with stage.site() as site, stage.serving(site) as server:
        ours = {
            name: latency(by_http(stage, server, site, call, clients=1))
            for name, call in ASSIGN.items()
        }
        theirs = latency(by_pgbench(stage, site, clients=1))
        warm_up(site, *ours.values(), theirs)
        return all_in_turn(stage.sizes.rounds, ours, theirs)


def latency(measure: Callable[[], Reading]) -> Callable[[], Reading]:
    """The same reading, with its median latency for its value."""

    def measure_latency() -> Reading:
        reading = measure()
        return replace(reading, value=reading.details["p50_ms"], unit="ms")

    return measure_latency


MEASUREMENT = Measurement(
    key="single",
    what="one client assigns seats of one pool by HTTP, median latency",
    against="pgbench, one client, the same three writes, median latency",
    aim=Aim(most=4.0),
    run=run,
)
