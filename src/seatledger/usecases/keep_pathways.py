"""Create, change, delete and list pathways."""

import re
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Reach
from seatledger.domain.catalog_command import DeletePathway, SavePathway
from seatledger.domain.command import Unset
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.learner import Learner
from seatledger.domain.pathway import Pathway
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import (
    Code,
    Refusal,
    invalid,
    unknown_pathway,
    unknown_platform,
)
from seatledger.storage import events
from seatledger.storage import pathways as pathway_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import suggestions as suggestion_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.opening import origin
from seatledger.usecases.persons import find_person
from seatledger.usecases.withdraw_suggestions import withdraw_all

LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class SavedPathway:
    pathway: Pathway
    created: bool


def save_pathways(
    unit: Unit, commands: Sequence[SavePathway], now: datetime
) -> list[SavedPathway | Refusal]:
    return [_save(unit, command, now) for command in commands]


def _save(unit: Unit, command: SavePathway, now: datetime) -> SavedPathway | Refusal:
    for field in ("name", "key", "slug"):
        value = getattr(command, field)
        if isinstance(value, str) and not 1 <= len(value) <= LENGTH_MAX:
            return invalid(field, f"This has 1 to {LENGTH_MAX} characters.")
    platform = _platform(unit, command)
    if isinstance(platform, Refusal):
        return platform
    owner = find_person(unit, command.by.reach, command.owner)
    if isinstance(owner, Refusal):
        return owner
    before = _named(unit, command, platform, owner)
    if isinstance(before, Refusal):
        return before
    after = _changed(command, before or _new(command, platform, owner, now))
    if before is None:
        after = replace(after, id=pathway_rows.add(unit, after))
    elif after != before:
        pathway_rows.change(unit, after)
    _record(unit, command, before, after, now)
    return SavedPathway(after, created=before is None)


def delete_pathways(
    unit: Unit, commands: Sequence[DeletePathway], now: datetime
) -> list[int | Refusal]:
    return [_delete(unit, command, now) for command in commands]


def _delete(unit: Unit, command: DeletePathway, now: datetime) -> int | Refusal:
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    owner = find_person(unit, command.by.reach, command.owner)
    if isinstance(owner, Refusal):
        return 0
    found = pathway_rows.find(unit, reach, key=command.key, uuid=command.uuid, learner_id=owner.id)
    if any(pathway_rows.in_use(unit, pathway.id) for pathway in found):
        return Refusal(
            Code.IN_USE, f"{command.key} can't be deleted: somebody is or was enrolled in it."
        )
    for pathway in found:
        withdraw_all(unit, origin(command, now), pathway_id=pathway.id)
        suggestion_rows.detach(unit, pathway_id=pathway.id)
        pathway_rows.remove(unit, pathway.id)
        _record(unit, command, pathway, None, now)
    return len(found)


def list_pathways(
    unit: Unit, reach: Reach, item_id: str | None = None, **wanted: Any
) -> list[Pathway]:
    """The pathways that have all that is asked (see storage), and a step that names `item_id`."""
    found = pathway_rows.find(unit, reach, **wanted)
    return [pathway for pathway in found if item_id is None or pathway.holds(item_id)]


def _platform(unit: Unit, command: SavePathway) -> Platform | Refusal:
    """The platform that is named, or the caller's own."""
    reach = reach_of(unit, command.by, key=command.platform_key)
    if isinstance(reach, Refusal):
        return reach
    if reach.platform_id is None:
        return invalid("platform_key", "Name the platform.")
    return platform_rows.by_id(unit, reach.platform_id) or unknown_platform()


def _named(
    unit: Unit, command: SavePathway, platform: Platform, owner: Learner
) -> Pathway | Refusal | None:
    """The pathway that stands already: an uuid must name one, a key may (ibl M7)."""
    reach = Reach(platform.id)
    same_key = []
    if command.key is not None:
        same_key = pathway_rows.find(unit, reach, key=command.key, learner_id=owner.id)
    if command.uuid is not None:
        found = pathway_rows.find(unit, reach, uuid=command.uuid, learner_id=owner.id)
        if not found:
            return unknown_pathway()
        if same_key and same_key != found:
            return Refusal(Code.TAKEN, "Another pathway of this person has this key.", "key")
        return found[0]
    return same_key[0] if same_key else None


def _new(command: SavePathway, platform: Platform, owner: Learner, now: datetime) -> Pathway:
    uuid = str(uuids.uuid4())
    readable = re.sub(r"[^a-z0-9]+", "-", command.name.lower()).strip("-")
    return Pathway(
        id=0,
        platform_id=platform.id,
        platform_key=platform.key,
        platform_org=platform.org,
        owner=owner,
        key=command.key or f"{readable[:200]}-{uuid[:8]}".lstrip("-"),
        uuid=uuid,
        name=command.name,
        slug=None,
        visible=True,
        path=(),
        details=None,
        created=now,
    )


def _changed(command: SavePathway, before: Pathway) -> Pathway:
    given = {"slug": command.slug, "visible": command.visible, "details": command.details}
    changes: dict[str, Any] = {k: v for k, v in given.items() if not isinstance(v, Unset)}
    return replace(
        before,
        key=command.key or before.key,
        name=command.name,
        path=[dict(step) for step in command.path],
        **changes,
    )


def _record(
    unit: Unit,
    command: SavePathway | DeletePathway,
    before: Pathway | None,
    after: Pathway | None,
    now: datetime,
) -> None:
    subject = after or before
    assert subject is not None
    was: dict[str, Any] | None = None if before is None else before.facts()
    facts: dict[str, Any] = {} if after is None else after.facts()
    kind = EventKind.PATHWAY_DELETED if after is None else EventKind.PATHWAY_SAVED
    if was is not None and after is not None:
        was, facts = difference(was, facts)
        if not facts:
            return
    by = origin(command, now)
    events.add(unit, Event(kind, by, subject.platform_id, None, subject.id, was, facts))
