"""Rows of messages: what was told to whom, and what became of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from seatledger.domain import instant
from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import Learner, email_key
from seatledger.domain.message import MailState, Message, MessageKind, MessageStatus
from seatledger.storage import cursors
from seatledger.storage.cursors import Followed, Stretch
from seatledger.storage.delivery_tables import deliveries
from seatledger.storage.message_tables import SECRET
from seatledger.storage.message_tables import messages as table
from seatledger.storage.statement import Statement
from seatledger.storage.unit import Unit

_NEW = {
    "id": "bigint",
    "platform_id": "bigint",
    "learner_id": "bigint",
    "address": "text",
    "kind": "text",
    "item_kind": "text",
    "seq": "bigint",
    "subject": "text",
    "text": "text",
    "html": "text",
    "status": "text",
    "mail": "text",
    "created_at": "timestamptz",
    "modified_at": "timestamptz",
}
_NAMES = ", ".join(_NEW)
ADD = Statement(
    f"INSERT INTO messages ({_NAMES}) SELECT {_NAMES} FROM {{new_messages}} ORDER BY id",
    rows={"new_messages": _NEW},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFilter:
    """What a list of messages is narrowed to; None asks nothing."""

    learner_id: int | None = None
    kind: MessageKind | None = None
    mail: MailState | None = None


def add(unit: Unit, new: Iterable[Message]) -> None:
    rows = list(map(_row, new))
    if rows:
        unit.run(ADD, new_messages=rows)


def told_before(
    unit: Unit, platform_id: int, seqs: Collection[int]
) -> set[tuple[int, MessageKind, str]]:
    """Of some events: the number, kind and address of each message that was written already."""
    query = select(table.c.seq, table.c.kind, table.c.address).where(
        table.c.platform_id == platform_id, table.c.seq.in_(seqs)
    )
    rows = unit.select(query) if seqs else []
    return {(row.seq, MessageKind(row.kind), row.address) for row in rows}


def get(unit: Unit, reach: Reach, message_id: int) -> Message | None:
    rows = unit.select(_within(reach).where(table.c.id == message_id))
    return build(rows[0]) if rows else None


def lock(unit: Unit, reach: Reach, message_id: int) -> Message | None:
    """The message, locked until the transaction ends."""
    rows = unit.select(_within(reach).where(table.c.id == message_id).with_for_update())
    return build(rows[0]) if rows else None


def by_ids(unit: Unit, ids: Collection[int]) -> dict[int, Message]:
    rows = unit.select(select(table).where(table.c.id.in_(ids))) if ids else []
    return {row.id: build(row) for row in rows}


def follow(unit: Unit, reach: Reach, wanted: MessageFilter, stretch: Stretch) -> Followed[Message]:
    """The next messages, by id."""
    query = _within(reach)
    asked = {"learner_id": wanted.learner_id, "kind": wanted.kind, "mail": wanted.mail}
    for name, value in asked.items():
        if value is not None:
            query = query.where(table.c[name] == value)
    return cursors.follow(unit, query, table.c.id, stretch, build)


def note_mail(
    unit: Unit, message_id: int, state: MailState, why: str | None, sent: datetime | None
) -> None:
    """Record what became of the mail."""
    values = {"mail": state, "why": why, "sent_at": sent}
    unit.execute(update(table).where(table.c.id == message_id).values(values))


def blank(unit: Unit, message_id: int) -> None:
    """Forget what a message said."""
    unit.execute(update(table).where(table.c.id == message_id).values(text="", html=""))


def remove(unit: Unit, ids: Collection[int]) -> int:
    """Delete messages with what is noted of their delivery; answers how many."""
    unit.execute(delete(deliveries).where(deliveries.c.message_id.in_(ids)))
    return unit.execute(delete(table).where(table.c.id.in_(ids)))


def of_person(unit: Unit, learner: Learner) -> list[int]:
    """The ids of all messages to a person or their address, on all platforms."""
    theirs = (table.c.learner_id == learner.id) | (
        func.lower(table.c.address) == email_key(learner.email)
    )
    return [row.id for row in unit.select(select(table.c.id).where(theirs))]


def written_before(unit: Unit, moment: datetime, most: int) -> list[int]:
    """The ids of some messages that are older than a moment."""
    query = select(table.c.id).where(table.c.created_at < moment).limit(most)
    return [row.id for row in unit.select(query)]


def blank_secrets(unit: Unit, before: datetime) -> int:
    """Forget what secret messages said that are older than a moment."""
    old = update(table).where(table.c.created_at < before, SECRET)
    return unit.execute(old.values(text="", html=""))


def _within(reach: Reach) -> Select[Any]:
    query = select(table)
    if reach.platform_id is not None:
        query = query.where(table.c.platform_id == reach.platform_id)
    return query


def _row(message: Message) -> dict[str, Any]:
    """A message that was not mailed yet, as ADD takes it."""
    return {
        "id": message.id,
        "platform_id": message.platform_id,
        "learner_id": message.learner_id,
        "address": message.address,
        "kind": message.kind,
        "item_kind": message.item_kind,
        "seq": message.seq,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "status": message.status,
        "mail": message.mail,
        "created_at": instant.text(message.created),
        "modified_at": instant.text(message.modified),
    }


def build(row: Row[Any]) -> Message:
    said = row._mapping
    return Message(
        id=said["id"],
        platform_id=said["platform_id"],
        learner_id=said["learner_id"],
        address=said["address"],
        kind=MessageKind(said["kind"]),
        item_kind=None if said["item_kind"] is None else ItemKind(said["item_kind"]),
        seq=said["seq"],
        subject=said["subject"],
        text=said["text"],
        html=said["html"],
        status=MessageStatus(said["status"]),
        mail=MailState(said["mail"]),
        why=said["why"],
        created=said["created_at"],
        modified=said["modified_at"],
        sent=said["sent_at"],
    )
