"""Says invitations in the words of the three kinds."""

import msgspec

from seatledger.dialects.ibl.invitations.kinds import Kind
from seatledger.domain.invitation import Invitation
from seatledger.domain.learner import Learner


def invitation(kind: Kind, said: Invitation, learner: Learner | None) -> msgspec.Struct:
    """An invitation; of a blank one nobody is said, of somebody unregistered no username (L15)."""
    registered = learner is not None and learner.registered
    return kind.detail(
        id=said.id,
        user_id=said.learner_id,
        username=learner.login if learner is not None and registered else None,
        email=None if learner is None else learner.email,
        created=said.created,
        started=said.accepted_at,
        expired=said.end,
        source=said.source,
        redirect_to=said.redirect_to,
        active=said.active,
        metadata=dict(said.metadata),
        **{kind.item_field: said.item_key},
    )
