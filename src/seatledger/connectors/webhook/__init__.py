"""Webhooks: each event as a signed request to a URL (Standard Webhooks, CloudEvents 1.0)."""

from seatledger.connectors.port import Connector
from seatledger.connectors.webhook.handle import Sender
from seatledger.domain.web_address import Allowance
from seatledger.domain.webhook import WEBHOOK
from seatledger.usecases.webhook_health import note_health


def connector(allowance: Allowance) -> Connector:
    """The connector; `allowance` is what may be reached besides the public internet."""
    return Connector(WEBHOOK, Sender(allowance).handle, after=note_health)
