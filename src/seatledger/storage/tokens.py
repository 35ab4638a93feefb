"""Rows of tokens: only digests of their texts are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Row, Select, Text, delete, insert, select

from seatledger.domain.actor import Reach, Role, service_address
from seatledger.domain.learner import Learner
from seatledger.storage import cursors
from seatledger.storage import learners as learner_rows
from seatledger.storage.cursors import Stretch
from seatledger.storage.statement import Statement
from seatledger.storage.tables import learners, members, platforms, tokens
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit

BY_DIGEST = Statement(
    f"""
    SELECT t.id, t.digest, t.name, t.role, t.platform_id, t.expires_at, t.created_at,
           m.active AS owner_active, p.key AS platform_key, p.org AS platform_org,
           {learner_rows.named_columns("l", "person_")}
    FROM tokens t
    LEFT JOIN platforms p ON p.id = t.platform_id
    LEFT JOIN learners l ON l.id = t.learner_id
    LEFT JOIN members m ON m.platform_id = t.platform_id AND m.learner_id = t.learner_id
    WHERE t.digest IN (SELECT digest FROM {{wanted}})
    """,
    rows={"wanted": {"digest": "text"}},
    returns={
        "id": BigInteger,
        "digest": Text,
        "name": Text,
        "role": Text,
        "platform_id": BigInteger,
        "expires_at": Instant,
        "created_at": Instant,
        "owner_active": Boolean,
        "platform_key": Text,
        "platform_org": Text,
        **learner_rows.typed_columns("person_"),
    },
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its text, which is known only to who was given it."""

    id: int
    name: str
    role: Role
    platform_id: int | None
    platform_key: str | None
    platform_org: str | None
    expires: datetime | None
    created: datetime
    owner: Learner | None = None
    owner_left: bool = False  # the owner's tie to the platform was made inactive

    @property
    def login(self) -> str:
        """The name of who it speaks for: its owner's, or its own address."""
        return service_address(f"token-{self.id}") if self.owner is None else self.owner.login


def by_digest(unit: Unit, digests: Iterable[str]) -> dict[str, Token]:
    rows = unit.rows(BY_DIGEST, wanted=[{"digest": digest} for digest in digests])
    return {row.digest: _token(row) for row in rows}


def by_name(unit: Unit, platform_id: int | None, name: str) -> Token | None:
    found = find(unit, tokens.c.name == name, _of(platform_id))
    return found[0] if found else None


def everyone(unit: Unit) -> list[Token]:
    return find(unit)


def of_platform(unit: Unit, platform_id: int | None) -> list[Token]:
    """A platform's tokens; of None, the operators'."""
    return find(unit, _of(platform_id))


def get(unit: Unit, reach: Reach, token_id: int) -> Token | None:
    """A token of a platform; within a reach without bounds, an operators' too."""
    found = find(unit, tokens.c.id == token_id, *_within(reach))
    return found[0] if found else None


def follow(unit: Unit, reach: Reach, stretch: Stretch) -> cursors.Followed[Token]:
    """The next tokens within reach, by id."""
    query = _query().where(*_within(reach))
    return cursors.follow(unit, query, tokens.c.id, stretch, _token)


def find(unit: Unit, *conditions: ColumnElement[bool]) -> list[Token]:
    query = _query().where(*conditions).order_by(tokens.c.id)
    return [_token(row) for row in unit.select(query)]


def _query() -> Select[Any]:
    query = select(
        tokens,
        platforms.c.key.label("platform_key"),
        platforms.c.org.label("platform_org"),
        members.c.active.label("owner_active"),
        *learner_rows.labelled("person_"),
    ).join_from(tokens, platforms, platforms.c.id == tokens.c.platform_id, isouter=True)
    query = query.join(learners, learners.c.id == tokens.c.learner_id, isouter=True)
    tie = (members.c.platform_id == tokens.c.platform_id) & (
        members.c.learner_id == tokens.c.learner_id
    )
    return query.join(members, tie, isouter=True)


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    return [] if reach.platform_id is None else [_of(reach.platform_id)]


def add(
    unit: Unit,
    *,
    digest: str,
    name: str,
    role: Role,
    platform_id: int | None,
    expires: datetime | None,
    created: datetime,
    learner_id: int | None = None,
) -> int:
    change = insert(tokens).values(
        digest=digest,
        name=name,
        role=role,
        platform_id=platform_id,
        expires_at=expires,
        created_at=created,
        learner_id=learner_id,
    )
    return int(unit.select(change.returning(tokens.c.id))[0].id)


def remove(unit: Unit, token_id: int) -> None:
    unit.execute(delete(tokens).where(tokens.c.id == token_id))


def _of(platform_id: int | None) -> ColumnElement[bool]:
    column = tokens.c.platform_id
    return column.is_(None) if platform_id is None else column == platform_id


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        platform_id=row.platform_id,
        platform_key=row.platform_key,
        platform_org=row.platform_org,
        expires=row.expires_at,
        created=row.created_at,
        owner=None if row.person_id is None else learner_rows.build(row, "person_"),
        owner_left=row.owner_active is False,
    )
