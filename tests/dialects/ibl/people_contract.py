"""Holds answers against the published contract of all that is beside the licences.

Its facts are in the files contract_*.json.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from httpx import Response

_FACTS = [json.loads(file.read_text()) for file in Path(__file__).parent.glob("contract_*.json")]
OPERATIONS: dict[str, dict[str, Any]] = {
    name: said for facts in _FACTS for name, said in facts["operations"].items()
}
SCHEMAS: dict[str, dict[str, str]] = {
    name: said for facts in _FACTS for name, said in facts["schemas"].items()
}

_TYPES: dict[str, type] = {"integer": int, "string": str, "boolean": bool, "object": dict}


def checked(answer: Response, operation_id: str, status: int = 200) -> Any:
    """The body of a success, after a look at whether it is what the contract promises."""
    operation = OPERATIONS[operation_id]
    assert answer.status_code == status, answer.text
    assert status in operation["statuses"]
    if status == 204:
        assert answer.content == b""
        return None
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    if operation["answer"] is not None:
        check(operation["answer"], operation["answer"], body)
    return body


def check(place: str, fact: str, value: Any) -> None:
    """Every required field is there, nothing is null that may not be, and types are right."""
    fact = fact.rstrip("!")
    if value is None:
        assert fact.endswith("?"), f"{place} is null"
        return
    kind = fact.rstrip("?")
    if kind.startswith("["):
        assert isinstance(value, list), place
        for each in value:
            check(place, kind[1:-1], each)
    elif kind in SCHEMAS:
        assert isinstance(value, dict), place
        for name, inner in SCHEMAS[kind].items():
            assert name in value or not inner.endswith("!"), f"{place}.{name} is missing"
            if name in value:
                check(f"{place}.{name}", inner, value[name])
    elif kind == "instant":
        assert datetime.fromisoformat(value).utcoffset() is not None, f"{place}: {value}"
    elif kind != "any":
        assert type(value) is _TYPES[kind], f"{place}: {value!r}"
