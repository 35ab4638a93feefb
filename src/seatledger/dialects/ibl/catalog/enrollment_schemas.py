"""What is said of enrollments in programs and pathways: queries, bodies and answers."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import Email, Instant, Word
from seatledger.dialects.ibl.lists import Listing
from seatledger.dialects.ibl.persons import UserId

Text = str | UnsetType
Named = Word | UnsetType
Flag = bool | UnsetType
Time = Instant | None | UnsetType


class ProgramEnrollmentQuery(msgspec.Struct, kw_only=True):
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    program_id: Named = UNSET
    program_key: Named = UNSET
    org: Named = UNSET
    platform_key: Named = UNSET
    slug: Named = UNSET
    program_type: Named = UNSET
    active: Flag = UNSET
    ignore_expiration: bool = False
    include_metadata: bool = True
    started: Instant | UnsetType = UNSET
    expired: Instant | UnsetType = UNSET


class ProgramSearchQuery(Listing, kw_only=True):
    sort: Word = "-id"
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    program_id: Named = UNSET
    program_key: Named = UNSET
    org: Named = UNSET
    platform_key: Named = UNSET
    slug: Named = UNSET
    program_type: Named = UNSET


class PathwayEnrollmentQuery(msgspec.Struct, kw_only=True):
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    pathway_id: Named = UNSET
    pathway_key: Named = UNSET
    pathway_uuid: Named = UNSET
    slug: Named = UNSET
    org: Named = UNSET
    platform_key: Named = UNSET
    active: Flag = UNSET
    include_metadata: bool = True


class PathwaySearchQuery(Listing, kw_only=True):
    sort: Word = "-id"
    user_id: Named = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET
    pathway_id: Named = UNSET
    pathway_key: Named = UNSET
    pathway_uuid: Named = UNSET
    slug: Named = UNSET
    org: Named = UNSET
    platform_key: Named = UNSET
    active: Flag = UNSET


class DefaultPlatform(msgspec.Struct, kw_only=True):
    """There is no default platform here."""

    include_default_platform: Flag = UNSET


class ProgramEnrollmentWrite(msgspec.Struct, kw_only=True):
    user_id: UserId | UnsetType = UNSET
    username: Text = UNSET
    email: Text = UNSET
    program_id: Text = UNSET
    program_key: Text = UNSET
    platform_key: Text = UNSET
    org: Text = UNSET
    started: Time = UNSET
    expired: Time = UNSET
    active: Flag = UNSET
    metadata: dict[str, Any] | None | UnsetType = UNSET


class PathwayEnrollmentRequest(msgspec.Struct, kw_only=True):
    user_id: UserId | UnsetType = UNSET
    username: Text = UNSET
    email: Text = UNSET
    pathway_id: Text = UNSET
    pathway_key: Text = UNSET
    pathway_uuid: Text = UNSET
    slug: Text = UNSET
    org: Text = UNSET
    platform_key: Text = UNSET
    active: Flag = UNSET
    metadata: dict[str, Any] | None | UnsetType = UNSET


class ProgramEnrollment(msgspec.Struct, kw_only=True):
    """`ended` is when it was deactivated, `expired` when it runs out."""

    user_id: int
    username: str
    program_id: str
    program_key: str
    platform_key: str
    org: str
    name: str
    slug: Text = UNSET
    created: datetime
    started: datetime | None
    ended: datetime | None
    expired: datetime | None
    active: bool


class ProgramEnrollmentPlus(ProgramEnrollment, kw_only=True):
    metadata: Any
    program_metadata: dict[str, Any] | None


class PathwayEnrollment(msgspec.Struct, kw_only=True):
    created: datetime
    ended: datetime | None
    active: bool


class PathwayEnrollmentPlus(PathwayEnrollment, kw_only=True):
    user_id: int
    username: str
    pathway_id: str
    pathway_uuid: str
    platform_key: str
    org: str
    name: str
    slug: Text = UNSET
    metadata: Any
