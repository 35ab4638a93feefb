"""Suggestions to groups: list, make or change, withdraw (ibl O4, O5)."""

from functools import partial
from typing import Any

from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.suggestions import people
from seatledger.dialects.ibl.suggestions.kinds import Kind
from seatledger.dialects.ibl.suggestions.reading import (
    department_mode,
    filter_of,
    notes,
    one_platform,
    platform_key,
    reach_named,
)
from seatledger.domain.suggestion import Suggested
from seatledger.domain.suggestion_command import SuggestToGroup
from seatledger.usecases.questions import Found
from seatledger.usecases.suggestion_questions import list_group_suggestions

withdraw = partial(people.withdraw, to_group=True)


async def list_all(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of a platform's suggestions to groups."""
    within, wanted = one_platform(await reach_named(call)), filter_of(kind, call)
    found: Found[Suggested] = nothing()
    if within is not None and wanted is not None:
        found = granted(
            await call.desk.ask(list_group_suggestions, within, wanted, call.query.asked())
        )
    return envelope(call.request, call.query, found, kind.group_row)


async def suggest(kind: Kind, call: Call[Any, Any]) -> Any:
    """Suggest something to a group, or change that: the same row again (O1)."""
    suggested: Suggested = granted(
        await call.desk.submit(
            SuggestToGroup(
                call.actor,
                platform_key=await platform_key(call),
                subject=kind.subject_of(call.body),
                group_id=call.body.group_id,
                notes=notes(call.body),
                department_mode=department_mode(call),
            )
        )
    )
    return kind.group_row(suggested)
