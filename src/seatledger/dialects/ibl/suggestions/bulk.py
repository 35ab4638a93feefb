"""Many suggestions at once: one transaction, and an outcome for each (ibl O3, W42)."""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import Document, none, read
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.persons import whole
from seatledger.dialects.ibl.platforms import platform_of
from seatledger.dialects.ibl.refusals import FIELDS, granted
from seatledger.dialects.ibl.suggestions.kinds import Kind
from seatledger.dialects.ibl.suggestions.people import wish
from seatledger.dialects.ibl.suggestions.schemas import BulkSuggestionResponse
from seatledger.domain.learner import PersonName
from seatledger.domain.platform import Platform
from seatledger.domain.refusal import Refusal, invalid
from seatledger.domain.suggestion_command import SuggestToMany, Wish


async def suggest_to_many(kind: Kind, call: Call[Any, Any]) -> BulkSuggestionResponse:
    """Make the good ones; the bad ones are told by their place in the list, from 0."""
    body = call.body
    platform = await platform_of(call, key=body.platform_key, org=body.platform_org)
    _see_that_all_are_of(platform, body.suggestion_data)
    wishes = [_wish(kind, said) for said in body.suggestion_data]
    good = tuple(each for each in wishes if isinstance(each, Wish))
    outcomes: Iterator[Any] = iter(())
    if good:
        command = SuggestToMany(
            call.actor,
            platform_key=platform.key,
            wishes=good,
            department_mode=bool(none(body.department_mode)),
        )
        outcomes = iter(granted(await call.desk.submit(command)))
    found = [next(outcomes) if isinstance(each, Wish) else each for each in wishes]
    errors = [_told(at, each) for at, each in enumerate(found) if isinstance(each, Refusal)]
    return BulkSuggestionResponse(successes=len(found) - len(errors), error_codes=errors)


def _see_that_all_are_of(platform: Platform, rows: list[Document]) -> None:
    """A row for another platform spoils the whole request (L5)."""
    own = {"platform_key": platform.key, "platform_org": platform.org}
    for at, row in enumerate(rows):
        if any(row[name] != own[name] for name in own if isinstance(row.get(name), str)):
            raise Refused(
                invalid("suggestion_data", f"Suggestion {at} is for another platform than these.")
            )


def _wish(kind: Kind, said: Document) -> Wish | Refusal:
    try:
        body: Any = read(said, kind.create)
        number = body.user_id
        person = PersonName(
            learner_id=None if number is UNSET else whole("user_id", number),
            username=none(body.username),
            email=none(body.email),
        )
        return wish(kind, body, person)
    except Refused as refused:
        return refused.refusal


def _told(at: int, refusal: Refusal) -> str:
    field = refusal.field and FIELDS.get(refusal.field, refusal.field)
    return f"{at}: {refusal.sentence}" if field is None else f"{at}: {field}: {refusal.sentence}"
