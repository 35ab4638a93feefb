"""What is said of invitations: queries, bodies and answers."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.ibl.fields import Document, Email, Id, Instant, Word
from seatledger.dialects.ibl.lists import Listing

Text = str | UnsetType
Flag = bool | UnsetType
Moment = Instant | UnsetType
Short = Annotated[str, Meta(max_length=255)] | UnsetType
Uri = Annotated[Text, Meta(extra_json_schema={"format": "uri"})]
Link = Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]
Address = Annotated[str | None, Meta(extra_json_schema={"format": "email"})]
EmailText = Annotated[Text, Meta(extra_json_schema={"format": "email"})]
Named = Word | UnsetType


class PlatformInvitationQuery(Listing, kw_only=True):
    """Filters; any parameter that is not among them filters by metadata (S6)."""

    sort: Word = "-id"
    active: Flag = UNSET
    email: Email | UnsetType = UNSET
    username: Named = UNSET
    source: Named = UNSET
    platform_key: Named = UNSET
    org: Named = UNSET
    verbose: Annotated[bool, Meta(description="Accepted; nothing more is said.")] = False


class CourseInvitationQuery(PlatformInvitationQuery, kw_only=True):
    platform_org: Named = UNSET
    course_id: Named = UNSET


class ProgramInvitationQuery(PlatformInvitationQuery, kw_only=True):
    platform_org: Named = UNSET
    program_key: Named = UNSET


class PlatformNamed(msgspec.Struct, kw_only=True):
    """Of a POST: the platform, as the body may say it too (C1)."""

    platform_key: Named = UNSET
    platform_org: Named = UNSET
    org: Named = UNSET


class WithdrawnQuery(PlatformNamed, kw_only=True):
    """Of a DELETE: without an `id` nothing happens (L10, W41)."""

    id: Annotated[Id | UnsetType, Meta(description="Of the invitation to switch off.")] = UNSET


class InvitationCheckQuery(msgspec.Struct, kw_only=True):
    email: Email


class InvitationCreate(msgspec.Struct, kw_only=True):
    """Who is invited, by username, which decides, or by address. Other fields are metadata (L3)."""

    email: EmailText = UNSET
    username: Text = UNSET
    active: Annotated[Flag, Meta(description="True for a new invitation.")] = UNSET
    source: Text = UNSET
    redirect_to: Uri = UNSET
    created: Moment = UNSET
    expired: Moment = UNSET
    metadata: Document | UnsetType = UNSET


class ItemInvitationCreate(InvitationCreate, kw_only=True):
    platform_key: Text = UNSET
    platform_org: Text = UNSET
    enrollment_config: Document | UnsetType = UNSET


class CourseInvitationCreate(ItemInvitationCreate, kw_only=True):
    """The access dates stand for `started` and `expired` in `enrollment_config` (J2)."""

    course_id: Word
    course_access_start_date: Instant | None | UnsetType = UNSET
    course_access_expiration_date: Instant | None | UnsetType = UNSET


class ProgramInvitationCreate(ItemInvitationCreate, kw_only=True):
    """The access dates stand for `started` and `expired` in `enrollment_config` (J2)."""

    program_key: Word
    program_access_start_date: Instant | None | UnsetType = UNSET
    program_access_expiration_date: Instant | None | UnsetType = UNSET


class PlatformInvitationCreate(InvitationCreate, kw_only=True):
    """Who accepts joins the group named `user_group`, which is made if need be (L12)."""

    platform_key: Word
    company_name: Short = UNSET
    first_name: Short = UNSET
    last_name: Short = UNSET
    user_group: Short = UNSET
    user_group_owner_email: Text = UNSET


def _of(each: type[msgspec.Struct]) -> Meta:
    """Says what a list is of. It is read one by one, so that a bad one keeps no other back."""
    (_,), definitions = msgspec.json.schema_components([each])
    schema = {"items": definitions[each.__name__], "minItems": 1, "maxItems": 1000}
    return Meta(extra_json_schema=schema)


class BulkCourseInvitationCreate(msgspec.Struct, kw_only=True):
    """An operator may leave the platform to the first item; a manager names theirs (L5, V12)."""

    invitation_data: Annotated[list[Any], _of(CourseInvitationCreate)]
    platform_key: Text = UNSET


class BulkProgramInvitationCreate(msgspec.Struct, kw_only=True):
    """An operator may leave the platform to the first item; a manager names theirs (L5, V12)."""

    invitation_data: Annotated[list[Any], _of(ProgramInvitationCreate)]
    platform_key: Text = UNSET


class BulkPlatformInvitationCreate(msgspec.Struct, kw_only=True):
    """Items need not repeat the platform."""

    invitation_data: Annotated[list[Any], _of(PlatformInvitationCreate)]
    platform_key: Word


class BlankInvitationCreate(msgspec.Struct, kw_only=True):
    """Invitations for whoever redeems them (L7). Other fields are metadata."""

    source: Word
    count: Id
    metadata: Document | UnsetType = UNSET


class BlankCourseInvitationCreate(BlankInvitationCreate, kw_only=True):
    course_id: Word


class BlankProgramInvitationCreate(BlankInvitationCreate, kw_only=True):
    program_key: Word


class BlankPlatformInvitationCreate(BlankInvitationCreate, kw_only=True):
    platform_key: Word


class InvitationRedemption(msgspec.Struct, kw_only=True):
    """Whose invitation it becomes, by username, which decides, or by address (L8)."""

    source: Word
    email: EmailText = UNSET
    username: Text = UNSET
    metadata: Document | UnsetType = UNSET


class CourseInvitationRedemption(InvitationRedemption, kw_only=True):
    course_id: Word


class ProgramInvitationRedemption(InvitationRedemption, kw_only=True):
    program_key: Word


class PlatformInvitationRedemption(InvitationRedemption, kw_only=True):
    platform_key: Word


class BulkInvitationResponse(msgspec.Struct, kw_only=True):
    """How many were made or changed, and a sentence for each that was not, in order (W42)."""

    successes: int
    error_codes: list[str]


class BulkCourseInvitationResponse(BulkInvitationResponse):
    pass


class BulkProgramInvitationResponse(BulkInvitationResponse):
    pass


class BulkPlatformInvitationResponse(BulkInvitationResponse):
    pass


class InvitationDetail(msgspec.Struct, kw_only=True):
    """`started` is when it was accepted. Who is not registered has an id but no username (W14a)."""

    id: int
    user_id: int | None
    username: str | None
    email: Address
    created: datetime
    started: datetime | None
    expired: datetime | None
    source: str | None
    redirect_to: Link
    active: bool
    metadata: dict[str, Any]


class CourseInvitationDetail(InvitationDetail, kw_only=True):
    course_id: str


class ProgramInvitationDetail(InvitationDetail, kw_only=True):
    program_key: str


class PlatformInvitationDetail(InvitationDetail, kw_only=True):
    platform_key: str
