"""Rows of accounts, each with the platforms of its manager."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from seatledger.domain.account import Account
from seatledger.domain.actor import Role
from seatledger.domain.learner import email_key
from seatledger.storage.tables import account_platforms, accounts
from seatledger.storage.unit import Unit


def by_id(unit: Unit, account_id: int) -> Account | None:
    return next(iter(_find(unit, accounts.c.id == account_id)), None)


def by_email(unit: Unit, email: str) -> Account | None:
    return next(iter(_find(unit, accounts.c.email_key == email_key(email))), None)


def everyone(unit: Unit) -> list[Account]:
    return _find(unit)


def of_platform(unit: Unit, platform_id: int) -> list[Account]:
    """The managers of a platform."""
    theirs = select(account_platforms.c.account_id).where(
        account_platforms.c.platform_id == platform_id
    )
    return _find(unit, accounts.c.id.in_(theirs))


def password_of(unit: Unit, account_id: int) -> str | None:
    """The hash of an account's password."""
    rows = unit.select(select(accounts.c.password).where(accounts.c.id == account_id))
    password: str | None = rows[0].password if rows else None
    return password


def lock(unit: Unit, account_id: int) -> None:
    """Keep others from changing an account until the transaction ends."""
    unit.select(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())


def add(unit: Unit, account: Account, password: str | None) -> int:
    """A new account; answers its id."""
    change = insert(accounts).values(
        email_key=email_key(account.email),
        email=account.email,
        name=account.name,
        role=account.role,
        password=password,
        active=account.active,
        created_at=account.created,
    )
    account_id = int(unit.select(change.returning(accounts.c.id))[0].id)
    _put(unit, account_id, account.platform_ids)
    return account_id


def change(unit: Unit, account: Account) -> None:
    values = {"name": account.name, "active": account.active}
    unit.execute(update(accounts).where(accounts.c.id == account.id).values(values))
    unit.execute(delete(account_platforms).where(account_platforms.c.account_id == account.id))
    _put(unit, account.id, account.platform_ids)


def set_password(unit: Unit, account_id: int, password: str) -> None:
    unit.execute(update(accounts).where(accounts.c.id == account_id).values(password=password))


def _put(unit: Unit, account_id: int, platform_ids: Collection[int]) -> None:
    rows = [{"platform_id": each, "account_id": account_id} for each in sorted(platform_ids)]
    if rows:
        unit.execute(insert(account_platforms).values(rows))


def _find(unit: Unit, *conditions: ColumnElement[bool]) -> list[Account]:
    return _whole(unit, unit.select(select(accounts).where(*conditions).order_by(accounts.c.id)))


def _whole(unit: Unit, rows: Sequence[Row[Any]]) -> list[Account]:
    platforms: dict[int, list[int]] = {row.id: [] for row in rows}
    if platforms:
        query = (
            select(account_platforms)
            .where(account_platforms.c.account_id.in_(platforms))
            .order_by(account_platforms.c.platform_id)
        )
        for row in unit.select(query):
            platforms[row.account_id].append(row.platform_id)
    return [
        Account(
            id=row.id,
            email=row.email,
            name=row.name,
            role=Role(row.role),
            platform_ids=tuple(platforms[row.id]),
            active=row.active,
            has_password=row.password is not None,
            created=row.created_at,
        )
        for row in rows
    ]
