"""What everything is measured against: a seat as three writes, in a transaction of its own.

Insert the seat, take a place from the pool only where one is free, insert the event: the same
rows, in the same tables with the same constraints and indexes, as the ledger's own. Only the event
is spared its number without gaps: it gets one that is free.
"""

SEAT = """
INSERT INTO seats (platform_id, pool_id, item_id, learner_id, state, starts_at, direct, grants,
                   fulfilled, metadata, created_at, modified_at)
VALUES (:platform, :pool, :item, :learner, 'live', :now, true, '[]', false, '{}', :now, :now)
"""
PLACE = "UPDATE pools SET held = held + 1, given = given + 1 WHERE id = :pool AND held < size"
EVENT = """
INSERT INTO events (platform_id, seq, pool_id, kind, subject_id, at, actor, role, surface, after)
VALUES (:platform, -{seat}, :pool, 'seat_assigned', {seat}, :now, 'office', 'manager', 'bench',
        :facts)
"""


def writes(seat: str) -> list[str]:
    """The three statements; `seat` is the engine's word for the id that was given last."""
    return [" ".join(each.split()) for each in (SEAT, PLACE, EVENT.replace("{seat}", seat))]
