"""Record how far learners have come, and tell it to whoever asks the ledger about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from seatledger.domain.actor import Actor
from seatledger.domain.event import Event, EventKind
from seatledger.domain.item import ItemKind
from seatledger.domain.learner import email_key
from seatledger.domain.people_command import ReportProgress, ReportProgressOfMany
from seatledger.domain.platform import Platform
from seatledger.domain.progress import NOT_STARTED, Outcome, Progress, Reported, report
from seatledger.domain.refusal import (
    Refusal,
    invalid,
    unknown_item,
    unknown_learner,
    unknown_platform,
)
from seatledger.storage import platforms as platform_rows
from seatledger.storage import progress as progress_rows
from seatledger.storage.progress import Key
from seatledger.storage.unit import Unit
from seatledger.usecases.opening import origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAsked:
    """Whose progress in what is asked for: of a learner named by `learner_id` or `email`."""

    by: Actor
    platform_key: str
    learner_id: int | None = None
    email: str | None = None
    item_kind: ItemKind
    item_key: str


Subject: TypeAlias = ReportProgress | ProgressAsked


def report_progress(
    unit: Unit, commands: Sequence[ReportProgress], now: datetime
) -> list[Reported | Refusal]:
    """Record reports in order; a refusal leaves its neighbours alone.

    A few statements for all of them. Rows are locked in order of key and new ones made in that
    order, so that two batches never wait for each other in a circle.
    """
    keys = list(map(_checked, commands, _keys(unit, commands)))
    before = progress_rows.lock(unit, (key for key in keys if not isinstance(key, Refusal)))
    after: dict[Key, Progress] = {}
    history: list[Event] = []

    def decide(command: ReportProgress, key: Key | Refusal) -> Reported | Refusal:
        if isinstance(key, Refusal):
            return key
        known = after.get(key) or before.get(key)
        percent = float(command.percent)
        told = Progress(percent, command.completed, command.last_opened, command.at)
        reported = report(known, told, now)
        if reported.outcome is not Outcome.OUTDATED:
            after[key] = reported.progress
        if reported.outcome is Outcome.RECORDED:
            history.append(_event(command, key, known, reported.progress, now))
        return reported

    outcomes = list(map(decide, commands, keys))
    progress_rows.write(unit, before, after, history, now)
    return outcomes


def report_progress_of_many(
    unit: Unit, commands: Sequence[ReportProgressOfMany], now: datetime
) -> list[list[Reported | Refusal]]:
    """Each command's reports, in order."""
    outcomes = iter(report_progress(unit, [r for each in commands for r in each.reports], now))
    return [[next(outcomes) for _ in each.reports] for each in commands]


def get_progress(unit: Unit, asked: ProgressAsked) -> Progress | Refusal:
    """What was reported last; NOT_STARTED where nothing was."""
    key = _keys(unit, [asked])[0]
    if isinstance(key, Refusal):
        return key
    return progress_rows.read(unit, [key]).get(key, NOT_STARTED)


def _checked(command: ReportProgress, key: Key | Refusal) -> Key | Refusal:
    if isinstance(key, Refusal) or 0 <= command.percent <= 100:
        return key
    return invalid("percent", "Progress is a number from 0 to 100.")


def _keys(unit: Unit, commands: Sequence[Subject]) -> list[Key | Refusal]:
    """What each report is about: a learner whom the platform knows, and an item that it has."""
    platforms = _platforms(unit, commands)
    found = progress_rows.subjects(
        unit,
        [
            {
                "nth": nth,
                "platform_id": platform.id,
                "id": command.learner_id,
                "email_key": None if command.email is None else email_key(command.email),
                "item_kind": command.item_kind,
                "item_key": command.item_key,
            }
            for nth, (command, platform) in enumerate(zip(commands, platforms, strict=True))
            if platform is not None
        ],
    )

    def key(nth: int, platform: Platform | None) -> Key | Refusal:
        if platform is None:
            return unknown_platform()
        about = found[nth]
        if about.learner_id is None:
            return unknown_learner()
        if about.item_id is None:
            return unknown_item()
        return platform.id, about.learner_id, about.item_id

    return [key(nth, platform) for nth, platform in enumerate(platforms)]


def _platforms(unit: Unit, commands: Iterable[Subject]) -> list[Platform | None]:
    """The platform of each report, where its author reaches it."""
    named = platform_rows.by_keys(unit, {command.platform_key for command in commands})
    found = [(command, named.get(command.platform_key)) for command in commands]
    return [
        platform if platform and command.by.reach.covers(platform.id) else None
        for command, platform in found
    ]


def _event(
    command: ReportProgress, key: Key, before: Progress | None, after: Progress, now: datetime
) -> Event:
    platform_id, learner_id, item_id = key
    return Event(
        EventKind.PROGRESS_REPORTED,
        origin(command, now),
        platform_id,
        None,
        learner_id,
        None if before is None else {"item_id": item_id, **before.facts()},
        {"item_id": item_id, **after.facts()},
    )
