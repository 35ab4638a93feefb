"""What may be asked of the accounts of the console, and of who is signed in."""

from dataclasses import dataclass

from seatledger.domain.actor import Role
from seatledger.domain.command import UNSET, Command, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount(Command):
    """Make an account; its address is unique. Answers with the Account.

    `password` is a hash; None leaves it to a link.
    """

    email: str
    name: str
    role: Role
    platform_keys: tuple[str, ...] = ()
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccount(Command):
    """Change an account, named by id or by address. Answers with the Account.

    One that is not active can't sign in, and its sessions and links end.
    """

    account_id: int | None = None
    email: str | None = None
    name: str | Unset = UNSET
    active: bool | Unset = UNSET
    platform_keys: tuple[str, ...] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword(Command):
    """Give an account a password, whose hash it is: one's own, or (operators) anybody's.

    Answers with the Account. Its other sessions end, all but `but_session_id`, and its links.
    """

    account_id: int | None = None
    email: str | None = None
    password: str
    but_session_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAccount(Command):
    """Make a link by which an account's password is chosen. Answers with AccountInvited.

    A link made before stops.
    """

    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation(Command):
    """Choose a password by the text of a link, which then stops. Answers with the Account."""

    text: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Command):
    """Begin a session of an account whose password was just given. Answers with SignedIn.

    No part of history, as all that concerns sessions.
    """

    account_id: int
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut(Command):
    """End sessions of an account: one, or all but one, or all. Answers how many ended."""

    account_id: int
    session_id: int | None = None
    but_session_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeSession(Command):
    """Note that a session is in use. Answers with None."""

    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTry(Command):
    """Count a try to sign in as `account` from `address`. Answers with None, or a Refusal.

    A refused one is not counted.
    """

    account: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetTries(Command):
    """Forget the tries of an account, whose password was given. Answers with None."""

    account: str
