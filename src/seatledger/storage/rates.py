"""Rows that count requests: one for each platform that ever asked under a limit."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BigInteger

from seatledger.domain.rate import Hits
from seatledger.storage.statement import Statement
from seatledger.storage.types import Document
from seatledger.storage.unit import Unit

LOCK = Statement(
    """
    SELECT r.platform_id, r.hits FROM rates r
    WHERE r.platform_id IN (SELECT id FROM {wanted}) ORDER BY r.platform_id {lock}
    """,
    rows={"wanted": {"id": "bigint"}},
    locks="r",
    returns={"platform_id": BigInteger, "hits": Document},
)

# Two processes may both meet a platform's first request: the second finds the row made.
ADD = Statement(
    """
    INSERT INTO rates (platform_id, hits) SELECT id, '[]' FROM {wanted} WHERE true ORDER BY id
    ON CONFLICT (platform_id) DO NOTHING
    """,
    rows={"wanted": {"id": "bigint"}},
)

WRITE = Statement(
    """
    UPDATE rates SET hits = changed.hits FROM {changed}
    WHERE rates.platform_id = changed.platform_id
    """,
    rows={"changed": {"platform_id": "bigint", "hits": "jsonb"}},
)


def lock(unit: Unit, platform_ids: Iterable[int]) -> dict[int, Sequence[Sequence[int]]]:
    """The hits of each platform, locked until the transaction ends, in order of id."""
    wanted = [{"id": platform_id} for platform_id in sorted(set(platform_ids))]
    found = unit.rows(LOCK, wanted=wanted)
    if len(found) < len(wanted):
        unit.run(ADD, wanted=wanted)
        found = unit.rows(LOCK, wanted=wanted)
    return {row.platform_id: row.hits for row in found}


def write(unit: Unit, hits: Mapping[int, Hits]) -> None:
    """Put the platforms' hits in place of those that are there."""
    changed = [{"platform_id": key, "hits": value} for key, value in hits.items()]
    if changed:
        unit.run(WRITE, changed=changed)
