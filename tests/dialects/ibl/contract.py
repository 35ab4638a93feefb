"""Holds answers against the published contract, whose facts are in contract.json."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from httpx import Response

_FACTS: dict[str, Any] = json.loads(Path(__file__).with_name("contract.json").read_text())
OPERATIONS: dict[str, dict[str, Any]] = _FACTS["operations"]
SCHEMAS: dict[str, dict[str, str]] = _FACTS["schemas"]

_TYPES: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "number": (int, float),
    "string": str,
    "boolean": bool,
    "object": dict,
}


def checked(answer: Response, operation_id: str) -> Any:
    """The body of a success, after a look at whether it is what the contract promises."""
    operation = OPERATIONS[operation_id]
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    if operation["answer"] is not None:
        check(operation["answer"], body)
    return body


def check(schema: str, value: Any) -> None:
    """Every required field is there, nothing is null that may not be, and types are right."""
    assert isinstance(value, dict), schema
    for name, fact in SCHEMAS[schema].items():
        place = f"{schema}.{name}"
        if name not in value:
            assert not fact.endswith("!"), f"{place} is missing"
            continue
        _check_value(place, fact.rstrip("!"), value[name])


def _check_value(place: str, fact: str, value: Any) -> None:
    if value is None:
        assert fact.endswith("?"), f"{place} is null"
        return
    kind = fact.rstrip("?")
    if kind.startswith("["):
        for each in value:
            _check_value(place, kind.strip("[]"), each)
    elif kind in SCHEMAS:
        check(kind, value)
    elif kind == "instant":
        assert datetime.fromisoformat(value).utcoffset() is not None, f"{place}: {value}"
    elif kind != "any":
        assert isinstance(value, _TYPES[kind]), f"{place}: {value!r}"
        assert kind == "boolean" or not isinstance(value, bool), f"{place}: {value!r}"


def required(schema: str) -> set[str]:
    return {name for name, fact in SCHEMAS[schema].items() if fact.endswith("!")}


def nullable(schema: str) -> set[str]:
    return {name for name, fact in SCHEMAS[schema].items() if "?" in fact}
