"""Memory while many seats are given at once: it must not grow with their number."""

from collections.abc import Mapping

from bench.bulk_load import give
from bench.measurement import Aim, Comparison, Measurement, Reading
from bench.stage import Stage

MEBIBYTE = 1024 * 1024


def run(stage: Stage) -> Mapping[str, Comparison]:
    comparison = Comparison([], [])
    with stage.site(learners=1) as site:
        for turn in range(stage.sizes.rounds):
            pool = site.open_pools()[0]
            said = give(site, pool, first=1 + turn * stage.sizes.bulk, seats=stage.sizes.bulk)
            cpu = {"process": said["cpu_seconds"]}
            for readings, name in ((comparison.ours, "peak"), (comparison.theirs, "idle")):
                value = said[f"{name}_bytes"] / MEBIBYTE
                readings.append(Reading(value, "MiB", stage.sizes.bulk, cpu))
    return {"use case": comparison}


MEASUREMENT = Measurement(
    key="memory",
    what="most memory (RSS) of a process while it gives 100,000 new learners seats",
    against="its memory before, idle and connected",
    aim=Aim(most=3.0),
    run=run,
)
