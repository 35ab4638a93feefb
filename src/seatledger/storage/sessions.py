"""Rows of sessions, of links that choose a password, and of tries to sign in."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from seatledger.domain import instant
from seatledger.domain.account import Account, Session
from seatledger.storage import accounts as account_rows
from seatledger.storage.statement import Statement
from seatledger.storage.tables import account_links, sessions, sign_in_tries
from seatledger.storage.types import Document
from seatledger.storage.unit import Unit


def by_digest(unit: Unit, digest: str) -> Session | None:
    rows = unit.select(select(sessions).where(sessions.c.digest == digest))
    if not rows:
        return None
    account = account_rows.by_id(unit, rows[0].account_id)
    return None if account is None else _session(rows[0], account)


def of_account(unit: Unit, account: Account) -> list[Session]:
    """The sessions of an account, the latest used first."""
    query = select(sessions).where(sessions.c.account_id == account.id)
    rows = unit.select(query.order_by(sessions.c.seen_at.desc(), sessions.c.id.desc()))
    return [_session(row, account) for row in rows]


def add(unit: Unit, digest: str, account: Account, agent: str, now: datetime) -> Session:
    change = insert(sessions).values(
        digest=digest, account_id=account.id, agent=agent, created_at=now, seen_at=now
    )
    return _session(unit.select(change.returning(*sessions.c))[0], account)


def see(unit: Unit, session_id: int, now: datetime) -> None:
    unit.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))


def end(unit: Unit, account_id: int, *, only: int | None = None, but: int | None = None) -> int:
    """End sessions of an account; answers how many."""
    change = delete(sessions).where(sessions.c.account_id == account_id)
    if only is not None:
        change = change.where(sessions.c.id == only)
    if but is not None:
        change = change.where(sessions.c.id != but)
    return unit.execute(change)


def forget(unit: Unit, unused_since: datetime) -> None:
    """Remove sessions that were not used since."""
    unit.execute(delete(sessions).where(sessions.c.seen_at < unused_since))


def add_link(unit: Unit, digest: str, account_id: int, now: datetime, expires: datetime) -> int:
    change = insert(account_links).values(
        digest=digest, account_id=account_id, created_at=now, expires_at=expires
    )
    return int(unit.select(change.returning(account_links.c.id))[0].id)


def linked(unit: Unit, digest: str, now: datetime) -> int | None:
    """The id of the account whose password a link chooses, if it still does."""
    rows = unit.select(
        select(account_links.c.account_id).where(
            account_links.c.digest == digest, account_links.c.expires_at > now
        )
    )
    return int(rows[0].account_id) if rows else None


def remove_links(unit: Unit, account_id: int) -> int:
    return unit.execute(delete(account_links).where(account_links.c.account_id == account_id))


_WANTED = {"wanted": {"subject": "text"}}
LOCK_TRIES = Statement(
    """
    SELECT t.subject, t.tries FROM sign_in_tries t
    JOIN {wanted} ON wanted.subject = t.subject ORDER BY t.subject {lock}
    """,
    rows=_WANTED,
    locks="t",
    returns={"tries": Document},
)
ADD_TRIES = Statement(
    """
    INSERT INTO sign_in_tries (subject, tries, last_at)
    SELECT subject, '[]', :now FROM {wanted} WHERE true ORDER BY subject
    ON CONFLICT (subject) DO NOTHING
    """,
    rows=_WANTED,
)


def lock_tries(unit: Unit, subjects: Iterable[str], now: datetime) -> dict[str, list[datetime]]:
    """When each was tried, locked until the transaction ends, in order."""
    wanted = [{"subject": subject} for subject in sorted(set(subjects))]
    unit.run(ADD_TRIES, wanted=wanted, now=instant.text(now))
    return {
        row.subject: [instant.read(each) for each in row.tries]
        for row in unit.rows(LOCK_TRIES, wanted=wanted)
    }


def write_tries(unit: Unit, subject: str, tries: Collection[datetime], now: datetime) -> None:
    values = {"tries": [instant.text(each) for each in tries], "last_at": now}
    unit.execute(update(sign_in_tries).where(sign_in_tries.c.subject == subject).values(values))


def forget_tries(unit: Unit, subject: str | None, before: datetime) -> None:
    """Remove the tries of one subject, and all that are older."""
    old: ColumnElement[bool] = sign_in_tries.c.last_at < before
    if subject is not None:
        old |= sign_in_tries.c.subject == subject
    unit.execute(delete(sign_in_tries).where(old))


def _session(row: Row[Any], account: Account) -> Session:
    return Session(row.id, account, row.agent, row.created_at, row.seen_at)
