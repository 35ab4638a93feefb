"""What the ledger can keep, inside free-form documents too: no NUL, no number past 64 bits."""

import math
from typing import Any

from seatledger.dialects.dialect import Refused
from seatledger.domain.refusal import invalid

INTEGER_MAX = 2**63 - 1
INTEGER_MIN = -INTEGER_MAX - 1
DEPTH_MAX = 50


def storable(name: str, value: Any, depth: int = 0) -> Any:
    """The value, if it can be kept. Raises Refused with INVALID, naming the field."""
    if depth > DEPTH_MAX:
        raise Refused(invalid(name, "This is nested too deeply."))
    if isinstance(value, str) and "\x00" in value:
        raise Refused(invalid(name, "A NUL character can't be kept."))
    # A field's own bounds are told by its type; inside a document there are only these.
    if depth > 0 and isinstance(value, (int, float)) and not _is_kept(value):
        raise Refused(invalid(name, "A number is beyond what can be kept."))
    for part in _parts(value):
        storable(name, part, depth + 1)
    return value


def _is_kept(number: int | float) -> bool:
    if isinstance(number, float):
        return math.isfinite(number)
    return INTEGER_MIN <= number <= INTEGER_MAX


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []
