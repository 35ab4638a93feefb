"""Licences: list, create and update (ibl parts D, E and F)."""

from typing import Any

from msgspec import UNSET, UnsetType

from seatledger.dialects.ibl.fields import none, unset
from seatledger.dialects.ibl.licences.answers import licence
from seatledger.dialects.ibl.licences.items import item_key, platform_of
from seatledger.dialects.ibl.licences.kinds import Kind
from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.domain import command
from seatledger.domain.item import ItemKind
from seatledger.domain.pool import Pool
from seatledger.domain.refusal import Refusal
from seatledger.usecases.questions import Found, PoolFilter, list_pools
from seatledger.usecases.registration import count_pending


async def list_licences(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of pools; naming no platform means all that the caller reaches (D11, C2)."""
    query = call.query
    within = await reach(
        call.desk,
        call.actor,
        keys=(query.platform_key, query.key),
        orgs=(query.platform_org, query.org),
    )
    found: Found[Pool] = nothing()
    if not isinstance(within, Refusal):
        asked = query.asked()
        wanted = _filter(kind, call)
        now = call.desk.clock()
        found = granted(await call.desk.ask(list_pools, within, wanted, asked, now))
    pending = await _pending(call, kind, found.rows, verbose=query.verbose)
    return envelope(
        call.request,
        query,
        found,
        lambda pool: licence(kind, pool, pending.get(pool.id, 0), verbose=query.verbose),
    )


async def create_licence(kind: Kind, call: Call[Any, Any]) -> Any:
    """Open a pool; what is left out gets a value that is never null (D5, W37)."""
    body = call.body
    platform = granted(await platform_of(call), id="platform_key")
    key = granted(await item_key(kind, call, platform), item=kind.item_field)
    pool: Pool = granted(
        await call.desk.submit(
            command.OpenPool(
                call.actor,
                body.change_type,
                none(body.transaction_id),
                platform_key=platform.key,
                item_kind=kind.item_kind,
                item_key=key,
                item_title=_title(kind, platform.name),
                size=body.count,
                name=_name(kind, body.name, key),
                start=none(body.started),
                end=none(body.expired),
                active=body.active,
                transferable=True,
                source=body.source,
                external_id=none(body.external_id),
                metadata=none(body.metadata),
                enrolment_config=none(getattr(body, "enrollment_config", UNSET)),
            )
        ),
        item=kind.item_field,
    )
    return licence(kind, pool, 0)


async def update_licence(kind: Kind, call: Call[Any, Any]) -> Any:
    """Change what the body names and keep the rest (D8); null is a value for `expired` only."""
    body = call.body
    pool: Pool = granted(
        await call.desk.submit(
            command.ShapePool(
                call.actor,
                body.change_type,
                none(body.transaction_id),
                item_kind=kind.item_kind,
                pool_id=none(body.license_id),
                external_id=none(body.external_id),
                same_platform_key=none(body.platform_key),
                same_platform_org=none(body.platform_org),
                same_item_key=none(getattr(body, kind.item_field, UNSET)),
                name=unset(body.name),
                size=unset(body.count),
                start=unset(body.started),
                end=unset(body.expired),
                active=unset(body.active),
                source=unset(body.source),
                metadata=unset(body.metadata),
                enrolment_config=unset(getattr(body, "enrollment_config", UNSET)),
            )
        ),
        item=kind.item_field,
    )
    pending = await _pending(call, kind, [pool], verbose=False)
    return licence(kind, pool, pending.get(pool.id, 0))


def _filter(kind: Kind, call: Call[Any, Any]) -> PoolFilter:
    query = call.query
    return PoolFilter(
        kind=kind.item_kind,
        item_key=none(getattr(query, "course_id", UNSET)),
        item_key_end=none(getattr(query, "program_id", UNSET)),
        name=none(query.name),
        name_contains=none(query.query),
        source=none(query.source),
        active=none(query.active),
        external_id=none(query.external_id),
        metadata=call.others,
    )


async def _pending(
    call: Call[Any, Any], kind: Kind, pools: list[Pool], *, verbose: bool
) -> dict[int, int]:
    """How many seats of each pool are pending, where that is said at all."""
    said = kind.seats is not None and (verbose or not kind.summary_if_verbose)
    in_use = [pool for pool in pools if pool.held] if said else []
    if not in_use:
        return {}
    found: dict[int, int] = granted(await call.desk.ask(count_pending, in_use, call.desk.clock()))
    return found


def _title(kind: Kind, platform_name: str) -> str | None:
    """A platform is an item as soon as somebody buys it; courses and programs must exist (D7)."""
    made_on_demand = kind.item_kind in {ItemKind.PLATFORM, ItemKind.USER}
    return platform_name if made_on_demand else None


def _name(kind: Kind, name: str | UnsetType, key: str) -> str:
    if not isinstance(name, UnsetType):
        return name
    return "" if kind.item_kind in {ItemKind.PLATFORM, ItemKind.USER} else key
