"""What may be asked of a seat that is to change hands."""

from dataclasses import dataclass

from seatledger.domain.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSeat(Command):
    """Pass a seat on to another learner, who gets a new one in its place. Answers with Moved.

    The other is named as in AssignSeat. With `keep_end` the new seat ends when the old one would
    have; else it follows its pool. `if_version`, where given, must be the old seat's version.
    """

    seat_id: int
    learner_id: int | None = None
    username: str | None = None
    email: str | None = None
    name: str | None = None
    keep_end: bool = True
    one_per_item: bool = False
    check_domain: bool = False
    if_version: str | None = None
