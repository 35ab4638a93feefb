"""The platform itself: read, change, and whether people may join by themselves (ibl Q3, Q8)."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Id, Word, unset
from seatledger.dialects.ibl.operations import Call, Said
from seatledger.dialects.ibl.platforms import platform_of, reach_of_one
from seatledger.dialects.ibl.refusals import granted
from seatledger.domain import platform as domain
from seatledger.domain.people_command import AllowSelfJoin, JoinPlatform, ShapePlatform
from seatledger.usecases.shape_platforms import SelfJoinSaved, self_join_of

Address = Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]
Text = Annotated[str, Meta(max_length=300)] | UnsetType
CALLED = {"learning_url": "lms_url", "studio_url": "cms_url"}


class PlatformQuery(msgspec.Struct, kw_only=True):
    key: Word


class ReadFor(msgspec.Struct, kw_only=True):
    """A key has the rights of its platform, whoever it is for."""

    user_id: Id | UnsetType = UNSET


class PlatformUpdatePostRequest(msgspec.Struct, kw_only=True):
    """`user_id` is required and not looked at: the rights are the key's."""

    user_id: Id
    key: Word
    new_key: Annotated[Word, Meta(max_length=200)] | UnsetType = UNSET
    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    lms_url: Text = UNSET
    cms_url: Text = UNSET
    portal_url: Text = UNSET


class PlatformList(msgspec.Struct, kw_only=True):
    key: str
    name: str
    org: str
    lms_url: Address
    cms_url: Address
    portal_url: Address
    active: bool


class ConfigQuery(msgspec.Struct, kw_only=True):
    platform_key: Word


class PlatformMembershipConfigPostRequest(msgspec.Struct, kw_only=True):
    platform_key: Word
    allow_self_linking: bool


class PlatformMembershipConfig(msgspec.Struct, kw_only=True):
    """Where nobody made the setting it is off, and as old as the platform."""

    platform_key: str
    platform_name: str
    allow_self_linking: bool
    created: datetime
    modified: datetime


class UserPlatformSelfLinkRequest(msgspec.Struct, kw_only=True):
    platform_key: Word


class UserPlatformSelfLinkResponse(msgspec.Struct, kw_only=True):
    message: str


async def look(call: Call[PlatformQuery, Any]) -> PlatformList:
    return _platform(await platform_of(call, key=call.query.key, field="key"))


async def change(call: Call[Any, PlatformUpdatePostRequest]) -> PlatformList:
    """Only operators may give a platform another key."""
    body = call.body
    platform = await platform_of(call, key=body.key, field="key")
    shaped: domain.Platform = granted(
        await call.desk.submit(
            ShapePlatform(
                call.actor,
                key=platform.key,
                new_key=unset(body.new_key),
                name=unset(body.name),
                learning_url=unset(body.lms_url),
                studio_url=unset(body.cms_url),
                portal_url=unset(body.portal_url),
            )
        ),
        **CALLED,
    )
    return _platform(shaped)


async def look_at_config(call: Call[ConfigQuery, Any]) -> PlatformMembershipConfig:
    within = await reach_of_one(call, key=call.query.platform_key)
    return _config(granted(await call.desk.ask(self_join_of, within)))


async def change_config(call: Call[Any, PlatformMembershipConfigPostRequest]) -> Said:
    platform = await platform_of(call, key=call.body.platform_key)
    command = AllowSelfJoin(
        call.actor, platform_key=platform.key, allowed=call.body.allow_self_linking
    )
    saved: SelfJoinSaved = granted(await call.desk.submit(command))
    return Said(_config(saved), 201 if saved.created else 200)


async def join(call: Call[Any, UserPlatformSelfLinkRequest]) -> UserPlatformSelfLinkResponse:
    """The caller's own person joins, where people may."""
    granted(await call.desk.submit(JoinPlatform(call.actor, platform_key=call.body.platform_key)))
    return UserPlatformSelfLinkResponse(message=f"You belong to {call.body.platform_key} now.")


def _platform(said: domain.Platform) -> PlatformList:
    return PlatformList(
        key=said.key,
        name=said.name,
        org=said.org,
        lms_url=said.learning_url or None,
        cms_url=said.studio_url or None,
        portal_url=said.portal_url or None,
        active=True,
    )


def _config(said: SelfJoinSaved) -> PlatformMembershipConfig:
    return PlatformMembershipConfig(
        platform_key=said.platform.key,
        platform_name=said.platform.name,
        allow_self_linking=said.setting.allowed,
        created=said.setting.created,
        modified=said.setting.modified,
    )
