"""What is said of licences (our pools): queries, bodies and answers, for each of the four kinds."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Document, Id, Instant, Word
from seatledger.dialects.ibl.licences.platform_names import PlatformListing

Text = str | UnsetType
Flag = bool | UnsetType
Whole = int | UnsetType


class LicenseQuery(PlatformListing, kw_only=True):
    """The filters of every list of licences (D11). Any other parameter filters by metadata (S6)."""

    sort: Word = "-id"
    name: Annotated[Word | UnsetType, Meta(description="The whole name.")] = UNSET
    query: Annotated[Word | UnsetType, Meta(description="A part of the name.")] = UNSET
    source: Word | UnsetType = UNSET
    active: Flag = UNSET
    external_id: Word | UnsetType = UNSET
    verbose: bool = False


class CourseLicenseQuery(LicenseQuery, kw_only=True):
    course_id: Word | UnsetType = UNSET


class ProgramLicenseQuery(LicenseQuery, kw_only=True):
    program_id: Word | UnsetType = UNSET


class LicenseCreate(msgspec.Struct, kw_only=True):
    """What may be said of any new licence (D2, D3, W37)."""

    platform_org: Text = UNSET
    name: Text = UNSET
    count: int = 0
    started: Instant | UnsetType = UNSET
    expired: Instant | None | UnsetType = UNSET
    active: bool = True
    metadata: Document | UnsetType = UNSET
    source: str = ""
    external_id: str | None | UnsetType = UNSET
    transaction_id: Text = UNSET
    change_type: str = "create"


class PlatformLicenseCreate(LicenseCreate, kw_only=True):
    platform_key: str


class UserLicenseCreate(LicenseCreate, kw_only=True):
    platform_key: str
    enrollment_config: Document | UnsetType = UNSET


class CourseLicenseCreate(LicenseCreate, kw_only=True):
    platform_key: str
    course_id: str
    enrollment_config: Document | UnsetType = UNSET


class ProgramLicenseCreateDetail(LicenseCreate, kw_only=True):
    """A platform and a program must be named, each by one of its names (V3, C6)."""

    platform_key: Text = UNSET
    platform_id: Id | UnsetType = UNSET
    program_key: Text = UNSET
    program_id: Text = UNSET
    org: Annotated[
        Text, Meta(description="The org of `program_id`; the platform's if left out.")
    ] = UNSET
    source: str = "api"
    enrollment_config: Document | UnsetType = UNSET


class PlatformLicenseUpdate(msgspec.Struct, kw_only=True):
    """One selector at least, and what is to change (C4, D8–D10, W34–W36)."""

    license_id: Id | UnsetType = UNSET
    external_id: Annotated[Text, Meta(description="Selects; it never changes.")] = UNSET
    platform_key: Text = UNSET
    platform_org: Text = UNSET
    name: Text = UNSET
    count: Whole = UNSET
    started: Instant | UnsetType = UNSET
    expired: Instant | None | UnsetType = UNSET
    active: Flag = UNSET
    metadata: Document | UnsetType = UNSET
    source: Text = UNSET
    transaction_id: Text = UNSET
    change_type: str = "update"


class UserLicenseUpdate(PlatformLicenseUpdate, kw_only=True):
    enrollment_config: Document | UnsetType = UNSET


class CourseLicenseUpdate(UserLicenseUpdate, kw_only=True):
    course_id: Text = UNSET


class ProgramLicenseUpdateDetail(UserLicenseUpdate, kw_only=True):
    program_key: Text = UNSET


class Assignments(msgspec.Struct):
    """How many seats are in use (F3); `pending` are those of people who have yet to register."""

    total: int
    active: int
    pending: int


class PlatformLicenseDetail(msgspec.Struct, kw_only=True):
    """A licence; only `expired` and `external_id` may be null (D5)."""

    id: int
    created: datetime
    started: datetime
    expired: datetime | None
    name: str
    count: int
    active: bool
    metadata: dict[str, Any]
    source: str
    external_id: str | None
    platform_key: str


class UserLicenseDetail(PlatformLicenseDetail, kw_only=True):
    usage_count: int
    assignments: Assignments


class CourseLicenseDetail(PlatformLicenseDetail, kw_only=True):
    course_id: str
    usage_count: int
    assignments: Assignments | UnsetType = UNSET


class ProgramLicenseDetail(PlatformLicenseDetail, kw_only=True):
    program_id: str
    program_key: str
    program_name: str
    usage_count: int
    assignments: Assignments
