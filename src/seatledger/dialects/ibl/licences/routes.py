"""The routes of the licence family: the same eleven rows for each kind, as far as it has them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from seatledger.dialects.ibl.licences import grants, pools, seats
from seatledger.dialects.ibl.licences.check import LicenseCheckQuery, check
from seatledger.dialects.ibl.licences.kinds import KINDS, Kind
from seatledger.dialects.ibl.licences.seat_schemas import (
    GivenAssignmentQuery,
    TakenAssignmentQuery,
)
from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import Nothing, operation
from seatledger.dialects.ibl.roles import Tier

LIST_REFUSED = (400, 401, 403)  # a list of something unknown is an empty list (T1)


def _pool_routes(kind: Kind) -> list[HTTPRouteHandler]:
    path, name = f"/{kind.name}", f"catalog_licenses_{kind.name}"
    return [
        operation(
            "GET", f"{path}/", f"{name}_retrieve", _of(kind, pools.list_licences),
            summary=f"List {kind.name} licenses",
            query=kind.query, answer=paginated(kind.detail), refused=LIST_REFUSED,
        ),
        operation(
            "POST", f"{path}/create/", f"{name}_create_create", _of(kind, pools.create_licence),
            summary=f"Create a {kind.name} license",
            body=kind.create, answer=kind.detail, tier=Tier.OPERATOR,
        ),
        operation(
            "POST", f"{path}/update/", f"{name}_update_create", _of(kind, pools.update_licence),
            summary=f"Change a {kind.name} license",
            body=kind.update, body_optional=True, answer=kind.detail, tier=Tier.OPERATOR,
        ),
    ]  # fmt: skip


def _seat_routes(kind: Kind) -> list[HTTPRouteHandler]:
    if kind.seats is None:
        return []
    path, name = f"/{kind.name}/assignment", f"catalog_licenses_{kind.name}_assignment"
    return [
        operation(
            "GET", f"{path}/", f"{name}_retrieve", _of(kind, seats.list_assignments),
            summary=f"List the assignments of a {kind.name} license",
            query=kind.seats.query, answer=paginated(kind.seats.detail), refused=LIST_REFUSED,
        ),
        operation(
            "POST", f"{path}/", f"{name}_create", _of(kind, seats.assign),
            summary=f"Assign a {kind.name} license to a person, or change the assignment",
            query=GivenAssignmentQuery, ignored=kind.seats.query,
            body=kind.seats.create, answer=kind.seats.detail,
        ),
        operation(
            "DELETE", f"{path}/", f"{name}_destroy", _of(kind, seats.take_back),
            summary=f"Take an assignment of a {kind.name} license back",
            query=TakenAssignmentQuery, ignored=kind.seats.query, answer=Nothing,
        ),
        operation(
            "GET", f"{path}/group/", f"{name}_group_retrieve",
            _of(kind, grants.list_group_assignments),
            summary=f"List the group assignments of a {kind.name} license",
            query=kind.seats.grant_query, answer=paginated(kind.seats.grant_detail),
            refused=LIST_REFUSED,
        ),
        operation(
            "POST", f"{path}/group/", f"{name}_group_create", _of(kind, grants.grant),
            summary=f"Assign a {kind.name} license to a group, or change the group assignment",
            query=GivenAssignmentQuery, ignored=kind.seats.grant_query,
            body=kind.seats.grant_create, answer=kind.seats.grant_detail,
        ),
        operation(
            "DELETE", f"{path}/group/", f"{name}_group_destroy", _of(kind, grants.take_back),
            summary=f"Take a group assignment of a {kind.name} license back",
            query=kind.seats.grant_taken, ignored=kind.seats.grant_query, answer=Nothing,
        ),
    ]  # fmt: skip


def _of(kind: Kind, handle: Callable[..., Any]) -> Callable[..., Any]:
    return partial(handle, kind)


_check = operation(
    "GET", "/user/assignment/check/", "catalog_licenses_user_assignment_check_retrieve", check,
    summary="Whether an address holds an active user license",
    query=LicenseCheckQuery, answer=Nothing, tier=Tier.PUBLIC, refused=(400, 404),
)  # fmt: skip

router = Router(
    "/api/catalog/licenses",
    route_handlers=[
        *(route for kind in KINDS for route in (*_pool_routes(kind), *_seat_routes(kind))),
        _check,
    ],
    tags=["licenses"],
)
