"""The three kinds of invitation: one implementation, and one row here for all that differs."""

from dataclasses import dataclass

import msgspec

from seatledger.dialects.ibl.invitations import schemas
from seatledger.domain.item import ItemKind

Schema = type[msgspec.Struct]


@dataclass(frozen=True, slots=True)
class Kind:
    """`item_field` is what names the item on the wire."""

    name: str
    item_kind: ItemKind
    item_field: str
    query: Schema
    create: Schema
    bulk: Schema
    blank: Schema
    redemption: Schema
    detail: Schema
    counted: Schema

    @property
    def of_platform(self) -> bool:
        """Whether the platform itself is what people are invited to."""
        return self.item_kind is ItemKind.PLATFORM


COURSE = Kind(
    name="course",
    item_kind=ItemKind.COURSE,
    item_field="course_id",
    query=schemas.CourseInvitationQuery,
    create=schemas.CourseInvitationCreate,
    bulk=schemas.BulkCourseInvitationCreate,
    blank=schemas.BlankCourseInvitationCreate,
    redemption=schemas.CourseInvitationRedemption,
    detail=schemas.CourseInvitationDetail,
    counted=schemas.BulkCourseInvitationResponse,
)

PROGRAM = Kind(
    name="program",
    item_kind=ItemKind.PROGRAM,
    item_field="program_key",
    query=schemas.ProgramInvitationQuery,
    create=schemas.ProgramInvitationCreate,
    bulk=schemas.BulkProgramInvitationCreate,
    blank=schemas.BlankProgramInvitationCreate,
    redemption=schemas.ProgramInvitationRedemption,
    detail=schemas.ProgramInvitationDetail,
    counted=schemas.BulkProgramInvitationResponse,
)

PLATFORM = Kind(
    name="platform",
    item_kind=ItemKind.PLATFORM,
    item_field="platform_key",
    query=schemas.PlatformInvitationQuery,
    create=schemas.PlatformInvitationCreate,
    bulk=schemas.BulkPlatformInvitationCreate,
    blank=schemas.BlankPlatformInvitationCreate,
    redemption=schemas.PlatformInvitationRedemption,
    detail=schemas.PlatformInvitationDetail,
    counted=schemas.BulkPlatformInvitationResponse,
)

KINDS = (COURSE, PLATFORM, PROGRAM)
