"""The four kinds of licence: one implementation, and one row here for all that differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from seatledger.dialects.ibl.licences import grant_schemas as grants
from seatledger.dialects.ibl.licences import pool_schemas as pools
from seatledger.dialects.ibl.licences import seat_schemas as seats
from seatledger.dialects.ibl.program_keys import program_id
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool

Schema = type[msgspec.Struct]


@dataclass(frozen=True, slots=True)
class SeatSchemas:
    """How seats and grants of a kind are spoken of."""

    query: Schema
    create: Schema
    detail: Schema
    grant_query: Schema
    grant_taken: Schema
    grant_create: Schema
    grant_detail: Schema


@dataclass(frozen=True, slots=True)
class Kind:
    """`item_field` is what names the item on the wire; `item_said` is all that is said of it.

    With `bare_addresses` a seat of somebody unregistered shows an address and nothing else (G4).
    With `summary_if_verbose` the `assignments` summary comes only when asked for (V5).
    """

    name: str
    item_kind: ItemKind
    item_field: str
    query: Schema
    create: Schema
    update: Schema
    detail: Schema
    item_said: Callable[[Pool], Mapping[str, str]]
    seats: SeatSchemas | None = None
    summary_if_verbose: bool = False
    bare_addresses: bool = False


PLATFORM = Kind(
    name="platform",
    item_kind=ItemKind.PLATFORM,
    item_field="platform_key",
    query=pools.LicenseQuery,
    create=pools.PlatformLicenseCreate,
    update=pools.PlatformLicenseUpdate,
    detail=pools.PlatformLicenseDetail,
    item_said=lambda pool: {},
)

USER = Kind(
    name="user",
    item_kind=ItemKind.USER,
    item_field="platform_key",
    query=pools.LicenseQuery,
    create=pools.UserLicenseCreate,
    update=pools.UserLicenseUpdate,
    detail=pools.UserLicenseDetail,
    item_said=lambda pool: {},
    seats=SeatSchemas(
        query=seats.AssignmentQuery,
        create=seats.UserLicenseAssignmentCreate,
        detail=seats.UserLicenseAssignmentDetail,
        grant_query=seats.AssignmentQuery,
        grant_taken=seats.TakenAssignmentQuery,
        grant_create=grants.UserLicenseGroupAssignmentCreate,
        grant_detail=grants.UserLicenseGroupAssignmentDetail,
    ),
)

COURSE = Kind(
    name="course",
    item_kind=ItemKind.COURSE,
    item_field="course_id",
    query=pools.CourseLicenseQuery,
    create=pools.CourseLicenseCreate,
    update=pools.CourseLicenseUpdate,
    detail=pools.CourseLicenseDetail,
    item_said=lambda pool: {"course_id": pool.item.key},
    summary_if_verbose=True,
    seats=SeatSchemas(
        query=seats.AssignmentQuery,
        create=seats.CourseLicenseAssignmentCreate,
        detail=seats.CourseLicenseAssignmentDetail,
        grant_query=seats.AssignmentQuery,
        grant_taken=seats.TakenAssignmentQuery,
        grant_create=grants.CourseLicenseGroupAssignmentCreate,
        grant_detail=grants.CourseLicenseGroupAssignmentDetail,
    ),
)

PROGRAM = Kind(
    name="program",
    item_kind=ItemKind.PROGRAM,
    item_field="program_key",
    query=pools.ProgramLicenseQuery,
    create=pools.ProgramLicenseCreateDetail,
    update=pools.ProgramLicenseUpdateDetail,
    detail=pools.ProgramLicenseDetail,
    item_said=lambda pool: {
        "program_id": program_id(pool.item.key),
        "program_key": pool.item.key,
        "program_name": pool.item.title,
    },
    bare_addresses=True,
    seats=SeatSchemas(
        query=seats.ProgramAssignmentQuery,
        create=seats.ProgramLicenseAssignmentCreate,
        detail=seats.ProgramLicenseAssignmentDetail,
        grant_query=grants.ProgramGroupAssignmentQuery,
        grant_taken=grants.TakenProgramGroupAssignmentQuery,
        grant_create=grants.ProgramLicenseGroupAssignmentCreate,
        grant_detail=grants.ProgramLicenseGroupAssignmentDetail,
    ),
)

KINDS = (COURSE, PLATFORM, PROGRAM, USER)
