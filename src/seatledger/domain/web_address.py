"""Where a message may be sent: which URLs, and which addresses behind the names in them.

Whoever may name a URL could make the server ask for what only the server reaches: the machine
itself, its network, the metadata of its cloud (SSRF). So an address must be a public one, unless
the operator allows it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias

from seatledger.domain.refusal import Refusal, invalid

IpAddress: TypeAlias = IPv4Address | IPv6Address

URL_LENGTH_MAX = 2_000
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")
_URL = re.compile(
    r"(?P<scheme>[A-Za-z]+)://"
    r"(\[(?P<bracketed>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(:(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(#.*)?"
)
_FIELD = "url"

# All there is of IPv6 for now; IPv4 inside of it, in most of its spellings, is outside.
_UNICAST = ip_network("2000::/3")
# Roads to what is not public, though some versions of Python take them for global.
_ROADS_INSIDE = [
    ip_network(each)
    for each in (
        "168.63.129.16/32",  # the host of a machine at Azure
        "192.0.0.0/24",  # for protocols, and metadata at Oracle
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # for protocols, Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be reached besides the public internet, and without TLS: names, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def covers(self, host: str, addresses: Iterable[IpAddress]) -> bool:
        """Whether the host is allowed by name, or each of its addresses by a network."""
        known = list(addresses)
        allowed = [any(address in network for network in self.networks) for address in known]
        return host in self.hosts or (bool(known) and all(allowed))

    def may_cover(self, host: str) -> bool:
        """The same before a name is looked up, where it could still turn out to be so."""
        literal = literal_address(host)
        if literal is None:
            return host in self.hosts or bool(self.networks)
        return self.covers(host, [literal])


NOTHING = Allowance()


def read_allowance(text: str) -> Allowance:
    """Names of hosts and networks (CIDR), separated by commas. Raises ValueError."""
    hosts: set[str] = set()
    networks = []
    for each in filter(None, (part.strip().lower() for part in text.split(","))):
        try:
            networks.append(ip_network(each))
        except ValueError:
            if "/" in each or not _HOST.fullmatch(each):
                raise ValueError("names of hosts and networks, as 10.1.0.0/16, by commas") from None
            hosts.add(each.removesuffix("."))
    return Allowance(frozenset(hosts), tuple(networks))


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A URL in its parts. `host` has no brackets; `target` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """The URL without what may be secret in it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def read_web_address(text: str, allowance: Allowance) -> WebAddress | Refusal:
    """The parts of a URL that a message may be sent to, as far as its text tells."""
    web = _parts(text)
    if isinstance(web, Refusal):
        return web
    literal = literal_address(web.host)
    if literal is not None and (refused := forbidden(web, [literal], allowance)):
        return invalid(_FIELD, refused)
    if web.scheme == "http" and not allowance.may_cover(web.host):
        return invalid(_FIELD, _NO_TLS)
    return web


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL that was found good before."""
    web = _parts(url)
    return "" if isinstance(web, Refusal) else web.origin


def forbidden(web: WebAddress, addresses: Iterable[IpAddress], allowance: Allowance) -> str | None:
    """Why nothing may be sent there, now that the addresses of its host are known."""
    known = list(addresses)
    if allowance.covers(web.host, known):
        return None
    if any(not is_public(address) and not allowance.covers("", [address]) for address in known):
        return "The URL leads to an address that is not public."
    return _NO_TLS if web.scheme == "http" else None


def is_public(address: IpAddress) -> bool:
    """Whether it is somebody's on the internet: no machine's or network's own, and not nobody's."""
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and (address.version == 4 or address in _UNICAST)
        and not any(address in network for network in _ROADS_INSIDE)
    )


def literal_address(host: str) -> IpAddress | None:
    """The address that a host is spelled as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


_NO_TLS = "The URL begins with https://; http:// is only for hosts that the operator allows."


def _parts(text: str) -> WebAddress | Refusal:
    if len(text) > URL_LENGTH_MAX:
        return invalid(_FIELD, f"A URL has at most {URL_LENGTH_MAX:,} characters.")
    if not re.fullmatch(r"[\x21-\x7e]+", text) or "\\" in text:
        return invalid(_FIELD, "A URL has visible ASCII characters only, others as %XX.")
    if re.match(r"[^/]+//[^/?#]*@", text):
        return invalid(_FIELD, "A URL here has no user and no password.")
    said = _URL.fullmatch(text)
    host = said and _host(said["name"], said["bracketed"])
    if said is None or not host:
        return invalid(_FIELD, "This is no URL, or its host is misspelled.")
    scheme = said["scheme"].lower()
    if scheme not in PORTS:
        return invalid(_FIELD, _NO_TLS)
    port = int(said["port"] or PORTS[scheme])
    if not (port in PORTS.values() or 1024 <= port <= 65_535):
        return invalid(_FIELD, "The port is 80, 443, or from 1024 on.")
    return WebAddress(scheme, host, port, (said["path"] or "/") + (said["query"] or ""))


def _host(name: str | None, bracketed: str | None) -> str | None:
    """The host as it is compared; None where it can be none."""
    if name is not None:
        return name.lower().removesuffix(".") if _HOST.fullmatch(name) else None
    address = literal_address(bracketed or "")
    return str(address) if isinstance(address, IPv6Address) else None
