"""Change platforms, and let people join one by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Reach
from seatledger.domain.command import Unset
from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.learner import Membership
from seatledger.domain.people_command import AllowSelfJoin, JoinPlatform, LinkLearner, ShapePlatform
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_platform
from seatledger.storage import events
from seatledger.storage import members as member_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import self_joins as join_rows
from seatledger.storage.self_joins import SelfJoin
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import (
    NAME_LENGTH_MAX,
    read_domains,
    wrong_domains,
    wrong_email,
)
from seatledger.usecases.link_learners import link
from seatledger.usecases.opening import origin

ADDRESS_LENGTH_MAX = 300


def shape_platforms(
    unit: Unit, commands: Sequence[ShapePlatform], now: datetime
) -> list[Platform | Refusal]:
    return [_shape(unit, command, now) for command in commands]


def _shape(unit: Unit, command: ShapePlatform, now: datetime) -> Platform | Refusal:
    before = platform_rows.by_key(unit, command.key)
    if before is None or not command.by.reach.covers(before.id):
        return unknown_platform()
    given = {
        "key": command.new_key,
        "name": command.name,
        "learning_url": command.learning_url,
        "studio_url": command.studio_url,
        "portal_url": command.portal_url,
        "email": command.email,
        "domains": command.domains,
    }
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    if not isinstance(command.domains, Unset):
        changes["domains"] = read_domains(command.domains)
    if not isinstance(command.email, Unset):
        changes["email"] = command.email.strip()
    after = replace(before, **changes)
    if refusal := _wrong(unit, command, before, after):
        return refusal
    if after != before:
        platform_rows.change(unit, after)
        was = {name: getattr(before, name) for name in changes}
        _record(unit, origin(command, now), after.id, was, changes)
    return after


def _wrong(unit: Unit, command: ShapePlatform, before: Platform, after: Platform) -> Refusal | None:
    for field, value, most in (
        ("new_key", after.key, NAME_LENGTH_MAX),
        ("name", after.name, NAME_LENGTH_MAX),
    ):
        if not 1 <= len(value.strip()) <= most:
            return invalid(field, f"This has 1 to {most} characters.")
    for field in ("learning_url", "studio_url", "portal_url", "email"):
        if len(getattr(after, field)) > ADDRESS_LENGTH_MAX:
            return invalid(field, f"This has at most {ADDRESS_LENGTH_MAX} characters.")
    if after.email != before.email and (refusal := wrong_email(after.email)):
        return refusal
    if (after.key, after.domains) == (before.key, before.domains):
        return None
    if not command.by.is_operator:
        return Refusal(Code.FORBIDDEN, "Only an operator changes the key or the domains.")
    if after.key != before.key and platform_rows.by_key(unit, after.key) is not None:
        return Refusal(Code.TAKEN, "Another platform has this key.", field="new_key")
    return wrong_domains(after.domains) if after.domains != before.domains else None


@dataclass(frozen=True, slots=True)
class SelfJoinSaved:
    """The setting with its platform, and whether it was made just now for the first time."""

    platform: Platform
    setting: SelfJoin
    created: bool = False


def allow_self_joins(
    unit: Unit, commands: Sequence[AllowSelfJoin], now: datetime
) -> list[SelfJoinSaved | Refusal]:
    return [_allow(unit, command, now) for command in commands]


def _allow(unit: Unit, command: AllowSelfJoin, now: datetime) -> SelfJoinSaved | Refusal:
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    before = join_rows.get(unit, platform.id)
    after = SelfJoin(platform.id, command.allowed, now if before is None else before.created, now)
    if before is None:
        join_rows.add(unit, after)
    elif after.allowed == before.allowed:
        return SelfJoinSaved(platform, before)
    else:
        join_rows.change(unit, after)
    was = {"self_join": before is not None and before.allowed}
    _record(unit, origin(command, now), platform.id, was, {"self_join": after.allowed})
    return SelfJoinSaved(platform, after, created=before is None)


def self_join_of(unit: Unit, reach: Reach) -> SelfJoinSaved | Refusal:
    """The setting of the one platform within reach; where nobody made one, people may not join."""
    platform = None
    if reach.platform_id is not None:
        platform = platform_rows.by_id(unit, reach.platform_id)
    if platform is None:
        return unknown_platform()
    made = join_rows.get(unit, platform.id)
    none = SelfJoin(platform.id, False, platform.created, platform.created)
    return SelfJoinSaved(platform, made or none)


def join_platforms(
    unit: Unit, commands: Sequence[JoinPlatform], now: datetime
) -> list[Membership | Refusal]:
    return [_join(unit, command, now) for command in commands]


def _join(unit: Unit, command: JoinPlatform, now: datetime) -> Membership | Refusal:
    """An unknown platform and a closed one answer alike; who was sent away does not come back."""
    person = command.by.learner
    if person is None:
        return Refusal(Code.FORBIDDEN, "This key belongs to no person who could join.")
    platform = platform_rows.by_key(unit, command.platform_key)
    setting = None if platform is None else join_rows.get(unit, platform.id)
    if platform is None or setting is None or not setting.allowed:
        return Refusal(Code.FORBIDDEN, "People can't join this platform by themselves.")
    standing = member_rows.get(unit, platform.id, person.id)
    if standing is not None and standing.active:
        return standing
    if standing is not None:
        return Refusal(Code.FORBIDDEN, "An admin of this platform ended your membership.")
    tie = LinkLearner(command.by, learner_id=person.id, platform_key=platform.key)
    return link(unit, tie, platform, person, now)


def _record(
    unit: Unit, by: Origin, platform_id: int, before: dict[str, Any], after: dict[str, Any]
) -> None:
    events.add(
        unit,
        Event(EventKind.PLATFORM_CHANGED, by, platform_id, None, platform_id, before, after),
    )
