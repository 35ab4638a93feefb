"""What is said of assignments (our seats): queries, bodies and answers."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Document, Email, Id
from seatledger.dialects.ibl.licences.platform_names import PlatformListing, PlatformNames

Text = str | UnsetType
Flag = bool | UnsetType
Link = Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]


class AssignmentQuery(PlatformListing, kw_only=True):
    license_id: Id


class ProgramAssignmentQuery(AssignmentQuery, kw_only=True):
    user_id: Id | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    active: Flag = UNSET
    fulfilled: Flag = UNSET


class GivenAssignmentQuery(PlatformNames, kw_only=True):
    """Of a POST: what the body says once more (G7, W20)."""

    license_id: Id | UnsetType = UNSET


class TakenAssignmentQuery(PlatformNames, kw_only=True):
    """Of a DELETE; a licence that is named must be the assignment's own (V7)."""

    assignment_id: Id
    license_id: Id | UnsetType = UNSET


class LicenseAssignmentCreate(msgspec.Struct, kw_only=True):
    """Who gets a seat, by id, which decides, or by address (G2); and what to note of it."""

    license_id: Id
    user_id: Id | UnsetType = UNSET
    email: Annotated[Text, Meta(extra_json_schema={"format": "email"})] = UNSET
    platform_key: Text = UNSET
    platform_org: Text = UNSET
    active: Annotated[Flag, Meta(description="True for a new assignment.")] = UNSET
    fulfilled: Annotated[Flag, Meta(description="False for a new assignment.")] = UNSET
    metadata: Document | UnsetType = UNSET


class CourseLicenseAssignmentCreate(LicenseAssignmentCreate):
    pass


class UserLicenseAssignmentCreate(LicenseAssignmentCreate):
    pass


class ProgramLicenseAssignmentCreate(LicenseAssignmentCreate, kw_only=True):
    username: Text = UNSET
    direct: Annotated[Flag, Meta(description="True for a new assignment.")] = UNSET
    redirect_to: str | None | UnsetType = UNSET


class LicenseAssignmentDetail(msgspec.Struct, kw_only=True):
    """A seat of a user or course licence; who is not registered has a placeholder account (W14)."""

    id: int
    user_id: int
    username: str
    email: str
    active: bool
    fulfilled: bool
    redirect_to: Link
    metadata: dict[str, Any]
    license_id: int
    license_name: str


class CourseLicenseAssignmentDetail(LicenseAssignmentDetail, kw_only=True):
    course_id: str


class UserLicenseAssignmentDetail(LicenseAssignmentDetail, kw_only=True):
    platform_key: str


class ProgramLicenseAssignmentDetail(msgspec.Struct, kw_only=True):
    """A seat of a program licence; who is not registered has an address only (G4)."""

    id: int
    user_id: int | None
    username: str | None
    name: str | None
    email: str
    active: bool
    fulfilled: bool
    direct: bool
    redirect_to: Annotated[Text, Meta(extra_json_schema={"format": "uri"})] = UNSET
    metadata: dict[str, Any]
    created: datetime
    modified: datetime
    license_id: int
    license_name: str
    program_key: str
