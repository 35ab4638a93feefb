"""How requests outside the licences name a person: in query, body or both."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from seatledger.dialects.dialect import Refused
from seatledger.dialects.ibl.fields import none
from seatledger.dialects.ibl.operations import Call
from seatledger.dialects.ibl.storable import INTEGER_MAX, INTEGER_MIN
from seatledger.domain.learner import PersonName
from seatledger.domain.refusal import Code, Refusal, invalid

# The published schemas have it as an integer here and as a string there; clients send both.
UserId = Annotated[int | str, Meta(description="A whole number, as such or as a string.")]


def person_of(call: Call[Any, Any], *, or_caller: bool = False) -> PersonName:
    """The person that query and body name; with `or_caller`, where they name nobody, the caller's.

    Where both name one in the same way they must agree.
    """
    number = said(call, "user_id")
    name = PersonName(
        learner_id=None if number is None else whole("user_id", number),
        username=said(call, "username"),
        email=said(call, "email"),
    )
    if name.is_empty and or_caller and call.actor.learner is not None:
        return PersonName(learner_id=call.actor.learner.id)
    return name


def said(call: Call[Any, Any], field: str) -> Any:
    """What the body or the query says, or None. Raises Refused where they say different things."""
    body, query = (getattr(each, field, UNSET) for each in (call.body, call.query))
    if body is not UNSET and query is not UNSET and str(body) != str(query):
        raise Refused(Refusal(Code.SELECTORS_DIFFER, "Query and body differ here.", field=field))
    return none(query if isinstance(body, UnsetType) else body)


def whole(field: str, value: int | str) -> int:
    """A whole number that may come as a string. Raises Refused with INVALID, naming the field."""
    text = str(value).strip()
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 20:
        raise Refused(invalid(field, "This is not a whole number."))
    if not INTEGER_MIN <= int(text) <= INTEGER_MAX:
        raise Refused(invalid(field, "This number is beyond what can be kept."))
    return int(text)
