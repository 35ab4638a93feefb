"""A person who signs in to the console: an operator, or the manager of one or several platforms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from seatledger.domain.actor import Actor, Role
from seatledger.domain.refusal import Code, Refusal, invalid

SURFACE = "console"
IDLE_MAX = timedelta(hours=8)  # a session that nobody uses ends
AGE_MAX = timedelta(days=7)  # and so does any other
SEEN_EVERY = timedelta(minutes=5)  # how exactly it is kept when a session was used
LINK_LIFE = timedelta(days=7)
PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX = 12, 200

# Whoever has not signed in yet: reaches nothing, for no platform has this id.
NOBODY = Actor(name="visitor", role=Role.MANAGER, platform_id=0, surface=SURFACE)


@dataclass(frozen=True, slots=True)
class Account:
    """`platform_ids` are a manager's platforms; an operator reaches all and names none.

    Without a password nobody can sign in yet: they were sent a link to choose one.
    """

    id: int
    email: str
    name: str
    role: Role
    platform_ids: tuple[int, ...]
    active: bool
    has_password: bool
    created: datetime

    @property
    def is_operator(self) -> bool:
        return self.role is Role.OPERATOR

    def reaches(self, platform_id: int) -> bool:
        return self.is_operator or platform_id in self.platform_ids

    def actor(self, platform_id: int | None = None, platform_key: str | None = None) -> Actor:
        """Who acts, on one of their platforms; on none, a manager reaches nothing."""
        within = None if self.is_operator else platform_id or NOBODY.platform_id
        return Actor(
            name=self.name,
            role=self.role,
            platform_id=within,
            surface=SURFACE,
            platform_key=None if self.is_operator else platform_key,
            account_id=self.id,
        )

    def facts(self) -> dict[str, Any]:
        """What history records of an account: neither its address nor its name."""
        return {
            "role": self.role,
            "platform_ids": list(self.platform_ids),
            "active": self.active,
            "has_password": self.has_password,
        }


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in, in one browser; `agent` is what that calls itself."""

    id: int
    account: Account
    agent: str
    created: datetime
    seen: datetime

    def over(self, now: datetime) -> bool:
        return now >= self.seen + IDLE_MAX or now >= self.created + AGE_MAX

    def seen_long_ago(self, now: datetime) -> bool:
        """Whether it is to be noted that it is in use."""
        return now >= self.seen + SEEN_EVERY


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session; `text`, which its browser keeps, is seen here and never again."""

    text: str
    session: Session


@dataclass(frozen=True, slots=True)
class AccountInvited:
    """A link by which an account's password is chosen, once. `text` is seen here only."""

    text: str
    account: Account
    expires: datetime


def wrong_password(password: str, email: str) -> Refusal | None:
    """Why a password can't be chosen: only what helps guessing is forbidden (NIST SP 800-63B)."""
    if len(password) < PASSWORD_LENGTH_MIN:
        return invalid("password", f"A password has at least {PASSWORD_LENGTH_MIN} characters.")
    if len(password) > PASSWORD_LENGTH_MAX:
        return invalid("password", f"A password has at most {PASSWORD_LENGTH_MAX} characters.")
    lowered = password.casefold()
    if len(set(lowered)) < 4 or email.casefold() in lowered:
        return invalid("password", "This password is too easy to guess.")
    return None


def unknown_account() -> Refusal:
    return Refusal(Code.UNKNOWN_ACCOUNT, "There is no such account.")
