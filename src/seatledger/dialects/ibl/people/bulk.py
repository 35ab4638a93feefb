"""Many memberships at once, in user groups and departments alike (ibl Q5, Q6, W42)."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Id
from seatledger.dialects.ibl.refusals import STATUSES
from seatledger.domain.refusal import Refusal, invalid

UserIds = Annotated[list[Id], Meta(max_length=1000)] | UnsetType


class Bulk(msgspec.Struct, kw_only=True):
    """Who is added or, with `active` false, removed; either name of the list does."""

    user_ids: UserIds = UNSET
    users: UserIds = UNSET
    active: bool = True


class BulkAnswer(msgspec.Struct, kw_only=True):
    """How many were done, and a sentence for each that was not, in order."""

    successes: int
    error_codes: list[str]


async def one_by_one(body: Bulk, change: Callable[[int], Awaitable[Any]]) -> BulkAnswer:
    """Change each membership by itself, so that one bad id keeps no other back."""
    ids = body.users if isinstance(body.user_ids, UnsetType) else body.user_ids
    if isinstance(ids, UnsetType) or not ids:
        raise Refused(invalid("user_ids", "Name at least one person."))
    outcomes = [(user_id, await change(user_id)) for user_id in dict.fromkeys(ids)]
    errors = []
    for user_id, outcome in outcomes:
        if isinstance(outcome, Refusal):
            if STATUSES[outcome.code] >= 500:
                raise Refused(outcome)
            errors.append(f"{user_id}: {outcome.sentence}")
    return BulkAnswer(successes=len(outcomes) - len(errors), error_codes=errors)
