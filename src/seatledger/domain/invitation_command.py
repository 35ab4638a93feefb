"""What may be asked of invitations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from seatledger.domain.command import UNSET, Command, Unset
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import NOBODY_NAMED, PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInvitation(Command):
    """What an invitation is to: a platform, or a course or program that it owns or has a pool of.

    Without `platform_key` it is the caller's own platform; of an operator's, the item's owner.
    """

    kind: ItemKind
    platform_key: str | None = None
    item_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson(ItemInvitation):
    """Invite somebody, or change their invitation. Answers with Invited.

    They are named by `learner_id` (which decides), `username` or `email`; an unknown address makes
    an unregistered learner. What is left out stays as it is, but for one thing: an invitation
    that was withdrawn is active again. One that was accepted is asked anew only by `active` true.
    `group_owner_email` names who owns the group that accepting makes; else it is who invites.
    """

    learner_id: int | None = None
    username: str | None = None
    email: str | None = None
    active: bool | Unset = UNSET
    end: datetime | None | Unset = UNSET
    source: str | None | Unset = UNSET
    redirect_to: str | None | Unset = UNSET
    created: datetime | Unset = UNSET
    metadata: Mapping[str, Any] | Unset = UNSET
    enrolment_config: Mapping[str, Any] | Unset = UNSET
    profile: Mapping[str, str] | Unset = UNSET
    user_group: str | None | Unset = UNSET
    group_owner_email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteMany(Command):
    """Invite many in one transaction. Answers with Invited or Refusal for each, in order.

    All must be to one platform, that of `platform_key`, and to what is that platform's: else the
    whole is refused and nothing is made (ibl L5). Without it, it is that of the first one.
    """

    platform_key: str | None = None
    invitations: tuple[InvitePerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBlank(ItemInvitation):
    """Make `count` invitations that name nobody, for whoever redeems them. Answers with Offered."""

    source: str
    count: int
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemInvitation(ItemInvitation):
    """Accept a person's own invitation of this source, else a blank one. Answers with Invited.

    Without `platform_key` it may be any platform's within the caller's reach. An unknown address
    makes a learner. `metadata` is added to the invitation's.
    """

    source: str
    learner_id: int | None = None
    username: str | None = None
    email: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInvitation(Command):
    """Switch an invitation off. Answers with Invited; of one that is off already, as it is.

    `kind` and `platform_key`, where given, must be its own.
    """

    invitation_id: int
    kind: ItemKind | None = None
    platform_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkUndeliverable(Command):
    """Note that the message about an invitation came back, and `why`. Answers with Invited.

    Inviting the person again clears the note.
    """

    invitation_id: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccess(Command):
    """Ask for a course on a person's behalf, who must be an active member. Answers with Requested.

    While such a request is open, asking again answers with it and changes nothing (ibl W46).
    Without `platform_key` it is the caller's own platform; of an operator's, the item's owner.
    """

    item_key: str
    platform_key: str | None = None
    person: PersonName = NOBODY_NAMED
    metadata: Mapping[str, Any] = field(default_factory=dict)
    kind: ClassVar[ItemKind] = ItemKind.COURSE


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRequest(Command):
    """Approve or reject a request, or close or open it. Answers with Requested.

    Approving gives a seat where the platform has a pool of the item. Deciding again is allowed;
    a seat that was given stays (ibl W47). `platform_key`, where given, must be its own.
    `only_open` refuses to decide otherwise what was decided or closed meanwhile.
    """

    request_id: int
    platform_key: str | None = None
    approved: bool | Unset = UNSET
    active: bool | Unset = UNSET
    only_open: bool = False
