"""A session with a mail server that ends in time, however slowly the server speaks."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BufferedReader, RawIOBase
from time import monotonic
from typing import Any

from seatledger.connectors.dial import connect, left, look_up
from seatledger.ops.mail_server import MailServer, Security

SESSION_SECONDS = 50.0  # for all of it
PATIENCE_SECONDS = 10.0  # for each answer, of which there are up to a dozen
TAKING_SECONDS = 30.0  # for each while a mail is handed over: it may be looked through first


class Session(smtplib.SMTP):
    """It is connected, by TLS where the server wants that from the beginning.

    Each answer may take as long as `patience` says, all of them as long as a session.
    """

    def __init__(self, server: MailServer) -> None:
        own_name = _own_name()
        self.patience = PATIENCE_SECONDS
        self._until = monotonic() + SESSION_SECONDS
        self._tls = ssl.create_default_context() if server.security is Security.TLS else None
        super().__init__(server.host, server.port, own_name)

    def _get_socket(self, host: str, port: int, _timeout: float | None) -> socket.socket:
        addresses = look_up(host)
        made = connect(addresses, port, monotonic() + self._step())
        if self._tls is None:
            return made
        made.settimeout(self._step())
        return self._tls.wrap_socket(made, server_hostname=host)

    def send(self, s: Any) -> None:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("The connection is closed.")
        rest = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        while rest:
            self.sock.settimeout(self._step())
            rest = rest[self.sock.send(rest) :]

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = BufferedReader(_Heard(self._receive))
        answer = super().getreply()
        if self.sock is not None:
            with suppress(TimeoutError):  # the answer counts, though it was the last
                self.sock.settimeout(self._step())  # of the handshake that may follow
        return answer

    def _receive(self, buffer: Any) -> int:
        assert self.sock is not None
        self.sock.settimeout(self._step())
        return self.sock.recv_into(buffer)

    def _step(self) -> float:
        """The seconds for what is done next. Raises TimeoutError where there are none."""
        return min(self.patience, left(self._until))


class _Heard(RawIOBase):
    """What `receive` puts into buffers, as a file."""

    def __init__(self, receive: Callable[[Any], int]) -> None:
        self._receive = receive

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._receive(buffer)


@cache
def _own_name() -> str:
    """What this machine calls itself. The system may take long to tell, so it is asked once."""
    return smtplib.SMTP().local_hostname
