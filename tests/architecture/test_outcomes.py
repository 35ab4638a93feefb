"""Whatever a command may be answered with can be kept, and is read back as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from seatledger.usecases import outcomes
from seatledger.usecases.handlers import HANDLERS

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PLAIN: dict[Any, list[Any]] = {
    int: [7],
    float: [12.5, 40.0],
    str: ['Grüße, \u2028 \x00 "quoted"'],
    bool: [True, False],
    datetime: [MOMENT],
    NoneType: [None],
    Any: [{"deep": [1, None, "x"]}],
}


def values(type_: Any) -> list[Any]:
    """Values of a type; of a union, some of each of its members."""
    origin, inside = get_origin(type_), get_args(type_)
    if type_ in PLAIN:
        return PLAIN[type_]
    if origin in {Union, UnionType}:
        return [value for each in inside for value in values(each)]
    if isinstance(type_, type) and is_dataclass(type_):
        hints = get_type_hints(type_)
        choices = {each.name: values(hints[each.name]) for each in fields(type_)}
        most = max((len(each) for each in choices.values()), default=1)
        return [
            type_(**{name: each[number % len(each)] for name, each in choices.items()})
            for number in range(most)
        ]
    if isinstance(type_, type) and issubclass(type_, Enum):
        return list(type_)
    if origin is tuple:
        of = [values(each) for each in inside if each is not Ellipsis]
        return [tuple(each[0] for each in of), *([()] if Ellipsis in inside else [])]
    if origin is Mapping:
        return [{}, {"key": values(inside[1])[0]}]
    if origin is Sequence:
        return [[], values(inside[0])[:1]]
    raise AssertionError(f"{type_} can't be kept: say here how one is made, and see that it can")


TYPES = outcomes.outcome_types()


@pytest.mark.parametrize("name", sorted(TYPES))
def test_an_outcome_is_read_back_as_it_was(name: str) -> None:
    for value in values(TYPES[name]):
        expected = value
        if isinstance(value, outcomes.SECRETS):
            expected = replace(value, text="")
        assert outcomes.read(outcomes.written(value)) == expected
        assert outcomes.read(outcomes.written([value, value])) == [expected, expected]


def test_every_verb_says_what_it_answers_with() -> None:
    assert Any not in TYPES.values()
    assert object not in TYPES.values()
    assert len(TYPES) > 15
    assert len(HANDLERS) > 25


def test_no_two_outcomes_have_one_name() -> None:
    said = {type_ for handler in HANDLERS.values() for type_ in outcomes._said_by(handler.verb)}
    assert len(said) == len(TYPES)
