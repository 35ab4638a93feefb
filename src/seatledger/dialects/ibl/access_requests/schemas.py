"""What is said of access requests: queries, bodies and answers."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Email, Id, Word
from seatledger.dialects.ibl.lists import Listing
from seatledger.dialects.ibl.persons import UserId

Named = Word | UnsetType
Flag = bool | UnsetType


class Asking(msgspec.Struct, kw_only=True):
    """Platform and person. A key that is made for a person asks for them where nobody is named."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET
    user_id: UserId | UnsetType = UNSET
    username: Named = UNSET
    email: Email | UnsetType = UNSET


class CourseAccessRequestQuery(Asking, kw_only=True):
    course_id: Word


class CourseAccessRequestCreateQuery(Asking, kw_only=True):
    """What the body may say as well; where both do, they must agree (N2)."""

    course_id: Named = UNSET


class CourseAccessRequestCreate(Asking, kw_only=True):
    """Fields that are not among these are metadata (N2)."""

    course_id: Word


class CourseAccessRequestStatusResponse(msgspec.Struct, kw_only=True):
    """`approved` is null until it is decided (N1)."""

    active: bool
    approved: bool | None
    exists: bool


class ManagedQuery(Listing, kw_only=True):
    sort: Word = "-id"
    reviewed: Flag = UNSET
    platform_key: Named = UNSET
    platform_org: Named = UNSET


class ManagedPlatform(msgspec.Struct, kw_only=True):
    """Of a POST: the platform, as the body may say it too."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET


class CourseAccessRequestUpdate(ManagedPlatform, kw_only=True):
    """What is decided: `approved`, `active` or both (N4)."""

    request_id: Id
    approved: Flag = UNSET
    active: Annotated[Flag, Meta(description="False closes an open request.")] = UNSET


class CourseAccessRequestDetail(msgspec.Struct, kw_only=True):
    id: int
    user_id: int
    username: str
    name: str
    approved: bool | None
    reviewed: bool
    created: datetime
    modified: datetime
    metadata: dict[str, Any]
    platform_key: str
    course_id: str
