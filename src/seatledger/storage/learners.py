"""Rows of learners: persons, known by id, username or e-mail address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Label, Text, select, update

from seatledger.domain.instant import text
from seatledger.domain.learner import Learner, email_key
from seatledger.storage.statement import Columns, Statement
from seatledger.storage.tables import learners
from seatledger.storage.types import Instant
from seatledger.storage.unit import Unit

_COLUMNS: Columns = {
    "id": BigInteger,
    "email": Text,
    "name": Text,
    "username": Text,
    "registered": Boolean,
    "created_at": Instant,
}
_OWN = ", ".join(f"l.{name}" for name in _COLUMNS)

# An id or a username finds only who is known to the platform that asks: a member, somebody who
# holds or held a seat there, or who is or was invited. An address is knowledge enough by itself.
# (No index has the expression `platform_id + 0`; else SQLite reads all the platform's seats instead
# of the learner's few.)
KNOWN = """
    (w.platform_id IS NULL
     OR EXISTS (SELECT 1 FROM members m
                WHERE m.platform_id = w.platform_id AND m.learner_id = l.id)
     OR EXISTS (SELECT 1 FROM seats s
                WHERE s.platform_id + 0 = w.platform_id AND s.learner_id = l.id)
     OR EXISTS (SELECT 1 FROM invitations v
                WHERE v.platform_id + 0 = w.platform_id AND v.learner_id = l.id))
"""
_FOUND = f"""
    SELECT {_OWN}, 'id' AS found_by, w.lock FROM w JOIN learners l ON l.id = w.id WHERE {KNOWN}
    UNION ALL
    SELECT {_OWN}, 'username', w.lock
    FROM w JOIN learners l ON l.username = w.username WHERE {KNOWN}
    UNION ALL
    SELECT {_OWN}, 'email', w.lock FROM w JOIN learners l ON l.email_key = w.email_key
"""
_PEOPLE = {
    "people": {
        "id": "bigint",
        "username": "text",
        "email_key": "text",
        "platform_id": "bigint",
        "lock": "boolean",
    }
}
_RETURNS = {**_COLUMNS, "found_by": Text}

NAMED = Statement(f"WITH w AS (SELECT * FROM {{people}}) {_FOUND}", rows=_PEOPLE, returns=_RETURNS)

# The same, and those who want it locked, in order of id. Counting the locked makes them be locked.
NAMED_AND_LOCKED = Statement(
    f"""
    WITH w AS (SELECT * FROM {{people}}),
    found AS ({_FOUND}),
    locked AS (
        SELECT l.id FROM learners l WHERE l.id IN (SELECT id FROM found WHERE found.lock)
        ORDER BY l.id {{lock}}
    )
    SELECT found.*, (SELECT COUNT(*) FROM locked) AS locked FROM found
    """,
    rows=_PEOPLE,
    locks="l",
    returns=_RETURNS,
)

ADD = Statement(
    """
    INSERT INTO learners (id, email_key, email, name, username, registered, created_at)
    SELECT id, email_key, email, name, username, registered, created_at FROM {new_learners}
    ORDER BY email_key
    """,
    rows={
        "new_learners": {
            "id": "bigint",
            "email_key": "text",
            "email": "text",
            "name": "text",
            "username": "text",
            "registered": "boolean",
            "created_at": "timestamptz",
        }
    },
)


@dataclass(slots=True)
class Named:
    """The learners that a batch names, by what it named them with (addresses by their key)."""

    by_id: dict[int, Learner] = field(default_factory=dict)
    by_username: dict[str, Learner] = field(default_factory=dict)
    by_email: dict[str, Learner] = field(default_factory=dict)


def named(unit: Unit, people: Iterable[Mapping[str, Any]]) -> Named:
    """Look up persons named by one of `id`, `username`, `email_key` each.

    A person named by id or username with a `platform_id` is found only if known to that platform.
    Other transactions that name a person with `lock` wait until this one ends, if it did so too.
    """
    found = Named()
    wanted = list(people)
    statement = NAMED_AND_LOCKED if any(each.get("lock") for each in wanted) else NAMED
    for row in unit.rows(statement, people=wanted) if wanted else []:
        learner = build(row)
        if row.found_by == "id":
            found.by_id[learner.id] = learner
        elif row.found_by == "username":
            found.by_username[str(learner.username)] = learner
        else:
            found.by_email[email_key(learner.email)] = learner
    return found


def write_row(learner: Learner) -> dict[str, Any]:
    """A new learner as ADD takes it."""
    return {
        "id": learner.id,
        "email_key": email_key(learner.email),
        "email": learner.email,
        "name": learner.name,
        "username": learner.username,
        "registered": learner.registered,
        "created_at": text(learner.created),
    }


def by_ids(unit: Unit, ids: Iterable[int]) -> dict[int, Learner]:
    rows = unit.select(select(*labelled("")).where(learners.c.id.in_(list(ids))))
    return {row.id: build(row) for row in rows}


def held(unit: Unit, ids: Iterable[int]) -> dict[int, Learner]:
    """The same, none of whom is erased before the transaction ends."""
    query = select(*labelled("")).where(learners.c.id.in_(list(ids))).order_by(learners.c.id)
    rows = unit.select(query.with_for_update(read=True, key_share=True))
    return {row.id: build(row) for row in rows}


def register(unit: Unit, learner_id: int) -> None:
    """Record that the person has an account now."""
    unit.execute(update(learners).where(learners.c.id == learner_id).values(registered=True))


def has_login(login: str) -> ColumnElement[bool]:
    """Whether a person shows this name where a username is expected (Learner.login)."""
    nameless = learners.c.username.is_(None) & (learners.c.email_key == email_key(login))
    return (learners.c.username == login) | nameless


def labelled(prefix: str) -> list[Label[Any]]:
    """The columns that `build` reads, under names that don't clash with those of other tables."""
    return [learners.c[name].label(prefix + name) for name in _COLUMNS]


def named_columns(table: str, prefix: str) -> str:
    """The same for a statement written as text."""
    return ", ".join(f"{table}.{name} AS {prefix}{name}" for name in _COLUMNS)


def typed_columns(prefix: str) -> dict[str, Any]:
    """The types of `named_columns`, as a statement's `returns` takes them."""
    return {prefix + name: type_ for name, type_ in _COLUMNS.items()}


def build(row: Any, prefix: str = "") -> Learner:
    return Learner(
        id=getattr(row, f"{prefix}id"),
        email=getattr(row, f"{prefix}email"),
        name=getattr(row, f"{prefix}name"),
        username=getattr(row, f"{prefix}username"),
        registered=getattr(row, f"{prefix}registered"),
        created=getattr(row, f"{prefix}created_at"),
    )
