"""Suggestions to people: list, make or change, withdraw; and what reaches one (ibl O1–O6)."""

from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.lists import Paged, envelope, nothing
from seatledger.dialects.ibl.operations import Call, Nothing
from seatledger.dialects.ibl.persons import person_of, said
from seatledger.dialects.ibl.refusals import granted
from seatledger.dialects.ibl.roles import reach
from seatledger.dialects.ibl.suggestions.kinds import Kind
from seatledger.dialects.ibl.suggestions.reading import (
    department_mode,
    filter_of,
    notes,
    one_platform,
    platform_key,
    reach_named,
)
from seatledger.domain.learner import PersonName
from seatledger.domain.refusal import invalid
from seatledger.domain.suggestion import Suggested
from seatledger.domain.suggestion_command import Suggest, Wish, WithdrawSuggestion
from seatledger.usecases.questions import Found
from seatledger.usecases.suggestion_questions import list_suggestions, list_suggestions_reaching


async def list_all(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of a platform's suggestions to people."""
    within, wanted = one_platform(await reach_named(call)), filter_of(kind, call)
    found: Found[Suggested] = nothing()
    if within is not None and wanted is not None:
        found = granted(await call.desk.ask(list_suggestions, within, wanted, call.query.asked()))
    return envelope(call.request, call.query, found, kind.row)


async def list_reaching(kind: Kind, call: Call[Any, Any]) -> Paged[Any]:
    """A page of what is suggested to one person, by themself or to a group they are in."""
    within, person = await reach_named(call), _person(call)
    found: Found[Suggested] = nothing()
    if within is not None:
        found = granted(
            await call.desk.ask(
                list_suggestions_reaching, within, person, kind.subject, call.query.asked()
            ),
            learner_id=kind.user_field,
        )
    return envelope(call.request, call.query, found, kind.row)


async def suggest(kind: Kind, call: Call[Any, Any]) -> Any:
    """Suggest something to a person, or change that: the same row again (O1)."""
    suggested: Suggested = granted(
        await call.desk.submit(
            Suggest(
                call.actor,
                platform_key=await platform_key(call),
                wish=wish(kind, call.body, person_of(call)),
                department_mode=department_mode(call),
            )
        )
    )
    return kind.row(suggested)


async def withdraw(kind: Kind, call: Call[Any, Any], *, to_group: bool = False) -> Nothing:
    """Withdraw a suggestion; a second time there is none (O5)."""
    query = call.query
    named = {"keys": (query.platform_key,), "orgs": (query.platform_org,)}
    granted(await reach(call.desk, call.actor, **named))
    granted(
        await call.desk.submit(
            WithdrawSuggestion(
                call.actor,
                suggestion_id=query.suggestion_id,
                kind=kind.subject,
                to_group=to_group,
                platform_key=said(call, "platform_key"),
                platform_org=said(call, "platform_org"),
                department_mode=department_mode(call),
            )
        )
    )
    return Nothing()


def wish(kind: Kind, body: Any, person: PersonName) -> Wish:
    """Raises Refused where nobody is named."""
    if person.is_empty:
        raise Refused(invalid("user_id", "Name the person: by id, by username or by address."))
    return Wish(subject=kind.subject_of(body), person=person, notes=notes(body))


def _person(call: Call[Any, Any]) -> PersonName:
    """Whom a list is about; `user` is an id where it is a number, else a username (O6)."""
    user = said(call, "user")
    named = person_of(call, or_caller=user is None)
    if user is None or named.learner_id is not None or named.username is not None:
        return named
    if user.isascii() and user.isdecimal() and int(user) < 2**63:
        return PersonName(learner_id=int(user))
    return PersonName(username=user)
