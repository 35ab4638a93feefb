"""The routes of invitations: the same six rows for each kind, and the check."""

from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from seatledger.dialects.ibl.invitations import many, single
from seatledger.dialects.ibl.invitations.kinds import KINDS, Kind
from seatledger.dialects.ibl.invitations.schemas import (
    InvitationCheckQuery,
    PlatformNamed,
    WithdrawnQuery,
)
from seatledger.dialects.ibl.lists import paginated
from seatledger.dialects.ibl.operations import Nothing, operation
from seatledger.dialects.ibl.roles import Tier

LIST_REFUSED = (400, 401, 403)  # a list of something unknown is an empty list (T1)


def _routes(kind: Kind) -> list[HTTPRouteHandler]:
    path, name = f"/{kind.name}", f"catalog_invitations_{kind.name}"
    return [
        operation(
            "GET", f"{path}/", f"{name}_retrieve", _of(kind, single.list_all),
            summary=f"List {kind.name} invitations",
            query=kind.query, answer=paginated(kind.detail), refused=LIST_REFUSED,
        ),
        operation(
            "POST", f"{path}/", f"{name}_create", _of(kind, single.create),
            summary=f"Invite a person to a {kind.name}, or change the invitation",
            query=PlatformNamed, ignored=kind.query, body=kind.create, answer=kind.detail,
        ),
        operation(
            "DELETE", f"{path}/", f"{name}_destroy", _of(kind, single.withdraw),
            summary=f"Switch a {kind.name} invitation off",
            query=WithdrawnQuery, ignored=kind.query, answer=Nothing,
        ),
        operation(
            "POST", f"{path}/bulk/", f"{name}_bulk_create", _of(kind, many.bulk),
            summary=f"Invite many people to a {kind.name}",
            body=kind.bulk, answer=kind.counted,
        ),
        operation(
            "POST", f"{path}/blank/", f"{name}_blank_create", _of(kind, many.blank),
            summary=f"Make {kind.name} invitations that name nobody",
            body=kind.blank, answer=kind.counted,
        ),
        operation(
            "POST", f"{path}/redeem/", f"{name}_redeem_create", _of(kind, single.redeem),
            summary=f"Accept a {kind.name} invitation for a person",
            body=kind.redemption, answer=kind.detail,
        ),
    ]  # fmt: skip


def _of(kind: Kind, handle: Callable[..., Any]) -> Callable[..., Any]:
    return partial(handle, kind)


_check = operation(
    "GET", "/platform/check/", "catalog_invitations_platform_check_retrieve", single.check,
    summary="Whether an address holds an open platform invitation",
    query=InvitationCheckQuery, answer=Nothing, tier=Tier.PUBLIC, refused=(400, 404),
)  # fmt: skip

router = Router(
    "/api/catalog/invitations",
    route_handlers=[*(route for kind in KINDS for route in _routes(kind)), _check],
    tags=["invitations"],
)
