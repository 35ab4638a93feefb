"""Sends one request to addresses that were checked, within a time that nothing can stretch.

It stands on the layer below the HTTP client, which knows no redirects, no cookies, and no proxies
from the environment.
"""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore2

from seatledger import __version__
from seatledger.connectors.webhook.pinned import PinnedBackend
from seatledger.domain.web_address import IpAddress, WebAddress

ANSWER_BYTES_MAX = 16_000
STANDARD_HEADERS = {
    "user-agent": f"Seatledger/{__version__}",
    "accept": "*/*",
    "accept-encoding": "identity",
    "connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, and for all of it from the first step to the last byte."""

    connect: float = 5.0
    total: float = 15.0


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; `headers` have lower-case names, `body` may be cut."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoAnswer(Exception):
    """There was none; the sentence says why."""


def post(
    web: WebAddress,
    addresses: Sequence[IpAddress],
    headers: Mapping[str, str],
    body: bytes,
    *,
    limits: Limits,
    tls: ssl.SSLContext,
) -> Answer:
    """Send a body, and read the answer or its beginning. Raises NoAnswer."""
    backend = PinnedBackend(addresses, limits.connect, limits.total)
    url = httpcore2.URL(
        scheme=web.scheme.encode(),
        host=web.host.encode(),
        port=web.port,
        target=web.target.encode(),
    )
    connection = httpcore2.HTTPConnection(url.origin, ssl_context=tls, network_backend=backend)
    said: Any = [*STANDARD_HEADERS.items(), ("host", _host(web)), *headers.items()]
    try:
        with connection.stream("POST", url, headers=said, content=body) as response:
            return _read(response)
    except TimeoutError:
        raise NoAnswer(f"No answer within {limits.total:g} seconds.") from None
    except httpcore2.ProtocolError:
        raise NoAnswer("What was answered is no HTTP.") from None
    except (OSError, httpcore2.NetworkError) as error:
        raise NoAnswer(_sentence(error)) from None
    finally:
        connection.close()


def _read(response: httpcore2.Response) -> Answer:
    body = b""
    for chunk in response.iter_stream():
        body += chunk
        if len(body) >= ANSWER_BYTES_MAX:
            break
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }
    return Answer(response.status, headers, body[:ANSWER_BYTES_MAX])


def _host(web: WebAddress) -> str:
    return web.origin.partition("://")[2]


def _sentence(error: Exception) -> str:
    """What went wrong, in few words and without our own addresses."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate is not good: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "No TLS connection could be made."
    if isinstance(error, ConnectionRefusedError):
        return "The connection was refused."
    if isinstance(error, ConnectionResetError | httpcore2.NetworkError):
        return "The connection broke off."
    reason = getattr(error, "strerror", None) or "unknown reason"
    return f"No connection could be made: {reason}."
