"""NEIGHBOURS: what hands changes on to other systems, one folder each."""

from collections.abc import Mapping

from seatledger.connectors import mail, webhook
from seatledger.connectors.port import Connector
from seatledger.domain.web_address import read_allowance
from seatledger.ops.settings import Settings


def connectors(settings: Settings) -> Mapping[str, Connector]:
    """The connectors that this deployment uses, by name."""
    used = [
        mail.connector(settings.mail_url, settings.mail_from),
        webhook.connector(read_allowance(settings.webhook_private)),
    ]
    return {each.name: each for each in used if each is not None}
