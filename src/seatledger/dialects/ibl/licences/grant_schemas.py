"""What is said of group assignments (our grants): queries, bodies and answers."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Document, Id
from seatledger.dialects.ibl.licences.seat_schemas import (
    AssignmentQuery,
    Flag,
    Link,
    TakenAssignmentQuery,
    Text,
)


class ProgramGroupAssignmentQuery(AssignmentQuery, kw_only=True):
    group_id: Id | UnsetType = UNSET
    active: Flag = UNSET
    fulfilled: Flag = UNSET


class TakenProgramGroupAssignmentQuery(TakenAssignmentQuery, kw_only=True):
    remove_user_assignments: Annotated[
        bool, Meta(description="Whether the seats that the grant made go with it.")
    ] = True


class LicenseGroupAssignmentCreate(msgspec.Struct, kw_only=True):
    """Which group is given which licence, and what to note of it (H1)."""

    license_id: Id
    group_id: Id
    platform_key: Text = UNSET
    platform_org: Text = UNSET
    active: Annotated[Flag, Meta(description="True for a new group assignment.")] = UNSET
    fulfilled: Annotated[Flag, Meta(description="False for a new group assignment.")] = UNSET
    metadata: Document | UnsetType = UNSET


class CourseLicenseGroupAssignmentCreate(LicenseGroupAssignmentCreate):
    pass


class UserLicenseGroupAssignmentCreate(LicenseGroupAssignmentCreate):
    pass


class ProgramLicenseGroupAssignmentCreate(LicenseGroupAssignmentCreate, kw_only=True):
    redirect_to: str | None | UnsetType = UNSET


class LicenseGroupAssignmentDetail(msgspec.Struct, kw_only=True):
    """A grant. `fulfilled` is false while a member waits for a free seat (W26)."""

    id: int
    group_id: int
    group_name: str
    active: bool
    fulfilled: bool
    redirect_to: Link
    metadata: dict[str, Any]
    license_id: int
    license_name: str


class CourseLicenseGroupAssignmentDetail(LicenseGroupAssignmentDetail, kw_only=True):
    course_id: str


class UserLicenseGroupAssignmentDetail(LicenseGroupAssignmentDetail, kw_only=True):
    platform_key: str


class ProgramLicenseGroupAssignmentDetail(LicenseGroupAssignmentDetail, kw_only=True):
    created: datetime
    modified: datetime
    program_key: str
    program_name: str
    user_count: int
    assigned_count: int
