"""What becomes of a person who asks to be forgotten: a tombstone in their place.

History knows people by their ids alone, so that it can be kept to the last event.
"""

from dataclasses import dataclass, replace

from seatledger.domain.actor import service_address
from seatledger.domain.command import Command
from seatledger.domain.job import RowAsked
from seatledger.domain.learner import Learner


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseLearner(Command):
    """End all a learner holds, and replace what tells who they were. Answers with Erased.

    A manager may where no other platform knows the person.
    """

    learner_id: int


@dataclass(frozen=True, slots=True)
class Erased:
    """The tombstone, and how many seats ended for it."""

    learner: Learner
    seats_ended: int


def tombstone(learner: Learner) -> Learner:
    """The same id with nothing personal; its address can't be mailed to, nor given to anybody."""
    return replace(
        learner,
        email=service_address(f"erased-{learner.id}"),
        name="",
        username=None,
        registered=False,
    )


def names(row: RowAsked, learner: Learner) -> bool:
    """Whether a row of a file is about them: by address, by username, or by their whole name."""
    wanted = {learner.email, learner.username or "", learner.name} - {""}
    spelled = {value.casefold() for value in wanted}
    fields = {field.strip().casefold() for field in (*row.original, row.email or "")}
    return bool(spelled & fields)


def blank(row: RowAsked) -> RowAsked:
    """The row without what it said; where it was not tried yet, it won't be."""
    return RowAsked(row.line, ("",) * len(row.original), unreadable="This person was erased.")
