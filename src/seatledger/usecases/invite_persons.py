"""Invite people, one by one or many at once, and offer invitations that name nobody yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from seatledger.domain.command import Unset
from seatledger.domain.event import Event, EventKind
from seatledger.domain.invitation import Invitation, to_update
from seatledger.domain.invitation_command import (
    InviteMany,
    InvitePerson,
    ItemInvitation,
    OfferBlank,
)
from seatledger.domain.inviting import invite, invite_again
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner, email_key
from seatledger.domain.refusal import Code, Refusal, invalid
from seatledger.storage import events
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.invitation_history import Invited, invitation_event
from seatledger.usecases.invitation_places import Place, Places
from seatledger.usecases.naming import add_new, find_people
from seatledger.usecases.opening import origin

MANY_MAX = 1000

To = tuple[int, int, ItemKind, int | None]  # a person, a platform, and what of it


@dataclass(frozen=True, slots=True)
class Offered:
    """The ids of invitations that name nobody."""

    invitation_ids: tuple[int, ...]


def invite_persons(
    unit: Unit, commands: Sequence[InvitePerson], now: datetime
) -> list[Invited | Refusal]:
    """Invite in order; a refusal leaves its neighbours alone.

    A few statements for all of them. People are locked in order of id, so that two batches neither
    invite one person twice nor wait for each other in a circle.
    """
    return _invite(unit, commands, list(map(Places(unit, commands).of, commands)), now)


def invite_many(
    unit: Unit, commands: Sequence[InviteMany], now: datetime
) -> list[list[Invited | Refusal] | Refusal]:
    """Each command's invitations, in order."""
    return [_invite_many(unit, command, now) for command in commands]


def _invite_many(
    unit: Unit, command: InviteMany, now: datetime
) -> list[Invited | Refusal] | Refusal:
    wanted = command.invitations
    if not 1 <= len(wanted) <= MANY_MAX:
        return invalid("invitations", f"From 1 to {MANY_MAX} people can be invited at once.")
    named = ItemInvitation(command.by, kind=ItemKind.PLATFORM, platform_key=command.platform_key)
    places = Places(unit, [*wanted, named])
    platform = places.platform(command.by, command.platform_key, wanted)
    if isinstance(platform, Refusal):
        return [platform for _ in wanted] if platform.code is Code.UNKNOWN_ITEM else platform
    if any(places.is_foreign(each, platform) for each in wanted):
        return invalid("invitations", "All must be invited to what belongs to the one platform.")
    return _invite(unit, wanted, [places.within(platform, each) for each in wanted], now)


def offer_blanks(
    unit: Unit, commands: Sequence[OfferBlank], now: datetime
) -> list[Offered | Refusal]:
    """Offer invitations for whoever redeems them first."""
    return [_offer(unit, command, now) for command in commands]


def _offer(unit: Unit, command: OfferBlank, now: datetime) -> Offered | Refusal:
    if not 1 <= command.count <= MANY_MAX:
        return invalid("count", f"From 1 to {MANY_MAX} invitations can be made at once.")
    place = Places(unit, [command]).of(command)
    if isinstance(place, Refusal):
        return place
    ids = unit.new_ids(invitations=command.count)["invitations"]
    blank = replace(_blank(command, place, now), source=command.source, metadata=command.metadata)
    new = [replace(blank, id=each) for each in ids]
    invitation_rows.add(unit, new)
    events.add(unit, *(_event(command, None, each, now) for each in new))
    return Offered(tuple(ids))


def _invite(
    unit: Unit,
    commands: Sequence[InvitePerson],
    places: Sequence[Place | Refusal],
    now: datetime,
) -> list[Invited | Refusal]:
    names = list(map(_name, commands))
    people = find_people(unit, commands, now, names, [True] * len(commands))
    owners = _group_owners(unit, commands)
    standing = _standing(unit, people.named, places)
    ids = iter(unit.new_ids(invitations=len(commands))["invitations"])
    new: dict[int, Invitation] = {}
    changed: dict[int, Invitation] = {}
    history: list[Event] = []

    def decide(
        command: InvitePerson, place: Place | Refusal, learner: Learner | Refusal
    ) -> Invited | Refusal:
        if isinstance(place, Refusal):
            return place
        if isinstance(learner, Refusal):
            return learner
        own = standing[learner.id, place.platform.id, command.kind, place.item_id]
        before = to_update(list(own.values()))
        owner = _group_owner(command, owners)
        if before is None:
            blank = replace(_blank(command, place, now), id=next(ids), learner_id=learner.id)
            after = invite(blank, command, owner)
        else:
            after = invite_again(before, command, owner)
        own[after.id] = after
        if after != before:
            (new if before is None or after.id in new else changed)[after.id] = after
            history.append(_event(command, before, after, now))
        return Invited(after, learner, created=before is None)

    outcomes = list(map(decide, commands, places, people.named))
    invited = {each.learner.id for each in outcomes if isinstance(each, Invited) and each.learner}
    add_new(unit, people, unneeded=people.new - invited)
    invitation_rows.add(unit, list(new.values()))
    invitation_rows.change(unit, list(changed.values()))
    events.add(unit, *history)
    return outcomes


def _standing(
    unit: Unit, people: Sequence[Learner | Refusal], places: Sequence[Place | Refusal]
) -> dict[To, dict[int, Invitation]]:
    """The invitations that these people have to these platforms, by what they are to."""
    learner_ids = {each.id for each in people if isinstance(each, Learner)}
    platform_ids = {each.platform.id for each in places if isinstance(each, Place)}
    found: dict[To, dict[int, Invitation]] = defaultdict(dict)
    for each in invitation_rows.lock_of_learners(unit, learner_ids, platform_ids):
        assert each.learner_id is not None
        found[each.learner_id, each.platform_id, each.kind, each.item_id][each.id] = each
    return found


def _name(command: InvitePerson) -> str:
    """What somebody is called whom nobody knew before."""
    profile = {} if isinstance(command.profile, Unset) else command.profile
    return " ".join(profile[part] for part in ("first_name", "last_name") if profile.get(part))


def _group_owners(unit: Unit, commands: Sequence[InvitePerson]) -> dict[str, Learner]:
    addresses = {email_key(each.group_owner_email) for each in commands if each.group_owner_email}
    return learner_rows.named(unit, [{"email_key": each} for each in sorted(addresses)]).by_email


def _group_owner(command: InvitePerson, known: dict[str, Learner]) -> int | None:
    """Who owns the group that accepting makes: who is named and known, else who invites (L12)."""
    if isinstance(command.user_group, Unset) or command.user_group is None:
        return None
    named = known.get(email_key(command.group_owner_email or ""))
    owner = named or command.by.learner
    return None if owner is None else owner.id


def _blank(command: ItemInvitation, place: Place, now: datetime) -> Invitation:
    return Invitation(
        id=0,
        platform_id=place.platform.id,
        platform_key=place.platform.key,
        kind=command.kind,
        item_id=place.item_id,
        item_key=place.item_key,
        learner_id=None,
        metadata={},
        enrolment_config={},
        profile={},
        created=now,
    )


def _event(
    command: ItemInvitation, before: Invitation | None, after: Invitation, now: datetime
) -> Event:
    kind = EventKind.INVITATION_CREATED if before is None else EventKind.INVITATION_CHANGED
    return invitation_event(kind, origin(command, now), before, after)
