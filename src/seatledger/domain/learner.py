"""A person, known by an id and an e-mail address, who may still be unregistered."""

from dataclasses import dataclass
from datetime import datetime


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
