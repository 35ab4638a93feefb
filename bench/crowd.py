"""Sites with many seats, put into the tables directly: every learner holds one seat of ten pools.

Only lists and checks are measured on them, which read no history; so their seats have none.
"""

import psycopg
from sqlalchemy.engine import make_url

from bench.site import Site
from bench.stage import Stage

POOLS = 10

SEATS = """
INSERT INTO seats (platform_id, pool_id, item_id, learner_id, state, starts_at, direct, grants,
                   fulfilled, metadata, created_at, modified_at)
SELECT p.platform_id, p.id, p.item_id, l.id, 'live', now(), true, '[]', false, '{}', now(), now()
FROM learners l CROSS JOIN pools p
ORDER BY l.id, p.id
"""
COUNTERS = """
UPDATE pools SET held = counted.seats, given = counted.seats
FROM (SELECT pool_id, count(*) AS seats FROM seats GROUP BY pool_id) AS counted
WHERE counted.pool_id = pools.id
"""


def crowded(stage: Stage, seats: int) -> Site:
    """A site on PostgreSQL with so many seats, its statistics up to date; the same for all who ask.

    Nobody may write to it.
    """
    if seats not in stage.crowds:
        stage.crowds[seats] = _fill(stage.lasting_site(learners=seats // POOLS))
    return stage.crowds[seats]


def _fill(site: Site) -> Site:
    site.open_pools(POOLS)
    url = make_url(site.url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        # Foreign keys hold by construction; checking a million takes a minute.
        connection.execute("SET session_replication_role = replica")
        connection.execute(SEATS)
        connection.execute(COUNTERS)
        connection.execute("VACUUM (ANALYZE)")
    return site
