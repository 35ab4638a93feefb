"""Hands mail in at a mail server, and understands what that says (RFC 5321, RFC 3463)."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from seatledger.connectors.mail.session import TAKING_SECONDS, Session
from seatledger.domain.delivery import Done, Outcome, Refused, Retry
from seatledger.ops.mail_server import MailServer, Security

WHY_MAX = 300
BAD_ADDRESS = 553  # what a mail server says of an address that is none
# RFC 3463: what an answer is about. X.1.7 and X.1.8 are the sender's address, X.7.* what the server
# lets anybody do, X.1.* else and X.2.* the receiver's.
_CODE = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_OURS = re.compile(r"5\.(1\.[78]|7\.\d+)")
_OF_ADDRESS = re.compile(r"5\.(1\.(?![78]$)|2\.)\d+")


def hand_in(server: MailServer, letter: EmailMessage) -> Outcome:
    """Done once the server took it. Where the address is refused for good, Refused; else Retry."""
    try:
        with _connected(server) as smtp:
            if not _spells(smtp, letter):
                return Refused("The mail server takes no such letters in an address.", BAD_ADDRESS)
            smtp.patience = TAKING_SECONDS
            smtp.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        return _meaning(error)
    return Done()


@contextmanager
def _connected(server: MailServer) -> Iterator[Session]:
    smtp = Session(server)
    try:
        if server.security is not Security.TLS:
            _encrypt(smtp, server)
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _encrypt(smtp: smtplib.SMTP, server: MailServer) -> None:
    """STARTTLS where it must be or can be. A password never goes out in the clear."""
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS or smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
    elif server.user and not server.is_here:
        raise smtplib.SMTPNotSupportedError("It offers no encryption to log in with.")


def _spells(smtp: smtplib.SMTP, letter: EmailMessage) -> bool:
    """Whether the server takes the letters of the address (RFC 6531)."""
    smtp.ehlo_or_helo_if_needed()
    return str(letter["To"]).isascii() or smtp.has_extn("smtputf8")


def _meaning(error: OSError | smtplib.SMTPException) -> Outcome:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        status, said = next(iter(error.recipients.values()))
        may_change = status < 500 or _OURS.fullmatch(_code(said))
        return _later(status, said) if may_change else _refused(status, said)
    if isinstance(error, smtplib.SMTPDataError):
        of_address = _OF_ADDRESS.fullmatch(_code(error.smtp_error))
        if error.smtp_code >= 500 and of_address:
            return _refused(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _later(error.smtp_code, error.smtp_error)
    return Retry(_cut(str(error) or type(error).__name__))


def _code(said: bytes | str) -> str:
    """The first code of that sort in an answer; empty where there is none."""
    found = _CODE.search(_text(said))
    return found[0] if found else ""


def _refused(status: int, said: bytes | str) -> Outcome:
    return Refused(_cut(f"{status} {_text(said)}"), status)


def _later(status: int, said: bytes | str) -> Outcome:
    return Retry(_cut(f"{status} {_text(said)}"), status=status)


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _cut(text: str) -> str:
    """One line that can be shown."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:WHY_MAX].strip()
