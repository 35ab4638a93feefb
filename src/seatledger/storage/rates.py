"""Rows that count requests: one for each platform and each surface it ever asked under a limit."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BigInteger, Text

from seatledger.domain.rate import Hits
from seatledger.storage.statement import Statement
from seatledger.storage.types import Document
from seatledger.storage.unit import Unit

Counter = tuple[int, str]  # the id of a platform, and the surface it asks on
_KEY = {"id": "bigint", "surface": "text"}

LOCK = Statement(
    """
    SELECT r.platform_id, r.surface, r.hits
    FROM rates r JOIN {wanted} ON wanted.id = r.platform_id AND wanted.surface = r.surface
    ORDER BY r.platform_id, r.surface {lock}
    """,
    rows={"wanted": _KEY},
    locks="r",
    returns={"platform_id": BigInteger, "surface": Text, "hits": Document},
)

# Two processes may both meet a platform's first request: the second finds the row made.
ADD = Statement(
    """
    INSERT INTO rates (platform_id, surface, hits)
    SELECT id, surface, '[]' FROM {wanted} WHERE true ORDER BY id, surface
    ON CONFLICT (platform_id, surface) DO NOTHING
    """,
    rows={"wanted": _KEY},
)

WRITE = Statement(
    """
    UPDATE rates SET hits = changed.hits FROM {changed}
    WHERE rates.platform_id = changed.id AND rates.surface = changed.surface
    """,
    rows={"changed": {**_KEY, "hits": "jsonb"}},
)


def lock(unit: Unit, counters: Iterable[Counter]) -> dict[Counter, Sequence[Sequence[int]]]:
    """The hits of each counter, locked until the transaction ends, in order."""
    wanted = [{"id": platform, "surface": surface} for platform, surface in sorted(set(counters))]
    found = unit.rows(LOCK, wanted=wanted)
    if len(found) < len(wanted):
        unit.run(ADD, wanted=wanted)
        found = unit.rows(LOCK, wanted=wanted)
    return {(row.platform_id, row.surface): row.hits for row in found}


def write(unit: Unit, hits: Mapping[Counter, Hits]) -> None:
    """Put these hits in place of those that are there."""
    changed = [
        {"id": platform, "surface": surface, "hits": value}
        for (platform, surface), value in hits.items()
    ]
    if changed:
        unit.run(WRITE, changed=changed)
