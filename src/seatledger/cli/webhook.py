"""`seatledger webhook`: who hears what happens, and what became of it."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from seatledger.cli.options import ID_MAX, AsJson, DatabaseUrl
from seatledger.cli.shell import opened
from seatledger.domain.delivery import Attempt, DeliveryState
from seatledger.domain.webhook import Webhook
from seatledger.domain.webhook_command import RedeliverOne, RedeliverRange, TryWebhook
from seatledger.usecases.find_webhooks import (
    DeliveryFilter,
    DeliveryView,
    follow_deliveries,
    follow_webhooks,
)
from seatledger.usecases.keep_tokens import SHELL
from seatledger.usecases.questions import Followed, Stretch

T = TypeVar("T")
app = typer.Typer(help="See and test webhooks, and deliver what happened once more.")
COLUMNS = ["webhook_id", "platform_key", "url", "types", "state", "reason", "failures", "seq"]
DELIVERY_COLUMNS = ["delivery_id", "seq", "type", "state", "attempts", "due", "status", "why"]
AT_ONCE = 1_000
WebhookId = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=ID_MAX, help="The webhook's id.")
]


@app.command("list")
def list_all(ctx: typer.Context, database_url: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """List the webhooks of all platforms, without their secrets."""
    with opened(ctx, database_url, as_json) as shell:
        found = _every(lambda stretch: shell.ask(follow_webhooks, SHELL.reach, stretch))
        shell.answers.show([_facts(each) for each in found], COLUMNS)


@app.command("test")
def try_out(
    ctx: typer.Context,
    webhook: WebhookId,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Have a webhook, and no other, hear that it is tested. A worker delivers it."""
    with opened(ctx, database_url, as_json) as shell:
        shell.do(TryWebhook(SHELL, webhook_id=webhook))
        shell.answers.say({"webhook_id": webhook}, f"Webhook {webhook} will hear of a test.")


@app.command()
def deliveries(
    ctx: typer.Context,
    webhook: WebhookId,
    state: Annotated[
        DeliveryState | None, typer.Option("--state", help="Only those of this state.")
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List what was or is to be delivered to a webhook, with what came of the last attempt."""
    with opened(ctx, database_url, as_json) as shell:
        wanted = DeliveryFilter(webhook, state)
        found = _every(lambda stretch: shell.ask(follow_deliveries, SHELL.reach, wanted, stretch))
        shell.answers.show([_delivery(each) for each in found], DELIVERY_COLUMNS)


@app.command()
def redeliver(
    ctx: typer.Context,
    webhook: WebhookId,
    delivery: Annotated[
        int | None,
        typer.Option("--delivery", metavar="ID", min=1, max=ID_MAX, help="One delivery."),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--first", metavar="SEQ", min=1, help="From this event on.")
    ] = None,
    last: Annotated[
        int | None, typer.Option("--last", metavar="SEQ", min=1, help="Up to this event.")
    ] = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Deliver once more: one delivery, or all events from --first to --last."""
    if (delivery is None) == (first is None or last is None):
        raise typer.BadParameter("give --delivery, or --first and --last.", param_hint="--delivery")
    with opened(ctx, database_url, as_json) as shell:
        if delivery is not None:
            shell.do(RedeliverOne(SHELL, delivery_id=delivery, webhook_id=webhook))
            count = 1
        else:
            assert first is not None
            assert last is not None
            command = RedeliverRange(SHELL, webhook_id=webhook, first=first, last=last)
            count = shell.do(command).deliveries
        shell.answers.say({"deliveries": count}, f"To be delivered once more: {count}.")


def _every(page_of: Callable[[Stretch], Followed[T]]) -> list[T]:
    """All rows of a list that is read on from where the last page ended."""
    rows: list[T] = []
    stretch = Stretch(0, AT_ONCE)
    while True:
        found = page_of(stretch)
        rows += found.rows
        if not found.more:
            return rows
        stretch = Stretch(found.last_id, AT_ONCE)


def _facts(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook_id": webhook.id,
        "platform_key": webhook.platform_key,
        "url": webhook.url,
        "types": None if webhook.kinds is None else list(webhook.kinds),
        "state": webhook.state,
        "reason": webhook.reason,
        "failing_since": webhook.failing_since,
        "failures": webhook.failures,
        "seq": webhook.seq,
    }


def _delivery(view: DeliveryView) -> dict[str, Any]:
    delivery = view.delivery
    last: Attempt | None = delivery.log[-1] if delivery.log else None
    return {
        "delivery_id": delivery.id,
        "message_id": view.message_id,
        "seq": delivery.seq,
        "type": view.kind,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due": delivery.due,
        "status": None if last is None else last.status,
        "why": None if last is None else last.why,
    }
