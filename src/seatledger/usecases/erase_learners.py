"""Tell a person everything that is kept about them, and forget it on request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.actor import Actor, Reach
from seatledger.domain.command import SaveGroup
from seatledger.domain.event import Event, EventKind
from seatledger.domain.learner import Learner
from seatledger.domain.privacy import Erased, EraseLearner, tombstone
from seatledger.domain.refusal import Code, Refusal, unknown_learner
from seatledger.domain.seat import EndReason, Seat
from seatledger.domain.waiting import seat_waiters
from seatledger.storage import events, ledger, personal
from seatledger.storage import groups as group_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import messages as message_rows
from seatledger.storage import pools as pool_rows
from seatledger.storage import seats as seat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.keep_invitations import withdraw_invitations_of
from seatledger.usecases.opening import open_book, origin
from seatledger.usecases.request_access import close_requests_of
from seatledger.usecases.save_groups import save_groups
from seatledger.usecases.withdraw_suggestions import withdraw_all


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person, and the rows about them by table, as they are stored."""

    learner: Learner
    rows: dict[str, list[dict[str, Any]]]


def export_learner(unit: Unit, reach: Reach, learner_id: int) -> Dossier | Refusal:
    """Everything that is kept about a person, as far as the reach goes."""
    learner = _known(unit, reach, learner_id)
    if isinstance(learner, Refusal):
        return learner
    return Dossier(learner, personal.of_learner_by_table(unit, reach, learner_id))


def erase_learners(
    unit: Unit, commands: Sequence[EraseLearner], now: datetime
) -> list[Erased | Refusal]:
    return [_erase(unit, command, now) for command in commands]


def _erase(unit: Unit, command: EraseLearner, now: datetime) -> Erased | Refusal:
    person = _known(unit, command.by.reach, command.learner_id)
    if isinstance(person, Refusal):
        return person
    platforms = personal.platform_ids(unit, person.id)
    if refusal := _known_elsewhere(command.by, platforms):
        return refusal
    stone = tombstone(person)
    if stone == person:
        return Erased(stone, 0)
    held = len(_held(unit, person.id, platforms))
    for group_id in group_rows.of_member(unit, person.id):
        save_groups(unit, [SaveGroup(command.by, group_id=group_id, leaving_ids=(person.id,))], now)
    _end_seats(unit, command, platforms, now)
    withdraw_all(unit, origin(command, now), learner_id=person.id)
    withdraw_invitations_of(unit, command, person.id, platforms, now)
    close_requests_of(unit, command, person.id, platforms, now)
    personal.blank_notes(unit, person.id)
    personal.blank_suggestors(unit, person)
    personal.blank_answers(unit, person)
    personal.blank_files(unit, person)
    message_rows.remove(unit, message_rows.of_person(unit, person))
    personal.replace_person(unit, stone)
    by = origin(command, now)
    kind = EventKind.LEARNER_ERASED
    events.add(unit, *(Event(kind, by, each, None, person.id, None, {}) for each in platforms))
    return Erased(stone, held)


def _known(unit: Unit, reach: Reach, learner_id: int) -> Learner | Refusal:
    wanted = {"id": learner_id, "platform_id": reach.platform_id, "lock": True}
    return learner_rows.named(unit, [wanted]).by_id.get(learner_id) or unknown_learner()


def _known_elsewhere(actor: Actor, platform_ids: Sequence[int]) -> Refusal | None:
    if all(actor.reach.covers(each) for each in platform_ids):
        return None
    return Refusal(
        Code.FORBIDDEN, "Other platforms know this person too: only an operator may erase them."
    )


def _held(unit: Unit, learner_id: int, platform_ids: Sequence[int]) -> list[Seat]:
    """What the person holds, live or suspended."""
    return [
        seat
        for platform_id in platform_ids
        for seat in seat_rows.standing_of_learner(unit, platform_id, learner_id)
    ]


def _end_seats(
    unit: Unit, command: EraseLearner, platform_ids: Sequence[int], now: datetime
) -> None:
    """Take back all that the person holds; places that come free go to who waits."""
    held = _held(unit, command.learner_id, platform_ids)
    pools = pool_rows.lock(unit, {seat.pool_id for seat in held})
    holders = [(pool, command.learner_id) for pool in pools.values()]
    book = open_book(unit, now, pools, holders=holders, freeing=pools)
    by = origin(command, now)
    for pool_id in pools:
        seat = book.standing(pool_id, command.learner_id)
        if seat is not None:
            book.end(seat, EndReason.REVOKED, by)
            seat_waiters(book, pool_id, by)
    ledger.write(unit, book)
