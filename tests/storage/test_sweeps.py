"""What the worker looks for again and again is found by index, however much else there is."""

from collections.abc import Callable

import pytest

from seatledger.domain.actor import Reach
from seatledger.domain.item import ItemKind
from seatledger.domain.message import MessageKind
from seatledger.storage import invitations, messages, notices
from seatledger.storage.engine import Database
from seatledger.storage.message_tables import SECRET
from seatledger.storage.unit import Unit
from tests.support.cast import NOON
from tests.support.plans import plans_of

LOOKED_FOR: dict[str, tuple[Callable[[Unit], object], str]] = {
    "secrets": (lambda unit: messages.blank_secrets(unit, NOON), "ix_messages_secret"),
    "reminders": (lambda unit: notices.not_taken_up(unit, NOON, 7, 9), "ix_invitations_pending"),
    "blank": (
        lambda unit: invitations.lock_blank(unit, Reach(1), ItemKind.COURSE, None, "fair", NOON),
        "ix_invitations_blank",
    ),
}


@pytest.mark.parametrize("what", LOOKED_FOR)
def test_it_is_found_by_index(database: Database, what: str) -> None:
    work, index = LOOKED_FOR[what]
    steps = plans_of(database, work)
    assert any(index in step for step in steps), steps


@pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)  # PostgreSQL plans by statistics
def test_sqlite_reads_those_seats_alone_that_end_or_whose_pool_does(database: Database) -> None:
    steps = plans_of(database, lambda unit: notices.expiring(unit, NOON, 7, 9))
    seats = [step for step in steps if " seats " in step]
    assert [step.partition(" USING INDEX ")[2] for step in seats] == [
        "ix_seats_overdue (ends_at>? AND ends_at<?)",
        "ix_seats_oldest (pool_id=?)",
    ]


def test_the_index_of_secrets_knows_all_kinds_of_them() -> None:
    secret = [kind for kind in MessageKind if kind.is_secret]
    assert [f"kind = '{kind}'" for kind in secret] == [SECRET.text.split(" AND ")[0]]
