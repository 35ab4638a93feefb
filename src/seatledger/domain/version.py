"""Which version of something a caller looked at, so that nobody undoes what they never saw."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from seatledger.domain.refusal import Code, Refusal


def version_of(facts: Mapping[str, Any]) -> str:
    """The same for the same facts, and as good as never for others."""
    return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=12).hexdigest()


def changed_meanwhile(facts: Mapping[str, Any], if_version: str | None) -> Refusal | None:
    """A refusal where the version is asked for and is another."""
    if if_version is None or if_version == version_of(facts):
        return None
    return Refusal(Code.CHANGED_MEANWHILE, "It was changed since you looked at it.")
