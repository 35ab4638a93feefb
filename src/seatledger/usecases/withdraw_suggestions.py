"""Withdraw suggestions: one by its id, or all there are of or to something that goes away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seatledger.domain.event import Event, EventKind, Origin
from seatledger.domain.refusal import Refusal, unknown_suggestion
from seatledger.domain.suggestion import SubjectKind, Suggestion
from seatledger.domain.suggestion_command import WithdrawSuggestion
from seatledger.storage import events
from seatledger.storage import groups as group_rows
from seatledger.storage import items as item_rows
from seatledger.storage import suggestions as rows
from seatledger.storage.unit import Unit
from seatledger.usecases.create_platforms import reach_of
from seatledger.usecases.opening import origin
from seatledger.usecases.suggestion_places import leads_all


def withdraw_suggestions(
    unit: Unit, commands: Sequence[WithdrawSuggestion], now: datetime
) -> list[Suggestion | Refusal]:
    return [_withdraw(unit, command, now) for command in commands]


def _withdraw(unit: Unit, command: WithdrawSuggestion, now: datetime) -> Suggestion | Refusal:
    reach = reach_of(unit, command.by, key=command.platform_key, org=command.platform_org)
    if isinstance(reach, Refusal):
        return reach
    found = rows.by_id(unit, command.suggestion_id)
    if found is None or not reach.covers(found.platform_id) or not _is_meant(unit, command, found):
        return unknown_suggestion()
    return withdraw(unit, [found], origin(command, now))[0]


def withdraw(unit: Unit, suggestions: Sequence[Suggestion], by: Origin) -> list[Suggestion]:
    """Withdraw these, which must be locked."""
    withdrawn = [replace(each, withdrawn=True, modified=by.at) for each in suggestions]
    rows.write(unit, [], withdrawn)
    events.add(unit, *(_event(by, each) for each in withdrawn))
    return withdrawn


def _event(by: Origin, withdrawn: Suggestion) -> Event:
    kind, was = EventKind.SUGGESTION_WITHDRAWN, {"withdrawn": False}
    facts = {**withdrawn.named(), "withdrawn": True}
    return Event(kind, by, withdrawn.platform_id, None, withdrawn.id, was, facts)


def withdraw_all(unit: Unit, by: Origin, **of: int) -> None:
    """Withdraw, on any platform, all that stand of or to something that goes away.

    `of` names it: `item_id`, `pathway_id`, `learner_id` or `group_id`.
    """
    withdraw(unit, rows.standing(unit, **of), by)


def _is_meant(unit: Unit, command: WithdrawSuggestion, found: Suggestion) -> bool:
    """Whether it is of the kind that is asked and, in department mode, of the author's people."""
    if command.to_group != (found.group_id is not None) or _kind(unit, found) is not command.kind:
        return False
    if not command.department_mode:
        return True
    people = [] if found.learner_id is None else [found.learner_id]
    if found.group_id is not None:
        people = group_rows.members(unit, [found.group_id])[found.group_id]
    return leads_all(unit, found.platform_id, command.by, people)


def _kind(unit: Unit, suggestion: Suggestion) -> SubjectKind:
    if suggestion.item_id is None:
        return SubjectKind.PATHWAY
    return SubjectKind(item_rows.by_ids(unit, [suggestion.item_id])[suggestion.item_id].kind)
