"""Connections to given addresses and to no others, each step within one time for all of them."""

import socket
import ssl
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Any

import httpcore2

from seatledger.connectors.dial import connect, left
from seatledger.domain.web_address import IpAddress


class PinnedBackend(httpcore2.NetworkBackend):
    """Whatever name is to be connected to: these are its addresses, tried in turn.

    Of `connect` seconds each has its share, so that one that says nothing leaves the next some.
    """

    def __init__(self, addresses: Sequence[IpAddress], connect: float, total: float) -> None:
        self._addresses = addresses
        self._connect_until = monotonic() + connect
        self._until = monotonic() + total

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Raises TimeoutError, or the OSError of the last address."""
        made = connect(list(map(str, self._addresses)), port, self._connect_until)
        return DeadlineStream(made, self._until)


class DeadlineStream(httpcore2.NetworkStream):
    """A socket that is of no use after `until` (`time.monotonic`), however busy it is kept."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._socket = connection
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._hurry()
        return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises httpcore2.WriteError where the other side closed: it may have answered first."""
        rest = memoryview(buffer)
        while rest:
            try:
                self._hurry()
                rest = rest[self._socket.send(rest) :]
            except TimeoutError:
                raise
            except OSError as error:
                raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            self._hurry()
            wrapped = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except OSError:
            self.close()
            raise
        return DeadlineStream(wrapped, self._until)

    def _hurry(self) -> None:
        """Leave the next step no more time than there is. Raises TimeoutError where none is."""
        self._socket.settimeout(left(self._until))
