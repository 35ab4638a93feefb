"""What every change of an invitation answers with, and what history tells of it."""

from dataclasses import dataclass

from seatledger.domain.event import Event, EventKind, Origin, difference
from seatledger.domain.invitation import Invitation
from seatledger.domain.learner import Learner


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it is after the change, and whom it names."""

    invitation: Invitation
    learner: Learner | None
    created: bool = False


def invitation_event(
    kind: EventKind, by: Origin, before: Invitation | None, after: Invitation
) -> Event:
    """A creation tells everything; a change what it changed, and always what the thing is."""
    was, facts = None, after.facts()
    if before is not None:
        was, facts = difference(before.facts(), facts)
    return Event(kind, by, after.platform_id, None, after.id, was, {**after.named(), **facts})
