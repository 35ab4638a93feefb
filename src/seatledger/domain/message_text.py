"""The words of a message: as a standard text or a platform says them, and as they come out."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from seatledger.domain.message_type import MessageType

Fact: TypeAlias = str | int | datetime | None

SUBJECT_MAX = 255
BODY_MAX = 20_000  # characters of a platform's own text, before its facts are put in


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates of a subject, a plain text and an HTML body."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class OwnWording:
    """What a platform says of one type of message; None is as the standard says it.

    Of a type that is not `enabled` no messages are written.
    """

    id: int
    platform_id: int
    type: MessageType
    enabled: bool
    subject: str | None
    text: str | None
    html: str | None
    created: datetime
    modified: datetime

    @property
    def is_custom(self) -> bool:
        return any(each is not None for each in (self.subject, self.text, self.html))


@dataclass(frozen=True, slots=True)
class Template:
    """One type of message as a platform says it by now, and the names of the facts it may use.

    `modified` is None where the platform never changed it.
    """

    type_name: str
    enabled: bool
    custom: bool
    wording: Wording
    facts: tuple[str, ...]
    id: int | None
    created: datetime | None
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class TemplateReset:
    """What stands now, and whether there were any words of the platform's own."""

    template: Template
    deleted: bool


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How the mails of a platform present themselves; empty is the usual way."""

    sender_name: str = ""
    reply_to: str = ""
    greeting: str = ""
