"""Where mail is handed in, and whom it is from, as an operator sets it."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import unquote, urlsplit

KEEP = "keep:"
FORMS = (
    "keep:, smtp://host:port, smtp+starttls://user:password@host:port "
    "or smtps://user:password@host:port"
)


class Security(StrEnum):
    """How the connection is encrypted."""

    OFFERED = "smtp"  # with STARTTLS, where the server offers it
    STARTTLS = "smtp+starttls"  # always with STARTTLS
    TLS = "smtps"  # from the beginning


PORTS = {Security.OFFERED: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """`user` is empty where nobody logs in. The password is never shown."""

    security: Security
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether what is sent there does not leave this machine."""
        return self.host in {"localhost", "127.0.0.1", "::1"}


def read_mail_url(url: str) -> MailServer | None:
    """The server of a URL; None for `keep:` and for none. Raises ValueError, which never quotes."""
    if url in {"", KEEP}:
        return None
    try:
        parts = urlsplit(url)
        security = Security(parts.scheme)
        port = parts.port or PORTS[security]
    except ValueError:
        raise ValueError(FORMS) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    unusable = parts.path.strip("/") or parts.query or parts.fragment or not parts.hostname
    if unusable or bool(user) != bool(password) or not (user + password).isprintable():
        raise ValueError(FORMS)
    return MailServer(security, str(parts.hostname), port, user, password)


def read_sender(text: str) -> tuple[str, str]:
    """The name (or none) and the address in `Name <address>`. Raises ValueError."""
    name, address = parseaddr(text)
    if not text.isprintable() or not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", address):
        raise ValueError("address@example.com or Name <address@example.com>")
    return name, address
