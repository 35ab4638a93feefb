"""Finds the addresses behind a URL, and lets none pass that a message must not be sent to.

What was looked at here is what is connected to: a name that means something else a moment later
(DNS rebinding) is never looked up again.
"""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import TypeAlias

from seatledger.domain.refusal import Refusal
from seatledger.domain.web_address import (
    Allowance,
    IpAddress,
    WebAddress,
    forbidden,
    literal_address,
    read_web_address,
)

Resolver: TypeAlias = Callable[[str], Sequence[str]]
"""The addresses of a name. Raises OSError where it has none, or nobody can tell."""


class Unreachable(Exception):
    """Nothing can or may be sent there now; the sentence says why."""


def checked(
    url: str, allowance: Allowance, resolve: Resolver
) -> tuple[WebAddress, Sequence[IpAddress]]:
    """A URL's parts, and the addresses that may be connected to. Raises Unreachable.

    Each address of a name must be a good one: else who answers for the name could mix them.
    """
    web = read_web_address(url, allowance)
    if isinstance(web, Refusal):
        raise Unreachable(web.sentence)
    addresses = _addresses(web.host, resolve)
    if refused := forbidden(web, addresses, allowance):
        raise Unreachable(refused)
    return web, addresses


def _addresses(host: str, resolve: Resolver) -> Sequence[IpAddress]:
    literal = literal_address(host)
    if literal is not None:
        return [literal]
    try:
        found = [ip_address(each) for each in resolve(host)]
    except (OSError, ValueError):
        found = []
    if not found:
        raise Unreachable(f"No address was found for {host}.")
    return list(dict.fromkeys(found))
