"""Carry out what was not carried out before: commands of requests that may come twice (I7).

What came of a command is written in the transaction of what it did. Of two processes that carry
out the same one at the same time, the second meets the unique key, and then finds the outcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from seatledger.domain.command import Command
from seatledger.domain.refusal import Code, Refusal
from seatledger.domain.repeat import Repeat
from seatledger.storage import repeats as repeat_rows
from seatledger.storage.unit import Unit
from seatledger.usecases import outcomes
from seatledger.usecases.handlers import HANDLERS


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a command when it was carried out, at `at`."""

    outcome: Any
    at: datetime


def once(unit: Unit, commands: Sequence[Command], now: datetime) -> list[Any]:
    """What comes of commands of one kind; Replayed where it came of one before."""
    verb = HANDLERS[type(commands[0])].verb
    repeats = [command.repeat for command in commands if command.repeat is not None]
    if not repeats:
        return verb(unit, commands, now)
    stored = repeat_rows.find(unit, repeats)
    fresh = [each for each in commands if each.repeat is None or each.repeat.place not in stored]
    answers = iter(verb(unit, fresh, now) if fresh else ())
    told: list[Any] = []
    new: list[tuple[Repeat, str]] = []
    for command in commands:
        repeat = command.repeat
        if repeat is not None and repeat.place in stored:
            told.append(_replayed(repeat, stored[repeat.place]))
            continue
        outcome = next(answers)
        told.append(outcome)
        if repeat is not None:
            new.append((repeat, outcomes.written(outcome)))
    repeat_rows.add(unit, new, now)
    return told


def _replayed(repeat: Repeat, stored: repeat_rows.Stored) -> Replayed | Refusal:
    if stored.fingerprint != repeat.fingerprint:
        return key_reused()
    return Replayed(outcomes.read(stored.outcome), stored.at)


def key_reused() -> Refusal:
    """One key for two requests: whether the second is meant, nobody can tell."""
    return Refusal(
        Code.KEY_REUSED,
        "Another request had this key: a new request needs a new one.",
        field="Idempotency-Key",
    )
