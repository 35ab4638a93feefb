"""A mail server on this machine that keeps what it is given, and misbehaves where it is told to."""

import asyncio
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "post", "p:st/%40"


@dataclass
class SmtpSink:
    """`refused` answers by address, `answers` are what the next mails are answered with in turn.

    Of `drops` connections nothing more is heard once the mail is there.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    senders_refused: str | None = None
    answers: list[str] = field(default_factory=list)
    drops: int = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Sequence[str]
    ) -> str:
        envelope.mail_from = address
        return self.senders_refused or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Sequence[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append(envelope)
        self.encrypted.append(session.ssl is not None)
        if self.drops:
            self.drops -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 never heard"
        return self.answers.pop(0) if self.answers else "250 OK"

    @property
    def message_ids(self) -> list[str]:
        return [str(each["Message-ID"]) for each in self.letters]


class _AnyPort(Controller):
    """On a port that is free, which the controller's own look at the server has to know."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def check_login(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@contextmanager
def smtp_sink(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    login: bool = False,
    offers_utf8: bool = True,
) -> Iterator[SmtpSink]:
    """Run one on a free port of the loopback, as long as the block runs."""
    sink = SmtpSink()
    wanted: dict[str, Any] = {
        "ssl_context": tls,
        "tls_context": starttls,
        "enable_SMTPUTF8": offers_utf8,
    }
    if login:
        wanted |= {"authenticator": check_login, "auth_required": True, "auth_require_tls": False}
    controller = _AnyPort(sink, hostname="127.0.0.1", port=0, **wanted)
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop()
