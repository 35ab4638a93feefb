"""What may be asked of the outbox by whoever sweeps. None of it is part of history."""

from dataclasses import dataclass

from seatledger.domain.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetDeliveries(Command):
    """Forget deliveries that were over long ago. Answers how many; more may be left."""

    rows_max: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMessages(Command):
    """Forget messages that are old, and earlier what secret ones said. Answers how many."""

    rows_max: int = 1_000
