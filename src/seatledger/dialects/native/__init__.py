"""The ledger's own tongue: what no vendor has."""

from litestar import Router
from litestar.openapi.spec import SecurityScheme

from seatledger.dialects.dialect import Dialect
from seatledger.dialects.native import (
    access,
    bulk,
    deliveries,
    events,
    grants,
    groups,
    history,
    items,
    jobs,
    keys,
    learners,
    links,
    mail,
    messages,
    moves,
    open_links,
    platforms,
    pools,
    privacy,
    progress,
    seats,
    tokens,
    usage,
    webhooks,
)
from seatledger.dialects.native.credentials import read_token
from seatledger.dialects.native.locations import BASE
from seatledger.dialects.native.nul import refuse_nul
from seatledger.dialects.native.refusals import refuse
from seatledger.dialects.native.writes import routed

dialect = Dialect(
    name="native",
    prefixes=[BASE],
    routers=[
        Router(
            BASE,
            route_handlers=routed(
                [
                    *access.handlers,
                    *platforms.handlers,
                    *items.handlers,
                    *pools.handlers,
                    *seats.handlers,
                    *groups.handlers,
                    *grants.handlers,
                    *learners.handlers,
                    *tokens.handlers,
                    *links.handlers,
                    *moves.handlers,
                    *progress.handlers,
                    *privacy.handlers,
                    *events.handlers,
                    *history.handlers,
                    *usage.handlers,
                    *bulk.handlers,
                    *jobs.handlers,
                    *webhooks.handlers,
                    *deliveries.handlers,
                    *messages.handlers,
                    *mail.handlers,
                ]
            ),
            before_request=refuse_nul,
            tags=["native"],
            security=[{"token": []}],
        ),
        open_links.router,
        keys.router,
    ],
    read_token=read_token,
    refuse=refuse,
    per_minute=lambda settings: settings.native_rate_per_minute,
    tells_rate=True,
    is_open=open_links.is_open,
    headers={"Cache-Control": "no-store"},
    security={"token": SecurityScheme(type="http", scheme="bearer")},
)
