"""Outcomes of commands as text, and back: what is kept of a request that may come twice.

Which types there are is what the verbs say they answer with, so that none can be missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from seatledger.domain.account import AccountInvited, SignedIn
from seatledger.domain.refusal import Code, Refusal
from seatledger.usecases.handlers import HANDLERS
from seatledger.usecases.keep_tokens import Minted
from seatledger.usecases.webhook_secrets import Keyed

# Each has a `text` that is shown once, and kept nowhere.
SECRETS = (Minted, Keyed, SignedIn, AccountInvited)


class _Written(msgspec.Struct):
    """A value, and the name of its type; in the value of a list, each is such a pair again."""

    type: str
    value: Any


def written(outcome: Any) -> str:
    """The outcome as text, without the text of a secret."""
    return msgspec.json.encode(_written(outcome)).decode()


def is_secret(outcome: Any) -> bool:
    """Whether the answer made of it must not be kept."""
    return isinstance(outcome, SECRETS)


def read(text: str) -> Any:
    """The outcome that `written` wrote; a Refusal where another version of the code wrote it."""
    try:
        return _read(msgspec.json.decode(text, type=_Written))
    except (KeyError, TypeError, msgspec.MsgspecError):
        return Refusal(
            Code.KEY_REUSED,
            "The request of this key was carried out; what came of it can't be told any more.",
            field="Idempotency-Key",
        )


@cache
def outcome_types() -> Mapping[str, Any]:
    """Everything a command may be answered with, by the name that `written` gives it."""
    said = {type_ for each in HANDLERS.values() for type_ in _said_by(each.verb)}
    return {type_.__name__: type_ for type_ in said}


def _said_by(verb: Any) -> Iterator[Any]:
    """The types in `list[X | list[Y | Refusal]]`, which is what a verb says it answers with."""
    waiting = list(get_args(get_type_hints(verb)["return"]))
    while waiting:
        type_ = waiting.pop()
        inside = get_args(type_)
        waiting.extend(inside)
        if not inside:
            yield type(None) if type_ is None else type_


def _written(outcome: Any) -> _Written:
    value = outcome
    if isinstance(outcome, list):
        value = [_written(each) for each in outcome]
    elif isinstance(outcome, SECRETS):
        value = replace(outcome, text="")
    return _Written(type(outcome).__name__, value)


def _read(found: _Written) -> Any:
    if found.type == "list":
        return [_read(each) for each in msgspec.convert(found.value, list[_Written])]
    return _built(found.value, outcome_types()[found.type])


def _built(value: Any, type_: Any) -> Any:
    """The value of a type. Of several classes it is the one that has fields of these names."""
    is_union = get_origin(type_) in {Union, UnionType}
    for choice in get_args(type_) if is_union else (type_,):
        if is_dataclass(choice) and isinstance(value, dict) and value.keys() == _names(choice):
            hints = get_type_hints(choice)
            members = {name: _built(member, hints[name]) for name, member in value.items()}
            return choice(**members)  # type: ignore[operator]
    return msgspec.convert(value, type_)


def _names(dataclass: Any) -> set[str]:
    return {each.name for each in fields(dataclass)}
