"""All that the tables keep of one person: read out, or blanked.

Which tables those are is read from the schema: every one with a `learner_id`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, union, update

from seatledger.domain.actor import Reach
from seatledger.domain.job import RowTold
from seatledger.domain.learner import Learner, email_key
from seatledger.domain.message import MessageKind
from seatledger.domain.privacy import blank, names
from seatledger.storage import invitations as invitation_rows
from seatledger.storage import job_chunks as chunk_rows
from seatledger.storage.columns import metadata
from seatledger.storage.event_lists import of_learner
from seatledger.storage.invitation_tables import invitations
from seatledger.storage.job_tables import job_chunks
from seatledger.storage.message_tables import messages
from seatledger.storage.repeat_tables import repeats
from seatledger.storage.suggestion_tables import suggestions
from seatledger.storage.tables import events, learners, members, seats
from seatledger.storage.unit import Unit

HIDDEN = {"digest"}  # of a token: no use to anybody but the holder, who has the token itself

NOTES = ("metadata", "enrolment_config")  # of facts: what may say anything


def platform_ids(unit: Unit, learner_id: int) -> list[int]:
    """The platforms that know a person: as a member, for a seat there ever was, or as invited."""
    known = [
        select(table.c.platform_id).where(table.c.learner_id == learner_id)
        for table in (members, seats, invitations)
    ]
    return sorted(row.platform_id for row in unit.select(union(*known)))


def of_learner_by_table(
    unit: Unit, reach: Reach, learner_id: int
) -> dict[str, list[dict[str, Any]]]:
    """The rows about a person, by table, and what history says of them."""
    found = {
        name: _rows(unit, table, reach, table.c.learner_id == learner_id)
        for name, table in sorted(metadata.tables.items())
        if "learner_id" in table.c
    }
    return {**found, "events": _rows(unit, events, reach, of_learner(learner_id))}


def _rows(
    unit: Unit, table: Table, reach: Reach, condition: ColumnElement[bool]
) -> list[dict[str, Any]]:
    if reach.platform_id is not None:
        condition = and_(condition, table.c.platform_id == reach.platform_id)
    query = select(table).where(condition).order_by(*table.primary_key.columns)
    return [
        {name: value for name, value in _open(table, row._mapping).items() if name not in HIDDEN}
        for row in unit.select(query)
    ]


def _open(table: Table, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row, but for the body of a message that nobody else than its receiver is to read."""
    if table is messages and MessageKind(row["kind"]).is_secret:
        return {**row, "text": "", "html": ""}
    return row


def replace_person(unit: Unit, stone: Learner) -> None:
    """Put a tombstone where a person was."""
    values = {
        "email_key": email_key(stone.email),
        "email": stone.email,
        "name": stone.name,
        "username": stone.username,
        "registered": stone.registered,
    }
    unit.execute(update(learners).where(learners.c.id == stone.id).values(values))


def blank_notes(unit: Unit, learner_id: int) -> None:
    """Forget what others noted on what is a person's: in the rows, and in history all the same."""
    for table in metadata.tables.values():
        if "learner_id" in table.c and "metadata" in table.c:
            unit.execute(update(table).where(table.c.learner_id == learner_id).values(metadata={}))
    invitation_rows.blank_texts(unit, learner_id)
    query = select(events.c.id, events.c.before, events.c.after).where(of_learner(learner_id))
    for row in unit.select(query):
        before, after = _unnoted(row.before), _unnoted(row.after)
        if (before, after) != (row.before, row.after):
            change = update(events).where(events.c.id == row.id)
            unit.execute(change.values(before=before, after=after))


def _unnoted(facts: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if not facts:
        return facts
    return {**facts, **{name: {} for name in NOTES if facts.get(name)}}


def blank_suggestors(unit: Unit, person: Learner) -> None:
    """Forget by whom suggestions to a person were made, and those that name the person for it."""
    said, words = suggestions.c.suggested_by, list(_words(person))
    theirs = or_(
        suggestions.c.learner_id == person.id,
        said.in_(words),
        func.lower(said).in_([word.lower() for word in words]),
    )
    unit.execute(update(suggestions).where(said.is_not(None), theirs).values(suggested_by=None))


def blank_answers(unit: Unit, person: Learner) -> None:
    """Forget the kept answers that name a person."""
    texts = (repeats.c.outcome, repeats.c.answer)
    named = [each.icontains(value, autoescape=True) for each in texts for value in _words(person)]
    unit.execute(delete(repeats).where(or_(*named)))


def blank_files(unit: Unit, person: Learner) -> None:
    """Blank the rows of imported files that name a person; those still to be tried won't be."""
    named = [job_chunks.c.rows.icontains(word, autoescape=True) for word in _words(person)]
    for row in unit.select(select(job_chunks).where(or_(*named))):
        asked, told = chunk_rows.unpacked(row)
        theirs = [names(each, person) for each in asked]
        asked = [blank(each) if mine else each for each, mine in zip(asked, theirs, strict=True)]
        if told is not None:
            pairs = zip(told, theirs, strict=True)
            told = [_unreasoned(each) if mine else each for each, mine in pairs]
        chunk_rows.rewrite(unit, row, asked, told)


def _unreasoned(told: RowTold) -> RowTold:
    return RowTold(told.outcome, told.seat_id, told.code)


def _words(person: Learner) -> Iterable[str]:
    return [word for word in (person.email, person.username, person.name) if word]
