"""NEIGHBOURS: what hands changes on to other systems, one folder each."""

from collections.abc import Mapping

from seatledger.connectors.port import Connector
from seatledger.ops.settings import Settings


def connectors(settings: Settings) -> Mapping[str, Connector]:
    """The connectors that this deployment uses, by name."""
    return {}
