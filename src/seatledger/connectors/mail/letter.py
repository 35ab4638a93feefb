"""A message as an e-mail: plain text and HTML, and headers that nothing can be added to."""

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import idna

from seatledger.domain.message import Message
from seatledger.domain.message_text import MailSettings

ASCII = SMTP.clone(cte_type="7bit")  # every mail server takes it


class NoAddress(Exception):
    """What should be an address is none."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mail is from, where a platform says nothing else of the name."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def compose(message: Message, settings: MailSettings, sender: Sender) -> EmailMessage:
    """The e-mail of a message: the same for each attempt. Raises NoAddress for its receiver's."""
    letter = EmailMessage(policy=ASCII)
    letter["From"] = Address(settings.sender_name or sender.name, addr_spec=sender.address)
    letter["To"] = _address(message.address)
    if settings.reply_to:
        letter["Reply-To"] = _address(settings.reply_to)
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.created)
    letter["Message-ID"] = message_id(message, sender)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice comes back
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    return letter


def message_id(message: Message, sender: Sender) -> str:
    """Of the message's own id, so that a mail server can tell a second attempt from a new mail."""
    moment = int(message.created.timestamp() * 1_000_000)
    return f"<{message.platform_id}.{message.id}.{moment}@{sender.domain}>"


def _address(text: str) -> Address:
    """The domain is spelled in ASCII (IDNA 2008), as every mail server takes it.

    The older one, which is all that Python's codec knows, makes strasse.de of straße.de.
    """
    local, _, domain = text.rpartition("@")
    try:
        spelled = _in_ascii(domain)
        if local.isascii():
            return Address(addr_spec=f"{local}@{spelled}")
        return Address(username=local, domain=spelled)
    except (ValueError, IndexError, MessageError):
        raise NoAddress from None


def _in_ascii(domain: str) -> str:
    """One that is in ASCII already stays as it is, though it be no name of a host. ValueError."""
    spelled = domain.encode("idna") if domain.isascii() else idna.encode(domain, uts46=True)
    return spelled.decode()
