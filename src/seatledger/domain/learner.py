"""A person, known by an id and an e-mail address, who may still be unregistered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.instant import text


@dataclass(frozen=True, slots=True)
class Learner:
    """`email` is kept as first given; `email_key(email)` is what is compared and unique."""

    id: int
    email: str
    name: str
    username: str | None
    registered: bool
    created: datetime

    @property
    def login(self) -> str:
        """The name to show where a username is expected: the address until there is one."""
        return self.username or self.email


def email_key(email: str) -> str:
    """The form of an address under which two spellings are the same person."""
    return email.strip().casefold()


@dataclass(frozen=True, slots=True)
class Membership:
    """A learner's tie to a platform; inactive once they left."""

    platform_id: int
    learner: Learner
    active: bool
    is_admin: bool
    added_on: datetime
    expired_on: datetime | None

    def facts(self) -> dict[str, Any]:
        """What history records of a membership."""
        return {
            "active": self.active,
            "is_admin": self.is_admin,
            "added_on": text(self.added_on),
            "expired_on": text(self.expired_on),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """How a request names a person: the id decides, then the username, then the address (G3)."""

    learner_id: int | None = None
    username: str | None = None
    email: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.learner_id is None and self.username is None and self.email is None


NOBODY_NAMED = PersonName()
