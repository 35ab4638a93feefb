"""Sign people in and out, and tell who is signed in."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.account import (
    AGE_MAX,
    Account,
    Session,
    SignedIn,
    unknown_account,
)
from seatledger.domain.account_command import (
    CountTry,
    ForgetTries,
    SeeSession,
    SignIn,
    SignOut,
)
from seatledger.domain.learner import email_key
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.tries import (
    ACCOUNT_MAX,
    ADDRESS_MAX,
    WINDOW,
    seconds_to_wait,
    standing,
)
from seatledger.storage import accounts as account_rows
from seatledger.storage import sessions as session_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.keep_tokens import TOKEN_BYTES, digest

AGENT_LENGTH_MAX = 200


def sign_in(unit: Unit, commands: Sequence[SignIn], now: datetime) -> list[SignedIn | Refusal]:
    return [_sign_in(unit, command, now) for command in commands]


def _sign_in(unit: Unit, command: SignIn, now: datetime) -> SignedIn | Refusal:
    account = account_rows.by_id(unit, command.account_id)
    if account is None or not account.active:
        return unknown_account()
    session_rows.forget(unit, now - AGE_MAX)
    text = secrets.token_hex(TOKEN_BYTES)
    agent = command.agent[:AGENT_LENGTH_MAX]
    return SignedIn(text, session_rows.add(unit, digest(text), account, agent, now))


def sign_out(
    unit: Unit,
    commands: Sequence[SignOut],
    now: datetime,  # noqa: ARG001 - what every verb is given
) -> list[int | Refusal]:
    """End sessions: those of others only operators may."""
    return [
        session_rows.end(
            unit, command.account_id, only=command.session_id, but=command.but_session_id
        )
        if command.by.is_operator or command.by.account_id == command.account_id
        else unknown_account()
        for command in commands
    ]


def see_sessions(unit: Unit, commands: Sequence[SeeSession], now: datetime) -> list[None]:
    for command in commands:
        session_rows.see(unit, command.session_id, now)
    return [None for _ in commands]


def count_tries(unit: Unit, commands: Sequence[CountTry], now: datetime) -> list[None | Refusal]:
    return [_count(unit, command, now) for command in commands]


def _count(unit: Unit, command: CountTry, now: datetime) -> None | Refusal:
    most = {
        _of_account(command.account): ACCOUNT_MAX,
        f"address {command.address}": ADDRESS_MAX,
    }
    found = session_rows.lock_tries(unit, most, now)
    tries = {subject: standing(found[subject], now) for subject in most}
    wait = max(seconds_to_wait(tries[subject], most[subject], now) for subject in most)
    if wait:
        minutes = -(-wait // 60)
        when = "in a minute" if minutes == 1 else f"in {minutes} minutes"
        return Refusal(
            Code.RATE_LIMITED,
            f"Too many tries to sign in: try again {when}.",
            details={"retry_after_seconds": wait},
        )
    for subject in most:
        session_rows.write_tries(unit, subject, [*tries[subject], now], now)
    return None


def forget_tries(unit: Unit, commands: Sequence[ForgetTries], now: datetime) -> list[None]:
    for command in commands:
        session_rows.forget_tries(unit, _of_account(command.account), now - WINDOW)
    return [None for _ in commands]


def _of_account(email: str) -> str:
    """Kept as a digest: what is tried need be no account's address, nor any address at all."""
    return f"account {digest(email_key(email))}"


def password_of(unit: Unit, email: str) -> tuple[Account, str | None] | None:
    """The account of an address, if it may sign in, and the hash of its password."""
    account = account_rows.by_email(unit, email)
    if account is None or not account.active:
        return None
    return account, account_rows.password_of(unit, account.id)


def who_is(unit: Unit, text: str, now: datetime) -> Session | None:
    """The session that a browser shows the text of, if it is not over."""
    session = session_rows.by_digest(unit, digest(text))
    if session is None or session.over(now) or not session.account.active:
        return None
    return session


def list_sessions(unit: Unit, account: Account, now: datetime) -> list[Session]:
    """Where somebody is signed in now."""
    return [each for each in session_rows.of_account(unit, account) if not each.over(now)]
