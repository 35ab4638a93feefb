"""Many new learners with their seats at once, beside the fastest way to put the same rows there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.bulk_load import Rows, copied, given
from bench.measurement import Aim, Comparison, Measurement
from bench.site import Site
from bench.stage import Stage


def run(stage: Stage) -> Mapping[str, Comparison]:
    with stage.site(learners=1) as site:
        comparison = Comparison([], [])
        pool = site.open_pools()[0]
        for _ in range(stage.sizes.rounds):
            with _copy(stage, site) as one:
                comparison.ours.append(given(stage, one, pool))
                rows = Rows.of(one, pool)
            with _copy(stage, site) as another:
                comparison.theirs.append(copied(stage, another, rows))
        return {"use case": comparison}


@contextmanager
def _copy(stage: Stage, site: Site) -> Iterator[Site]:
    """The same ledger once more, with nothing in it yet."""
    url = stage.postgres.database(like=site.url)
    try:
        yield site.at(url)
    finally:
        stage.postgres.drop(url)


MEASUREMENT = Measurement(
    key="bulk",
    what="100,000 new learners are given seats of one pool in chunks, seats a second",
    against="COPY of the same rows into the same tables and indexes",
    aim=Aim(least=0.25),
    run=run,
)
