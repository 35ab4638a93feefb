"""What a text may name, by kind of message: each with an example, which new texts are tried on."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from seatledger.domain.message import MessageKind
from seatledger.domain.message_text import Fact
from seatledger.domain.message_type import MessageType

LENGTH_MAX = 500  # of one fact
SCHEMES = ("https://", "http://")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

_WHO: Mapping[str, Fact] = {
    "platform_name": "Acme Academy",
    "learner_name": "Ada Lovelace",
    "learner_email": "ada@example.com",
    "link": "https://learn.example.com/",
}
_WHAT: Mapping[str, Fact] = {
    "item_title": "Analytical Engines",
    "item_key": "course-v1:ACME+AE101+2026",
    "item_kind": "course",
}
_UNTIL: Mapping[str, Fact] = {"ends_at": datetime(2026, 11, 24, 12, tzinfo=UTC)}
_SAMPLES: Mapping[MessageKind, Mapping[str, Fact]] = {
    MessageKind.ASSIGNMENT: {**_WHAT, **_UNTIL},
    MessageKind.GROUP_ASSIGNMENT: {**_WHAT, **_UNTIL},
    MessageKind.ENDED: {**_WHAT, "reason": "revoked"},
    MessageKind.EXPIRING: {**_WHAT, **_UNTIL, "days": 7},
    MessageKind.EXPIRED: {**_WHAT, **_UNTIL},
    MessageKind.INVITATION: {**_WHAT, **_UNTIL},
    MessageKind.REMINDER: {**_WHAT, **_UNTIL, "days": 7},
    MessageKind.LINK_CODE: {**_WHAT, "code": "493817", "minutes": 15},
    MessageKind.WEBHOOK_PAUSED: {
        "url": "https://hooks.example.com/seats",
        "reason": "Nothing was taken for five days.",
    },
}


def sample(type_: MessageType) -> Mapping[str, Fact]:
    """An example of every fact of a type of message."""
    about = {} if type_.item_kind is None else {"item_kind": type_.item_kind.value}
    return {**_WHO, **_SAMPLES[type_.kind], **about}


def spelled(type_: MessageType, facts: Mapping[str, Fact]) -> dict[str, str]:
    """Every fact of the type as text of one line; empty where nothing is known."""
    return {name: _spelled(name, facts.get(name)) for name in sample(type_)}


def _spelled(name: str, fact: Fact) -> str:
    if fact is None:
        return ""
    if isinstance(fact, datetime):
        moment = fact.astimezone(UTC)
        return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
    text = one_line(str(fact))
    return "" if name == "link" and not is_link(text) else text


def one_line(text: str) -> str:
    """The text without line breaks and control characters, and no longer than a fact may be."""
    return _BREAKS.sub(" ", text).strip()[:LENGTH_MAX]


def is_link(text: str) -> bool:
    """Whether a mail may lead there: to the web, and nowhere else."""
    return text.lower().startswith(SCHEMES)
