"""What may be asked about requests that came with a key. None of it is part of history."""

from dataclasses import dataclass
from datetime import timedelta

from seatledger.domain.command import Command

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAnswer(Command):
    """Keep the answer to the request of a key, as it was sent. Answers with None.

    Nothing happens where no command of the request was carried out.
    """

    platform_id: int
    key: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetRepeats(Command):
    """Forget what is older than KEPT_FOR, at most `rows_max` rows. Answers how many it were."""

    rows_max: int = 1000
