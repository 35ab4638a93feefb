"""The codes that prove an address to a link: six digits, mailed, good for a quarter of an hour.

Guessing is bounded by tries for each code and by codes for each address and hour: 15 of a million.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from seatledger.domain.instant import text
from seatledger.domain.link import Link
from seatledger.domain.refusal import Code, Refusal, invalid

DIGITS = 6
MINUTES = 15
LIFETIME = timedelta(minutes=MINUTES)
TRIES_MAX = 5
HOUR = timedelta(hours=1)
PER_ADDRESS_MAX = 3
PER_LINK_MIN = 60


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """What anybody is told who asks for a code: how long one can be used, in minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code of an address. Without a `digest` it opens nothing: it is used, or was never mailed.

    Only a keyed digest is kept. Its key is the link's token, so that the row alone tells nothing.
    """

    id: int
    digest: str | None = field(repr=False)
    tries: int
    created: datetime

    def can_be_used(self, now: datetime) -> bool:
        return (
            self.digest is not None
            and self.tries < TRIES_MAX
            and self.created <= now < self.created + LIFETIME
        )

    def is_(self, digest: str) -> bool:
        """Whether it is the code with this digest, in a time that does not tell how nearly."""
        return self.digest is not None and hmac.compare_digest(self.digest, digest)


def digest_of(link: Link, address_key: str, code: str, created: datetime) -> str:
    """What is kept of a code: no two have the same, and none can be told from it."""
    said = "\0".join((str(link.id), address_key, str(text(created)), code))
    return hmac.new(link.token.encode(), said.encode(), hashlib.sha256).hexdigest()


def per_link_max(link: Link) -> int:
    """How many codes a link gives in an hour: enough for everybody, when it is handed out."""
    return PER_LINK_MIN + 2 * link.quota


def too_many(asked: Sequence[datetime], most: int, now: datetime) -> Refusal | None:
    """Whether the last hour's codes, the oldest first, leave no room for another."""
    if len(asked) < most:
        return None
    seconds = -((now - asked[-most] - HOUR) // timedelta(seconds=1))
    return Refusal(
        Code.RATE_LIMITED,
        f"Too many codes were asked for; come again in {max(1, seconds)} seconds.",
        details={"retry_after_seconds": max(1, seconds)},
    )


def wrong_code() -> Refusal:
    """The same whether a code is wrong, old, used, or was never sent."""
    return invalid("code", "This code is not valid: look at the last mail, or ask for a new one.")
