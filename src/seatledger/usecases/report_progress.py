"""Record how far learners have come, for whoever asks the ledger about its learners."""

from collections.abc import Sequence
from datetime import datetime

from seatledger.domain.actor import Reach
from seatledger.domain.command import ReportProgress
from seatledger.domain.event import Event, EventKind
from seatledger.domain.progress import Progress
from seatledger.domain.refusal import (
    Refusal,
    invalid,
    unknown_item,
    unknown_learner,
    unknown_platform,
)
from seatledger.storage import events
from seatledger.storage import items as item_rows
from seatledger.storage import learners as learner_rows
from seatledger.storage import platforms as platform_rows
from seatledger.storage import progress as progress_rows
from seatledger.storage.progress import Key
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin


def report_progress(
    unit: Unit, commands: Sequence[ReportProgress], now: datetime
) -> list[Progress | Refusal]:
    """Each report replaces the one before it; one that says nothing new leaves no event."""
    return [_report(unit, command, now) for command in commands]


def _report(unit: Unit, command: ReportProgress, now: datetime) -> Progress | Refusal:
    key = _key(unit, command)
    if isinstance(key, Refusal):
        return key
    if not 0 <= command.percent <= 100:
        return invalid("percent", "Progress is a number from 0 to 100.")
    after = Progress(float(command.percent), command.completed)
    before = progress_rows.lock(unit, key)
    if after == before:
        return after
    (progress_rows.add if before is None else progress_rows.change)(unit, key, after, now)
    platform_id, learner_id, item_id = key
    event = Event(
        EventKind.PROGRESS_REPORTED,
        origin(command, now),
        platform_id,
        None,
        learner_id,
        None if before is None else {"item_id": item_id, **before.facts()},
        {"item_id": item_id, **after.facts()},
    )
    events.add(unit, event)
    return after


def _key(unit: Unit, command: ReportProgress) -> Key | Refusal:
    """What the report is about: a learner whom the platform knows, and an item that it has."""
    platform = platform_rows.by_key(unit, command.platform_key)
    if platform is None or not command.by.reach.covers(platform.id):
        return unknown_platform()
    person = {"id": command.learner_id, "platform_id": platform.id}
    if command.learner_id not in learner_rows.named(unit, [person]).by_id:
        return unknown_learner()
    reach = Reach(platform.id)
    found = item_rows.find(unit, reach, command.item_kind, key=command.item_key)
    return (platform.id, command.learner_id, found[0].item.id) if found else unknown_item()
