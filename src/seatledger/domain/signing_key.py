"""The keys that answers are signed with: one signs, older ones are still shown for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from seatledger.domain.access_claims import LIFETIME_SECONDS
from seatledger.domain.command import Command

# Longer than a token lives: another process may have signed in the instant a key was retired.
SHOWN_AFTER = timedelta(seconds=2 * LIFETIME_SECONDS)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`id` is the `kid` of tokens; `x` the public key as a JWK spells it (RFC 8037)."""

    id: str
    x: str
    created: datetime
    retired: datetime | None = None

    @property
    def signs(self) -> bool:
        return self.retired is None

    def is_shown(self, now: datetime) -> bool:
        """Whether a token that it signed may still be in force."""
        return self.retired is None or now < self.retired + SHOWN_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKey(Command):
    """Make a key that signs from now on, in place of the one before. Answers with the PublicKey.

    Only operators may; with `only_first` anybody, and a key that is there already stays.
    """

    only_first: bool = False
