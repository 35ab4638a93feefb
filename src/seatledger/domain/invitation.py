"""An invitation: a platform's word that somebody may come, to itself or to one of its items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from seatledger.domain.instant import text
from seatledger.domain.item import ItemKind


class InvitationState(StrEnum):
    """How an invitation stands: what it waits for, or what came of it."""

    PENDING = "pending"
    UNDELIVERABLE = "undeliverable"  # pending, but the message about it came back
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`item_id` is None where it is to the platform itself, whose key is then the `item_key`.

    `learner_id` is None while it is blank: it is for whoever redeems it first. `active` is true
    until it is accepted or withdrawn; from `end` on it can't be accepted any more. `profile` is
    what was said of the person (company_name, first_name, last_name). Who accepts joins the group
    named `user_group`, made for `group_owner_id` where there is none. `enrolment_config` is kept
    for the learning system. `seat_id` is the seat that accepting gave.
    """

    id: int
    platform_id: int
    platform_key: str
    kind: ItemKind
    item_id: int | None
    item_key: str
    learner_id: int | None
    active: bool = True
    end: datetime | None = None
    source: str | None = None
    redirect_to: str | None = None
    metadata: Mapping[str, Any]
    enrolment_config: Mapping[str, Any]
    profile: Mapping[str, str]
    user_group: str | None = None
    group_owner_id: int | None = None
    created: datetime
    accepted_at: datetime | None = None
    seat_id: int | None = None
    undeliverable_at: datetime | None = None
    undeliverable_why: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be accepted."""
        return self.active and (self.end is None or self.end > now)

    def state(self, now: datetime) -> InvitationState:
        if not self.active:
            accepted = self.accepted_at is not None
            return InvitationState.ACCEPTED if accepted else InvitationState.WITHDRAWN
        if not self.is_open(now):
            return InvitationState.EXPIRED
        came_back = self.undeliverable_at is not None
        return InvitationState.UNDELIVERABLE if came_back else InvitationState.PENDING

    def accepted(self, now: datetime) -> "Invitation":
        """The same, accepted: no longer active (ibl L4)."""
        return replace(self, active=False, accepted_at=now)

    def named(self) -> dict[str, Any]:
        """What every event says of it, so that each can be understood by itself."""
        return {
            "learner_id": self.learner_id,
            "kind": self.kind.value,
            "item_id": self.item_id,
            "item_key": self.item_key,
            "source": self.source,
            "active": self.active,
            "end": text(self.end),
            "redirect_to": self.redirect_to,
        }

    def facts(self) -> dict[str, Any]:
        """What history records of it: nothing that tells who the person is."""
        return {
            **self.named(),
            "metadata": dict(self.metadata),
            "enrolment_config": dict(self.enrolment_config),
            "user_group": self.user_group,
            "group_owner_id": self.group_owner_id,
            "created": text(self.created),
            "accepted_at": text(self.accepted_at),
            "seat_id": self.seat_id,
            "undeliverable_at": text(self.undeliverable_at),
        }


def to_update(own: Sequence[Invitation]) -> Invitation | None:
    """Which of a person's invitations to one thing is meant when they are invited again (ibl W40).

    The newest of those that are active, else the newest.
    """
    return max(own, key=lambda each: (each.active, each.id), default=None)


def to_redeem(own: Sequence[Invitation], now: datetime) -> Invitation | None:
    """Which of a person's invitations of one source is redeemed: an open one, else (ibl W44) the
    one that was accepted before. None where neither is there: then a blank one is theirs.
    """
    still_open = [each for each in own if each.is_open(now)]
    accepted = [each for each in own if each.accepted_at is not None and not each.active]
    return min(still_open or accepted, key=lambda each: each.id, default=None)
