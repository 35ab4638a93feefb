"""Which platform, and which item, a new licence is for."""

from functools import partial
from typing import Any

from msgspec import UNSET

from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.licences.kinds import Kind
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.program_keys import program_key
from seatledger.domain.item import ItemKind
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Refusal, invalid, unknown_item
from seatledger.usecases.create_platforms import find_platform
from seatledger.usecases.questions import list_items


async def platform_of(call: Call[Any, Any]) -> Platform | Refusal:
    """The platform that the body names by key, org or id; they must agree (C1, D4)."""
    body = call.body
    names = (body.platform_key, body.platform_org, getattr(body, "platform_id", UNSET))
    if all(name is UNSET for name in names):
        return invalid("platform_key", "Name the platform.")
    key, org, number = map(none, names)
    find = partial(find_platform, key=key, org=org, platform_id=number)
    found: Platform | Refusal = await call.desk.ask(find, call.actor)
    return found


async def item_key(kind: Kind, call: Call[Any, Any], platform: Platform) -> str | Refusal:
    """The key of the item that the body names: the platform itself, a course, or a program."""
    body = call.body
    if kind.item_kind in {ItemKind.PLATFORM, ItemKind.USER}:
        return platform.key
    if kind.item_kind is ItemKind.COURSE:
        return str(body.course_id)
    if body.program_key is not UNSET:
        return str(body.program_key)
    if body.program_id is UNSET:
        return invalid("program_key", "Name the program.")
    org = platform.org if body.org is UNSET else body.org
    return await _program_by_id(call, org, body.program_id)


async def _program_by_id(call: Call[Any, Any], org: str, program_id: str) -> str | Refusal:
    """The program `ORG+ID`, or one whose whole key is the id (C6, V3)."""
    for key in (program_key(org, program_id), program_id):
        found = await call.desk.ask(list_items, call.actor.reach, ItemKind.PROGRAM, key)
        if isinstance(found, Refusal):
            return found
        if found:
            return key
    return unknown_item()
