"""Tell people in time, once each: of ends that come near, of seats and invitations left lying.

Telling is an event; whoever delivers events makes a mail or a call of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from seatledger.domain.event import Event, EventKind
from seatledger.domain.instant import text
from seatledger.domain.notice import GiveNotices, full_days
from seatledger.storage import events
from seatledger.storage import notices as notice_rows
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin


def give_notices(unit: Unit, commands: Sequence[GiveNotices], now: datetime) -> list[int]:
    """Each command looks at a number of things, and answers 0 when none are left."""
    return [
        _expiring(unit, each, now) + _not_begun(unit, each, now) + _not_taken_up(unit, each, now)
        for each in commands
    ]


def _expiring(unit: Unit, command: GiveNotices, now: datetime) -> int:
    """The latest notice that is due goes out; earlier ones that nobody gave in time do not.

    So an earlier one is not looked for before all have the later one.
    """
    looked_at = 0
    for days in sorted(set(command.days)):
        due = notice_rows.expiring(unit, now, days, command.at_once)
        told = notice_rows.tell(unit, due)
        for each in due:
            if each.seat_id in told and each.worth_telling:
                facts = {"ends_at": text(each.ends), "days": each.days_left(now)}
                _record(
                    unit,
                    command,
                    now,
                    EventKind.SEAT_EXPIRING,
                    each.platform_id,
                    each.seat_id,
                    facts,
                )
        looked_at += len(due)
        if len(due) == command.at_once:
            break
    return looked_at


def _not_begun(unit: Unit, command: GiveNotices, now: datetime) -> int:
    days = command.reminder_days
    if not days:
        return 0
    due = notice_rows.not_begun(unit, now, days, command.at_once)
    reminded = notice_rows.remind(unit, "seat", ((each.platform_id, each.id) for each in due))
    for each in due:
        if each.id in reminded:
            _record(
                unit,
                command,
                now,
                EventKind.SEAT_REMINDED,
                each.platform_id,
                each.id,
                {"days": full_days(each.starts, now)},
            )
    return len(due)


def _not_taken_up(unit: Unit, command: GiveNotices, now: datetime) -> int:
    days = command.invitation_days
    if not days:
        return 0
    due = notice_rows.not_taken_up(unit, now, days, command.at_once)
    reminded = notice_rows.remind(unit, "invitation", ((each.platform_id, each.id) for each in due))
    for each in due:
        if each.id in reminded:
            facts = {
                "learner_id": each.learner_id,
                "item_id": each.item_id,
                "redirect_to": each.redirect_to,
                "ends_at": text(each.ends),
                "days": full_days(each.created, now),
            }
            _record(
                unit, command, now, EventKind.INVITATION_REMINDED, each.platform_id, each.id, facts
            )
    return len(due)


def _record(
    unit: Unit,
    command: GiveNotices,
    now: datetime,
    kind: EventKind,
    platform_id: int,
    subject_id: int,
    facts: Mapping[str, object],
) -> None:
    """It is no event of the pool: nothing of the pool or of the seat is changed."""
    by = origin(command, now)
    events.add(unit, Event(kind, by, platform_id, None, subject_id, None, facts))
