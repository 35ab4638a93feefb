"""Make and change the console's accounts, and say who may choose which password."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from seatledger.domain.account import LINK_LIFE, Account, AccountInvited, unknown_account
from seatledger.domain.account_command import (
    AcceptInvitation,
    ChangeAccount,
    CreateAccount,
    InviteAccount,
    SetPassword,
)
from seatledger.domain.actor import Actor, Reach, Role
from seatledger.domain.command import Command, Unset
from seatledger.domain.event import Event, EventKind, difference
from seatledger.domain.refusal import Code, Refusal, invalid, unknown_platform
from seatledger.storage import accounts as account_rows
from seatledger.storage import events
from seatledger.storage import platforms as platform_rows
from seatledger.storage import sessions as session_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.keep_tokens import TOKEN_BYTES, digest
from seatledger.usecases.naming import read_address
from seatledger.usecases.opening import origin

NAME_LENGTH_MAX = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A platform as the console's start page and its switcher name it."""

    id: int
    key: str
    name: str


def create_accounts(
    unit: Unit, commands: Sequence[CreateAccount], now: datetime
) -> list[Account | Refusal]:
    return [_create(unit, command, now) for command in commands]


def _create(unit: Unit, command: CreateAccount, now: datetime) -> Account | Refusal:
    if refusal := _operators_only(command.by):
        return refusal
    address = read_address(command.email)
    if isinstance(address, Refusal):
        return address
    if refusal := _wrong_name(command.name):
        return refusal
    if account_rows.by_email(unit, address) is not None:
        return Refusal(Code.TAKEN, "Another account has this address.", field="email")
    platform_ids = _platforms(unit, command.role, command.platform_keys)
    if isinstance(platform_ids, Refusal):
        return platform_ids
    made = Account(
        id=0,
        email=address,
        name=command.name.strip(),
        role=command.role,
        platform_ids=platform_ids,
        active=True,
        has_password=command.password is not None,
        created=now,
    )
    made = replace(made, id=account_rows.add(unit, made, command.password))
    _tell(unit, command, EventKind.ACCOUNT_CREATED, None, made, now)
    return made


def change_accounts(
    unit: Unit, commands: Sequence[ChangeAccount], now: datetime
) -> list[Account | Refusal]:
    return [_change(unit, command, now) for command in commands]


def _change(unit: Unit, command: ChangeAccount, now: datetime) -> Account | Refusal:
    account = _operators_only(command.by) or _named(unit, command.account_id, command.email)
    if isinstance(account, Refusal):
        return account
    account_rows.lock(unit, account.id)
    after = _changed(unit, command, account)
    if isinstance(after, Refusal) or after == account:
        return after
    account_rows.change(unit, after)
    if not after.active:
        session_rows.end(unit, after.id)
        session_rows.remove_links(unit, after.id)
    _tell(unit, command, EventKind.ACCOUNT_CHANGED, account, after, now)
    return after


def _changed(unit: Unit, command: ChangeAccount, account: Account) -> Account | Refusal:
    if command.active is False and command.by.account_id == account.id:
        return invalid("active", "Nobody switches off the account they are signed in with.")
    after = account
    if not isinstance(command.name, Unset):
        if refusal := _wrong_name(command.name):
            return refusal
        after = replace(after, name=command.name.strip())
    if not isinstance(command.platform_keys, Unset):
        platform_ids = _platforms(unit, account.role, command.platform_keys)
        if isinstance(platform_ids, Refusal):
            return platform_ids
        after = replace(after, platform_ids=platform_ids)
    if not isinstance(command.active, Unset):
        after = replace(after, active=command.active)
    return after


def set_passwords(
    unit: Unit, commands: Sequence[SetPassword], now: datetime
) -> list[Account | Refusal]:
    return [_set_password(unit, command, now) for command in commands]


def _set_password(unit: Unit, command: SetPassword, now: datetime) -> Account | Refusal:
    account = _named(unit, command.account_id, command.email)
    if isinstance(account, Refusal):
        return account
    if not command.by.is_operator and command.by.account_id != account.id:
        return unknown_account()
    return _choose(unit, command, account, command.password, command.but_session_id, now)


def invite_accounts(
    unit: Unit, commands: Sequence[InviteAccount], now: datetime
) -> list[AccountInvited | Refusal]:
    return [_invite(unit, command, now) for command in commands]


