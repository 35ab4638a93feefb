"""What was sent to webhooks: listed with its attempts, and sent once more."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from seatledger.desk import Desk
from seatledger.dialects.dialect import Refused, unwrap
from seatledger.dialects.native.documented import described
from seatledger.dialects.native.pages import After, Fields, Limit, Page, only, page
from seatledger.dialects.native.reading import LIMIT, read_id, read_stretch
from seatledger.dialects.native.webhook_views import Delivery, shown_delivery
from seatledger.domain.actor import Actor
from seatledger.domain.delivery import DeliveryState
from seatledger.domain.refusal import invalid
from seatledger.domain.webhook import unknown_delivery, unknown_webhook
from seatledger.domain.webhook_command import RedeliverOne, RedeliverRange
from seatledger.usecases import find_webhooks
from seatledger.usecases.find_webhooks import DeliveryFilter
from seatledger.usecases.redeliver import Redelivered

State = Annotated[
    str | None,
    QueryParameter(
        name="state",
        description="Only deliveries of this state.",
        schema_extra={"enum": [*DeliveryState]},
    ),
]


class EventRange(msgspec.Struct, forbid_unknown_fields=True):
    """The `seq` of the first event, and of the last; at most 10,000 events."""

    first: int
    last: int


class Redeliveries(msgspec.Struct):
    """How many messages are sent once more."""

    deliveries: int


@get(
    "/webhooks/{webhook_id:str}/deliveries",
    **described("list_deliveries", "What was or is to be sent to a webhook, by id"),
)
async def list_deliveries(
    webhook_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    delivery_state: State = None,
    limit: Limit = LIMIT,
    after: After = None,
    fields: Fields = None,
) -> Response[Page[Delivery]]:
    webhook, stretch = read_id(webhook_id, unknown_webhook()), read_stretch(limit, after)
    wanted = DeliveryFilter(webhook, _read_state(delivery_state))
    found = await desk.ask(find_webhooks.follow_deliveries, actor.reach, wanted, stretch)
    return page(unwrap(found), shown_delivery, fields)


@get("/deliveries/{delivery_id:str}", **described("get_delivery", "One message to a webhook"))
async def get_delivery(
    delivery_id: FromPath[str],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    fields: Fields = None,
) -> Response[Delivery]:
    wanted = read_id(delivery_id, unknown_delivery())
    found = await desk.ask(find_webhooks.get_delivery, actor.reach, wanted)
    return Response(only(shown_delivery(unwrap(found)), fields))


@post(
    "/deliveries/{delivery_id:str}/redeliver",
    status_code=202,
    **described("redeliver", "Send a message once more, or at once where it waits"),
)
async def redeliver(
    delivery_id: FromPath[str], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> Delivery:
    command = RedeliverOne(actor, delivery_id=read_id(delivery_id, unknown_delivery()))
    return shown_delivery(unwrap(await desk.submit(command)))


@post(
    "/webhooks/{webhook_id:str}/redeliver",
    status_code=202,
    **described("redeliver_range", "Send all messages about some events once more", 415),
)
async def redeliver_range(
    webhook_id: FromPath[str],
    data: JSONBody[EventRange],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> Redeliveries:
    command = RedeliverRange(
        actor,
        webhook_id=read_id(webhook_id, unknown_webhook()),
        first=data.first,
        last=data.last,
    )
    made: Redelivered = unwrap(await desk.submit(command))
    return Redeliveries(made.deliveries)


def _read_state(text: str | None) -> DeliveryState | None:
    """Read here, and not by the router: a handler can't have a parameter named `state`."""
    if text is None:
        return None
    if text not in set(DeliveryState):
        raise Refused(invalid("state", f"The state is one of {', '.join(DeliveryState)}."))
    return DeliveryState(text)


handlers = [list_deliveries, get_delivery, redeliver, redeliver_range]