def _invite(unit: Unit, command: InviteAccount, now: datetime) -> AccountInvited | Refusal:
    account = _named(unit, command.account_id, None)
    if isinstance(account, Refusal):
        return account
    if refusal := _operators_only(command.by):
        return refusal
    if not account.active:
        return invalid("active", "The account is switched off.")
    session_rows.remove_links(unit, account.id)
    text, expires = secrets.token_hex(TOKEN_BYTES), now + LINK_LIFE
    session_rows.add_link(unit, digest(text), account.id, now, expires)
    by = origin(command, now)
    after = {"expires": expires.isoformat()}
    kind = EventKind.ACCOUNT_INVITED
    events.add(unit, Event(kind, by, None, None, account.id, None, after))
    return AccountInvited(text, account, expires)


def accept_invitations(
    unit: Unit, commands: Sequence[AcceptInvitation], now: datetime
) -> list[Account | Refusal]:
    return [_accept(unit, command, now) for command in commands]


def _accept(unit: Unit, command: AcceptInvitation, now: datetime) -> Account | Refusal:
    account = invited_by(unit, command.text, now)
    if isinstance(account, Refusal):
        return account
    account_rows.lock(unit, account.id)
    if session_rows.remove_links(unit, account.id) == 0:
        return _no_link()  # somebody else was faster
    by_themselves = replace(command, by=replace(account.actor(), request_id=command.by.request_id))
    return _choose(unit, by_themselves, account, command.password, None, now)


def invited_by(unit: Unit, text: str, now: datetime) -> Account | Refusal:
    """The account whose password is chosen by a link."""
    account_id = session_rows.linked(unit, digest(text), now)
    account = None if account_id is None else account_rows.by_id(unit, account_id)
    return account if account is not None and account.active else _no_link()


def list_accounts(unit: Unit, actor: Actor) -> list[Account] | Refusal:
    """All accounts."""
    return _operators_only(actor) or account_rows.everyone(unit)


def platforms_of(unit: Unit, account: Account) -> list[Place]:
    """The platforms that somebody chooses from, by name."""
    found = [
        Place(each.id, each.key, each.name)
        for each in platform_rows.everyone(unit)
        if account.reaches(each.id)
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def managers_of(unit: Unit, reach: Reach) -> list[Account]:
    """Who manages the platform of a reach."""
    return [] if reach.platform_id is None else account_rows.of_platform(unit, reach.platform_id)


def _choose(
    unit: Unit,
    command: Command,
    account: Account,
    password: str,
    but_session_id: int | None,
    now: datetime,
) -> Account:
    account_rows.set_password(unit, account.id, password)
    session_rows.remove_links(unit, account.id)
    session_rows.end(unit, account.id, but=but_session_id)
    after = replace(account, has_password=True)
    by, facts = origin(command, now), {"has_password": True}
    before = {"has_password": account.has_password}
    kind = EventKind.ACCOUNT_PASSWORD_SET
    events.add(unit, Event(kind, by, None, None, account.id, before, facts))
    return after


def _named(unit: Unit, account_id: int | None, email: str | None) -> Account | Refusal:
    found = None
    if account_id is not None:
        found = account_rows.by_id(unit, account_id)
    elif email is not None:
        found = account_rows.by_email(unit, email)
    return found or unknown_account()


def _platforms(unit: Unit, role: Role, keys: Sequence[str]) -> tuple[int, ...] | Refusal:
    if role is Role.OPERATOR:
        if keys:
            return invalid("platform_keys", "An operator reaches all platforms and names none.")
        return ()
    if not keys:
        return invalid("platform_keys", "A manager has one platform at least.")
    found = platform_rows.by_keys(unit, keys)
    if set(keys) - found.keys():
        return unknown_platform()
    return tuple(sorted(each.id for each in found.values()))


def _wrong_name(name: str) -> Refusal | None:
    if 1 <= len(name.strip()) <= NAME_LENGTH_MAX:
        return None
    return invalid("name", f"A name has 1 to {NAME_LENGTH_MAX} characters.")


def _operators_only(actor: Actor) -> Refusal | None:
    if actor.is_operator:
        return None
    return Refusal(Code.FORBIDDEN, "Only an operator keeps accounts.")


def _no_link() -> Refusal:
    return invalid("link", "This link is not valid any more.")


def _tell(
    unit: Unit,
    command: Command,
    kind: EventKind,
    before: Account | None,
    after: Account,
    now: datetime,
) -> None:
    was, facts = (None, after.facts())
    if before is not None:
        was, facts = difference(before.facts(), after.facts())
    events.add(unit, Event(kind, origin(command, now), None, None, after.id, was, facts))
